"""Notebooks as pages: run against the database, written as HTML that opens without internet."""

import asyncio
import hashlib
import html
import re
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from radar import settings
from radar.errors import RadarError

NOTEBOOKS = settings.ROOT / "notebooks"
TEMPLATES = Path(__file__).parent / "templates"
CELL_SECONDS = 300
_SVG_TITLES = re.compile(r"""aria-label="(?:Title|Subtitle) text '(.*?)'\"""")
"""Of a chart that vl-convert drew."""


class NotebookError(RadarError):
    """A notebook does not run."""


def notebooks() -> list[Path]:
    """The project's notebooks in the order of their numbers."""
    return sorted(NOTEBOOKS.glob("*.ipynb"))


def title(notebook: Path) -> str:
    """The question that a notebook answers: its first heading."""
    first = nbformat.read(notebook, as_version=4).cells[0].source
    return str(first).splitlines()[0].removeprefix("# ")


def execute(paths: list[Path]) -> list[Any]:
    """The notebooks with their outputs, run side by side. Raises NotebookError with the first error of a cell."""
    return asyncio.run(_execute(paths))


async def _execute(paths: list[Path]) -> list[Any]:
    # Every kernel is waited for, also when one fails: none must outlive the run.
    outcomes = await asyncio.gather(*[_execute_one(path) for path in paths], return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


async def _execute_one(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    # The kernel listens on this machine only and signs its messages; it need not warn about that on every page.
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(NOTEBOOKS)}},
    )
    try:
        return await client.async_execute()
    except CellExecutionError as error:
        raise NotebookError(f"{path.name}: {error.ename}: {error.evalue}") from error


def write(folder: Path, paths: list[Path]) -> list[Path]:
    """Run the notebooks and write a page for each into the folder; returns the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for path, notebook in zip(paths, execute(paths), strict=True):
        page = folder / f"{path.stem}.html"
        page.write_text(to_html(notebook, path.stem), encoding="utf-8")
        pages.append(page)
    return pages


def to_html(notebook: Any, name: str) -> str:
    """One page that needs nothing else: styles and pictures are in it, and no script."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if svg := output.get("data", {}).get("image/svg+xml"):
            output.metadata["alt"] = "; ".join(_SVG_TITLES.findall(svg)) or "Chart"
    config = Config({"HTMLExporter": {"template_name": "radar", "extra_template_basedirs": [str(TEMPLATES)]}})
    exporter = HTMLExporter(config=config)
    resources = {"metadata": {"name": name}, "radar_css": css()}
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    return str(body)


def css() -> str:
    """The style of every page, that of code included."""
    code: str = HtmlFormatter(style="default").get_style_defs(".highlight")
    return (TEMPLATES / "page.css").read_text(encoding="utf-8") + code


def index(folder: Path, links: dict[str, str]) -> Path:
    """Write the folder's front page with links, each as text by address, and return it."""
    items = "".join(
        f'<li><a href="{html.escape(address)}">{html.escape(text)}</a></li>' for address, text in links.items()
    )
    page = folder / "index.html"
    page.write_text(
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Radar</title><style>{css()}</style></head>'
        f'<body><nav><a href="index.html">Radar</a></nav><main><h1>Radar</h1><ul>{items}</ul></main></body></html>',
        encoding="utf-8",
    )
    return page


def fingerprint(paths: list[Path]) -> str:
    """Of everything of ours that decides what the pages look like: the notebooks and the code that draws them."""
    code = [path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".j2", ".css")]
    digest = hashlib.sha256()
    for path in sorted([*paths, *code]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
