"""Notebooks: they have no outputs in git, run on any project, find the demo's stories; pages need no internet."""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import nbformat
import pytest

from radar import lab
from radar.demo import stories
from radar.demo.database import write
from radar.demo.plan import Plan
from radar.demo.stories import Stories
from radar.lab import pages, words
from radar.lab.data import connect
from radar.server import Server
from tests.conftest import TEMPLATE, Database
from tests.notebook_cells import run, with_parameters
from tests.tenants import copy_of

PLAN = Plan(events=120_000, days=60, end=dt.date(2026, 5, 29), seed=1)
TINY = UUID(int=77)
TINY_PROJECTS = {
    "tiny": ("UTC", "09:00"),
    "late": ("UTC", "23:45"),
    "york": ("America/New_York", "23:45"),
    "berlin": ("Europe/Berlin", "23:45"),
}
"""Time zone, and the time in UTC of the one visit on each of 20 to 23 May."""
PATHS = pages.notebooks()
NAMES = [path.stem for path in PATHS]

ADD_PROJECT = """
    with project as (
        insert into ingest.projects (workspace_id, name, slug, settings)
        values (%(workspace_id)s, %(slug)s, %(slug)s, jsonb_build_object('timezone', %(timezone)s::text))
        returning *
    )
    insert into ingest.events (workspace_id, project_id, anonymous_id, event_type, page_url, occurred_at, received_at)
    select workspace_id, project_id, 'visitor ' || day, 'pageview', 'https://tiny.example/', day + %(time)s::time, now()
    from project, generate_series('2026-05-20 00:00Z'::timestamptz, '2026-05-23 00:00Z', '1 day') as day
"""


@pytest.fixture(scope="module")
def demo(server: Server, template_database: Database) -> Iterator[Database]:
    """The demo companies and a project with four visits in all; notebooks and `lab` use this database."""
    with copy_of(server, TEMPLATE, "radar_notebooks") as database, pytest.MonkeyPatch.context() as patch:
        with database.connect() as connection:
            write(connection, PLAN, lambda _: None)
        with database.connect() as connection:
            connection.execute(
                "insert into app.workspaces (workspace_id, name, slug) values (%s, 'Tiny', 'tiny')", [TINY]
            )
            for slug, (timezone, time) in TINY_PROJECTS.items():
                connection.execute(
                    ADD_PROJECT, {"workspace_id": TINY, "slug": slug, "timezone": timezone, "time": time}
                )
            connection.execute(Path(__file__).with_name("notebook_cases.sql").read_bytes())
        database.dbt("run", "--quiet", "--full-refresh")
        for name, value in database.env.items():
            patch.setenv(name, value)
        connect.cache_clear()
        yield database
        connect().close()
        connect.cache_clear()


@pytest.fixture(scope="module")
def executed(demo: Database) -> dict[str, Any]:
    return dict(zip(NAMES, _execute(PATHS), strict=True))


def _execute(paths: list[Path]) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Jupyter's own
        return pages.execute(paths)


def notes(notebook: Any) -> str:
    """What the notebook says under its charts."""
    return "\n".join(data["text/markdown"] for data in _shown(notebook) if "text/markdown" in data)


def _shown(notebook: Any) -> list[Any]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.data for cell in cells for output in cell.outputs if "data" in output]


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_notebook_is_a_question_with_its_parameters_first_and_no_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert pages.title(path).endswith("?")
    assert notebook.metadata.title == pages.title(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code[0].metadata.tags == ["parameters"]
    assert [cell.outputs for cell in code] == [[]] * len(code)
    assert {cell.execution_count for cell in code} == {None}


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_notebook_reads_finished_tables_only(path: Path) -> None:
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    relations = re.findall(r"\b(?:from|join)\s+([a-z_]+)\.[a-z_]+", code)
    assert set(relations) - {"radar"} <= {"analytics"}  # "from radar.lab import ..." is Python's
    assert "psycopg" not in code


@pytest.mark.parametrize("name", NAMES)
def test_every_section_has_one_chart_and_says_what_it_shows(executed: dict[str, Any], name: str) -> None:
    sections: list[list[Any]] = []
    for cell in executed[name].cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            sections.append([])
        elif sections and cell.cell_type == "code":
            sections[-1] += cell.outputs
    assert len(sections) >= 3
    for outputs in sections:
        assert [output.output_type for output in outputs] == ["execute_result"] * 2
        chart, note = (output.data for output in outputs)
        assert chart["image/svg+xml"].startswith("<svg")
        assert note["text/markdown"].startswith("> ")
        assert len(note["text/markdown"]) > 20


def test_the_tour_finds_the_outage(executed: dict[str, Any]) -> None:
    first, last = Stories(PLAN.end).outage
    day = words.span_of_days(first, first)
    found = re.search(
        r"\*\*Northwind App\*\* had [\d,]+ visits between (\d+):00 and (\d+):00 on \*\*(.+?)\*\*",
        notes(executed["01_tour"]),
    )
    assert found
    assert found[3] == day
    assert abs(int(found[1]) - first.hour) <= 1
    assert abs(int(found[2]) - last.hour) <= 1


def test_the_tour_finds_the_campaign(executed: dict[str, Any]) -> None:
    first, last = Stories(PLAN.end).campaign
    text = notes(executed["01_tour"])
    begin, end = re.findall(
        r"\*\*Acme Shop, (\d+) to (\d+) May 2026:\*\* [\d,]+ visits, \d\.\d times as many as usual", text
    )[0]
    assert abs(int(begin) - first.day) <= 1
    assert abs(int(end) - last.day) <= 1
    assert f"**trail-days** began on {words.span_of_days(first, first)}" in text


def test_the_tour_finds_the_checkout_that_fails_on_phones(executed: dict[str, Any]) -> None:
    first, last = Stories(PLAN.end).regression
    found = re.findall(
        r"On \*\*(\w+)\*\*, (\d+)% .*? from \*\*(\d+ \w+|\d+) to (\d+) (\w+) 2026\*\*, against (\d+)%",
        notes(executed["01_tour"]),
    )
    assert [row[0] for row in found] == ["mobile"]
    (_, share, begin, end, month, usual) = found[0]
    assert int(share) < 0.6 * int(usual)
    assert abs((dt.datetime.strptime(f"{end} {month} 2026", "%d %b %Y").date() - last).days) <= 3
    begin = begin if " " in begin else f"{begin} {month}"
    assert abs((dt.datetime.strptime(f"{begin} 2026", "%d %b %Y").date() - first).days) <= 3


def test_the_funnel_and_the_sources_say_what_the_tables_hold(executed: dict[str, Any], demo: Database) -> None:
    site = lab.site("acme-shop", days=60)
    funnel = site.query(
        "select * from analytics.named_funnel"
        "(%(workspace_id)s, %(project_id)s, 'Purchase', %(first_date)s, %(last_date)s)"
    )
    assert f"Of {funnel['visitors'][0]:,} visitors who began, {funnel['conversion_rate'][3]:.1%} finished" in notes(
        executed["03_funnel"]
    )
    channels = site.query(
        "select channel, count(*) as visits from analytics.sessions where project_id = %(project_id)s"
        " and session_date between %(first_date)s and %(last_date)s group by channel order by visits desc"
    )
    text = notes(executed["02_traffic_sources"])
    assert f"**{channels['channel'][0]}** brings {channels['visits'][0] / channels['visits'].sum():.0%} of" in text
    assert "**ChatGPT**" in text
    assert "Surely below it: **trail-days / instagram**" in text


def test_attribution_says_what_the_tables_hold(executed: dict[str, Any], demo: Database) -> None:
    months = lab.site("acme-shop", days=60).query(
        "select sum(conversions) as conversions from analytics.attribution_months"
        " where project_id = %(project_id)s and model = 'shapley'"
        " and month >= date_trunc('month', %(first_date)s::date)"
        " and goal_id = (select min(goal_id::text)::uuid from analytics.goal_completions"
        " where project_id = %(project_id)s and goal_name = 'Order')"
    )
    text = notes(executed["05_attribution"])
    assert "goal Order" in text
    assert f"share out the same {months['conversions'][0]:,.0f} conversions" in text


def test_the_agent_that_degrades_is_found_with_its_error(executed: dict[str, Any], demo: Database) -> None:
    text = notes(executed["07_agent_performance"])
    found = re.search(
        r"\*\*Forecaster\*\* failed in (\d+)% of its runs from \*\*(.+?) to .+?\*\*, against (\d+)%", text
    )
    assert found
    assert int(found[1]) > 2 * int(found[3])
    month = found[2] if " " in found[2] else f"{found[2]} May"
    began = dt.datetime.strptime(f"{month} 2026", "%d %b %Y").date()
    assert dt.timedelta(0) <= began - Stories(PLAN.end).degradation < dt.timedelta(days=stories.DEGRADES_OVER_DAYS)
    slower = re.search(r"Half of the runs of \*\*Forecaster\*\* ended within (.+?) from .*, and within (.+?) on", text)
    assert slower
    assert slower[1] != slower[2]
    assert re.search(
        r"Of the \d+ failures of \*\*Forecaster\*\* .* are \*\*ToolTimeout\*\*: query_warehouse did not", text
    )
    site = lab.site("northwind-app", days=60)
    runs = site.query(
        "select count(*) as runs, avg((status = 'failed')::integer) as failed from analytics.runs"
        " where workspace_id = %(workspace_id)s and run_date between %(first_date)s and %(last_date)s"
    )
    assert f"{runs['runs'][0]:,} runs of 4 agents" in text
    assert f"{runs['failed'][0]:.1%} failed" in text


def test_the_cost_of_language_models_is_told_with_its_stories(executed: dict[str, Any], demo: Database) -> None:
    text = notes(executed["08_llm_cost"]).replace("\\$", "$")
    told = Stories(PLAN.end)
    found = re.search(
        r"On \*\*(.+?)\*\* most calls of \*\*chat_support\*\* went from .*sonnet.* to .*haiku.*, (\d+)% less", text
    )
    assert found
    assert found[1] == words.span_of_days(told.model_switch, told.model_switch)
    assert int(found[2]) == pytest.approx(50, abs=7)
    day = told.price_change.date()
    assert f"$1.40 for a million tokens of prompt and $5.60 of answer since **{words.span_of_days(day, day)}**" in text
    assert "claude-haiku-4-5** is 10% above the estimate" in text
    assert "Those of the others are within half a percent" in text
    site = lab.site("acme-shop", days=60)
    sums = site.query(
        "select count(*) filter (where unpriced_reason = 'unknown_model' and cost_usd is null) as unpriced,"
        " sum(cost_usd) as cost from analytics.llm_costs"
        " where project_id = %(project_id)s and call_date between %(first_date)s and %(last_date)s"
    ).iloc[0]
    assert f"**{sums['unpriced']:,.0f} calls of openai / {stories.UNPRICED_MODEL}**" in text
    assert f"**{words.dollars(sums['cost'])}** in 60 days" in text
    used = site.query(
        "select count(*) as visits from (select sum(cost_usd) as cost from analytics.llm_costs"
        " inner join analytics.sessions using (workspace_id, project_id, session_id)"
        " where project_id = %(project_id)s and call_date between %(first_date)s and %(last_date)s and converted"
        " group by session_id) as visits where cost is not null"
    )
    conversions = re.search(r"for each of ([\d,]+) visits that completed a goal", text)
    assert conversions
    assert int(conversions[1].replace(",", "")) == pytest.approx(used["visits"][0], abs=1)
    assert "Surely above it: **search**" in text or "Surely above it: **chat_support**" in text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_needs_no_internet_and_no_script(executed: dict[str, Any], name: str, tmp_path: Path) -> None:
    page = pages.to_html(executed[name], name)
    index = pages.index(tmp_path, {f"{name}.html": "A question?"}).read_text()
    for text in (page, index):
        assert remote_parts(text) == []
        assert "<script" not in text
    assert page.count("<img") >= 3
    assert "Out[" not in page
    assert f'href="{name}.html"' in index


def remote_parts(text: str) -> list[str]:
    """Addresses that a browser would load: of elements, of styles."""

    class Finder(HTMLParser):
        found: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            loads = [
                value or ""
                for key, value in attrs
                if key in ("src", "srcset", "data") or (tag == "link" and key == "href")
            ]
            self.found += [value for value in loads if not value.startswith("data:")]

    finder = Finder()
    finder.found = []
    finder.feed(text)
    return finder.found + re.findall(
        r"@import|url\((?!data:)[^)]*\)", "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    )


def test_remote_parts_are_seen() -> None:
    text = '<link href="https://a.example/x.css"><img src="data:image/png;base64,A"><script src="c.js"></script>'
    text += "<style>@import url(//b.example)</style>"
    assert remote_parts(text) == ["https://a.example/x.css", "c.js", "@import", "url(//b.example)"]


WEEKDAYS = [f"ends-{day}" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]
CASES = [
    "acme-shop",
    "acme-guides",
    "northwind-site",
    "northwind-app",
    "empty",
    "two-days",
    "one-hour",
    "tiny",
    "edge",
    *WEEKDAYS,
]


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_every_project_gets_a_chart_or_a_sentence(demo: Database, path: Path) -> None:
    """The shipped parameters with another project: each of the demo, empty ones, and one that ends on each weekday."""
    for slug in CASES:
        notebook = run(path, PROJECT=slug)
        told = notes(notebook)
        for word in ("nan", "inf%", "None", "NaT"):
            assert word not in told, slug
        assert min(len(note) for note in told.split("\n")) > 10, slug
        headings = [cell for cell in notebook.cells if cell.source.startswith("## ")]
        assert told.count("\n") == len(headings), slug


def test_a_project_is_counted_once_whatever_it_is_compared_with(demo: Database) -> None:
    for compared in (None, ["northwind-app", "acme-shop"]):
        told = notes(run(PATHS[0], PROJECT="northwind-app", COMPARE=compared)).split("\n")[0]
        assert told.count("Northwind App") == 2  # in the list of projects, and whose days these are
        assert "Acme Shop" in told
    assert [site.name for site in lab.sites("empty", ["two-days", "empty"], days=7)] == [
        "Own (empty)",
        "Own (two-days)",
    ]
    assert len(lab.sites("acme-shop", None, days=7)) == 4
    assert lab.sites("acme-shop", [], days=7)[0].name == "Acme Shop"


def test_a_day_without_visits_is_seen(demo: Database) -> None:
    assert "**Own, Tue 12 May 2026:** 0 visits, 100% fewer than usual." in notes(
        run(PATHS[0], PROJECT="ends-fri", COMPARE=[])
    )


def test_nothing_is_a_percentage_of_zero(demo: Database) -> None:
    assert "**AI Assistants** began: 6 in its usual week of late." in notes(run(PATHS[1], PROJECT="ends-sun"))
    told = notes(run(PATHS[7], PROJECT="edge")).replace("\\$", "$")
    assert "own / free** was billed $0.010 and estimated at nothing." in told
    assert "own / unknown** was billed $0.010 and estimated at nothing: it has no price." in told
    assert "in 3 days" in told


def test_agents_of_the_same_name_are_told_apart(demo: Database) -> None:
    assert "3 runs of 2 agents" in notes(run(PATHS[6], PROJECT="edge"))


@pytest.mark.parametrize(
    ("number", "parameters", "known"),
    [
        (0, {"PROJECT": "nobody"}, "no project nobody; there are: acme-guides, acme-shop, "),
        (0, {"COMPARE": ["nobody"]}, "no project nobody; there are: acme-guides, acme-shop, "),
        (0, {"DAYS": 0}, "DAYS is 0: it takes one day at least"),
        (2, {"FUNNEL": "None such"}, "nobody of acme-shop began the funnel None such; there are: Purchase"),
        (2, {"BREAKDOWN": "planet"}, "sessions have no column planet; there are: anonymous_id, "),
        (3, {"ANCHOR": "None such"}, "was acquired by None such; there are: Newsletter, Order, first_activity"),
        (4, {"GOAL": "None such"}, "completed a goal None such in these months; there are: Newsletter, Order"),
        (4, {"MODEL": "None such"}, "no model None such; there are: first_touch, "),
    ],
)
def test_an_unknown_name_lists_the_known_ones(
    demo: Database, number: int, parameters: dict[str, object], known: str
) -> None:
    with pytest.raises(lab.LabError, match=re.escape(known)) as raised:
        run(PATHS[number], **parameters)
    assert raised.value._render_traceback_() == [f"LabError: {raised.value}"]


def test_an_unknown_event_lists_the_known_ones(demo: Database) -> None:
    assert "No visit has an event Nothing; there are: " in notes(run(PATHS[0], STARTED="Nothing", FINISHED="Never"))


def test_own_steps_may_come_twice(demo: Database) -> None:
    told = notes(run(PATHS[2], PROJECT="northwind-app", STEPS=["/reports", "/reports/new", "/reports"], DAYS=20))
    assert re.search(r"The largest drop is before \*\*[23]\. /reports", told)


def test_a_page_says_which_cell_failed(demo: Database, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    nbformat.write(with_parameters(PATHS[0], {"PROJECT": "no-such-project"}), broken)
    with pytest.raises(pages.NotebookError, match=r"broken.ipynb: LabError: no project no-such-project; there are: "):
        _execute([broken])


def test_the_last_day_is_whole_in_the_projects_own_time_zone(demo: Database) -> None:
    ends = {slug: lab.site(slug, days=7).last_date.day for slug in TINY_PROJECTS}
    assert ends == {"tiny": 22, "late": 23, "york": 22, "berlin": 23}
    both = lab.sites("late", ["york"], days=7)
    # The days begin with the data, of which there are fewer: an average over days is one over those that there were.
    assert {(site.first_date, site.last_date, site.days) for site in both} == {
        (dt.date(2026, 5, 20), dt.date(2026, 5, 22), 3)
    }
    assert {(site.first_date, site.days) for site in lab.sites("late", ["york"], days=2)} == {(dt.date(2026, 5, 21), 2)}


def test_a_query_without_rows_has_the_types_of_one_with_rows(demo: Database) -> None:
    query = "select 1 as n, 1::bigint as b, 1.5::numeric as r, 1::float8 as f, '2026-05-01'::date as d, 'x' as t"
    found, empty = lab.query(query), lab.query(query + " where false")
    assert dict(found.dtypes.iloc[:5]) == dict(empty.dtypes.iloc[:5])
    assert found["d"][0] == dt.datetime(2026, 5, 1)


def test_the_notebooks_connection_cannot_write(demo: Database) -> None:
    with pytest.raises(Exception, match="read-only transaction"):
        lab.query("delete from analytics.sessions")


def test_what_is_missing_is_said(demo: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(lab.LabError, match="run `radar build`"):
        lab.query("select 1 from analytics.no_such_table")
    connect().close()
    connect.cache_clear()
    monkeypatch.setenv("PGPORT", "1")
    with pytest.raises(lab.LabError, match="cannot use"):
        lab.query("select 1")
