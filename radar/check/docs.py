"""Data Docs that open without internet: Great Expectations loads styles and scripts from other hosts."""

import html
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

REMOTE = re.compile(
    r"""<script\b.*?</script>|<link\b[^>]*\bhref=["']https?://[^>]*>"""
    r"""|<img\b[^>]*\bsrc=["']https?://[^>]*>|<iframe\b[^>]*\bsrc=["']https?://.*?</iframe>""",
    re.IGNORECASE | re.DOTALL,
)

STYLE = """<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; color: #1c2733; }
a { color: #1556b0; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { border-bottom: 1px solid #dde3ea; padding: .3rem .6rem; text-align: left; vertical-align: top; }
pre, code { background: #f3f5f8; white-space: pre-wrap; }
ul { padding-left: 1.2rem; }
.alert { border-left: 4px solid #b3c0ce; padding: .3rem .8rem; background: #f3f5f8; }
.modal, .navbar-toggler, .carousel, .walkthrough-card, [data-toggle="modal"] { display: none; }
.failed, .text-danger { color: #b3261e; }
.succeeded, .text-success { color: #1b7f3b; }
</style>"""


def open_without_internet(folder: Path, suites: Iterable[tuple[str, bool, int]]) -> None:
    """Take scripts, remote styles and pictures out of the pages in `folder`, put a style of ours and an index in.

    Great Expectations' own index is a table that a remote script fills. `suites` are name, success and expectations.
    """
    for page in folder.rglob("*.html"):
        text = REMOTE.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text.replace("</head>", f"{STYLE}\n</head>", 1), encoding="utf-8")
    shutil.rmtree(folder / "static", ignore_errors=True)  # five megabytes of pictures for its tour
    rows = "".join(_row(folder, *suite) for suite in sorted(suites, key=lambda suite: (suite[1], suite[0])))
    table = f"<table><tr><th>relation</th><th>outcome</th><th>expectations</th></tr>{rows}</table>"
    head = f'<meta charset="utf-8"><title>Data Docs</title>{STYLE}'
    text = f"<!DOCTYPE html><html><head>{head}</head><body><h1>Data Docs</h1>{table}</body></html>"
    (folder / "index.html").write_text(text, encoding="utf-8")


def _row(folder: Path, name: str, success: bool, expectations: int) -> str:
    page = next((folder / "validations").joinpath(*name.split(".")).rglob("*.html")).relative_to(folder)
    outcome = '<td class="succeeded">passed</td>' if success else '<td class="failed">failed</td>'
    link = f'<a href="{html.escape(page.as_posix())}">{html.escape(name)}</a>'
    return f"<tr><td>{link}</td>{outcome}<td>{expectations}</td></tr>"
