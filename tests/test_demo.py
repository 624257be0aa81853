"""The demo's rows: the same for the same plan, valid for the contract, and telling the stories that they promise."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from radar.demo import plan as plan_module
from radar.demo import stories
from radar.demo.audience import DEVICES
from radar.demo.database import DemoError, stored_plan, write, write_companies
from radar.demo.draws import Wheel, child, exponential, seed_key, uniform
from radar.demo.files import write as write_files
from radar.demo.formats import Format
from radar.demo.generate import generate
from radar.demo.plan import Plan
from radar.demo.sites import SITES, WORKSPACES
from radar.load.agents import describe
from radar.load.loader import Request, load
from tests.conftest import Database

END = date(2026, 3, 31)
PLAN = Plan(events=200_000, days=45, end=END, seed=7)
SMALL = Plan(events=20_000, days=40, end=END, seed=7)
FILES = Plan(events=6_000, days=6, end=END, seed=3)
SITE_IDS = {site.slug: str(site.project_id) for site in SITES}
KEY = ["workspace_id", "message_id", "occurred_at"]


def all_rows(plan: Plan, days: range | None = None) -> pl.DataFrame:
    return pl.concat(generate(plan, days))


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return all_rows(PLAN)


@pytest.fixture(scope="module")
def people(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of people's visits, retries left out, with day, site and visit (the message id up to the number)."""
    slugs = {project_id: slug for slug, project_id in SITE_IDS.items()}
    return (
        rows.filter(pl.col("bot_class") == "human", pl.col("channel_type") == "web")
        .unique("message_id", keep="first", maintain_order=True)
        .with_columns(
            day=pl.col("occurred_at").dt.date(),
            site=pl.col("project_id").replace_strict(slugs),
            visit=pl.col("message_id").str.slice(0, 16),
        )
    )


def of_site(people: pl.DataFrame, slug: str) -> pl.DataFrame:
    return people.filter(pl.col("site") == slug)


def rate(visits: pl.DataFrame, before: str, after: str) -> float:
    """Visits with the one event, as a share of the visits with the other."""
    return reached(visits, after) / reached(visits, before)


def reached(visits: pl.DataFrame, event: str) -> int:
    return visits.filter((pl.col("event_name") == event) | (pl.col("event_type") == event))["visit"].n_unique()


def during(people: pl.DataFrame, days: tuple[date, date]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows within the days and the others."""
    inside = pl.col("day").is_between(*days)
    return people.filter(inside), people.filter(~inside)


# --- The same plan, the same rows ---


def test_the_pieces_do_not_change_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = all_rows(SMALL)
    monkeypatch.setattr(plan_module, "CHUNK_EVENTS", 700)
    assert len(list(generate(SMALL))) > 20
    assert_frame_equal(all_rows(SMALL), whole)


def test_another_seed_makes_other_rows() -> None:
    other = all_rows(Plan(SMALL.events, SMALL.days, SMALL.end, seed=8))
    assert not set(other["message_id"]) & set(all_rows(SMALL)["message_id"])
    people = all_rows(SMALL).filter(pl.col("bot_class") == "human")["anonymous_id"].drop_nulls()
    assert not set(other["anonymous_id"]) & set(people)


def test_as_many_events_are_sent_as_asked() -> None:
    for events in (1_000, 19_999):
        assert all_rows(Plan(events, 31, END, 1)).height == events


def test_days_can_be_made_alone_and_added_after_the_end() -> None:
    whole = all_rows(SMALL, range(SMALL.days + 3))
    pieces = [all_rows(SMALL), all_rows(SMALL, range(SMALL.days, SMALL.days + 3))]
    assert_frame_equal(pl.concat(pieces), whole)
    assert pieces[1].height == pytest.approx(3 * SMALL.events / SMALL.days, rel=0.7)
    assert_frame_equal(all_rows(SMALL, range(10, 12)), whole.join(all_rows(SMALL, range(10, 12)), on=KEY, how="semi"))


def test_draws_are_spread_as_they_say() -> None:
    keys = child(seed_key(1), np.arange(100_000))
    assert len(np.unique(keys)) == keys.size
    assert np.histogram(uniform(keys, "a"), bins=10, range=(0, 1))[0] == pytest.approx(np.full(10, 10_000), rel=0.05)
    assert abs(np.corrcoef(uniform(keys, "a"), uniform(keys, "b"))[0, 1]) < 0.02
    assert exponential(keys, "c", 3.0).mean() == pytest.approx(3.0, rel=0.02)
    choices = Wheel.of([[1, 0, 3]]).spin(np.zeros(keys.size, dtype=np.int64), keys, "d")
    assert np.bincount(choices) / keys.size == pytest.approx([0.25, 0, 0.75], abs=0.01)


# --- Visits that could have been ---


def test_a_visit_has_about_eight_events(people: pl.DataFrame) -> None:
    assert people.height / people["visit"].n_unique() == pytest.approx(8, abs=0.4)


def test_within_a_visit_times_grow_and_the_device_stays(people: pl.DataFrame) -> None:
    visits = people.sort("message_id").group_by("visit", maintain_order=True)
    steady = [
        "anonymous_id",
        "session_id",
        "user_agent",
        "screen_width",
        "ip_address",
        "city",
        "timezone",
        "project_id",
    ]
    checked = visits.agg(
        pl.col(steady).n_unique(), pause=pl.col("occurred_at").diff().dt.total_milliseconds().drop_nulls()
    )
    assert checked.select(pl.col(steady).max()).row(0) == (1,) * len(steady)
    pauses = checked["pause"].explode().drop_nulls()
    assert pauses.min() > 0  # type: ignore[operator]
    assert pauses.max() < 30 * 60_000  # type: ignore[operator]


def test_each_page_refers_to_the_page_before(people: pl.DataFrame) -> None:
    views = people.filter(pl.col("event_type") == "pageview").sort("message_id")
    views = views.with_columns(before=pl.col("page_url").shift(1).over("visit"))
    inner = views.filter(pl.col("before").is_not_null())
    assert inner.filter(pl.col("page_referrer") != pl.col("before")).height == 0
    assert views.filter(pl.col("before").is_null())["page_referrer"].null_count() > 0
    assert people.filter(pl.col("page_path") != pl.col("page_url").str.extract(r"https://[^/]+([^?]*)")).height == 0


def test_half_of_the_sites_send_session_ids(people: pl.DataFrame) -> None:
    sends = people.group_by("site").agg(sent=pl.col("session_id").is_not_null().mean())
    assert dict(sends.rows()) == {site.slug: float(site.sends_session_id) for site in SITES}
    assert sorted(sends["sent"]) == [0, 0, 1, 1]
    sent = people.filter(pl.col("session_id").is_not_null())
    assert sent["session_id"].n_unique() == sent["visit"].n_unique()


def test_visitors_come_back_and_log_in_on_several_devices(people: pl.DataFrame) -> None:
    days = people.group_by("anonymous_id").agg(pl.col("day").n_unique())["day"]
    assert 0.15 < (days > 1).mean() < 0.6  # type: ignore[operator]
    assert people.group_by("anonymous_id").agg(pl.col("user_agent").n_unique())["user_agent"].max() == 1
    logins = people.filter(pl.col("event_type") == "identify")
    assert logins.filter(pl.col("user_id").is_null()).height == 0
    assert (logins.group_by("user_id").agg(pl.col("anonymous_id").n_unique())["anonymous_id"] > 1).sum() > 20
    assert (people.group_by("anonymous_id").agg(pl.col("user_id").drop_nulls().n_unique())["user_id"] > 1).sum() > 3
    before = people.join(logins.select("visit", first="occurred_at"), on="visit").filter(
        pl.col("occurred_at") < pl.col("first")
    )
    assert of_site(before, "acme-shop")["user_id"].null_count() == of_site(before, "acme-shop").height > 0


def test_weeks_days_and_growth_have_a_rhythm(people: pl.DataFrame) -> None:
    app = of_site(people, "northwind-app")
    weekend = app.filter(pl.col("day").dt.weekday() > 5).height / 2
    assert weekend < 0.4 * app.filter(pl.col("day").dt.weekday() <= 5).height / 5
    local = of_site(people, "northwind-site").with_columns(
        pl.col("occurred_at").dt.convert_time_zone("America/New_York")
    )
    hours = dict(local.group_by(pl.col("occurred_at").dt.hour()).len().rows())
    assert hours[10] > 5 * hours[3]
    guides = of_site(people, "acme-guides")
    first, last = (
        guides.filter(pl.col("day").is_between(day, day + timedelta(6))).height
        for day in (PLAN.start, END - timedelta(6))
    )
    assert last > 1.2 * first


def test_sources_are_of_every_kind(people: pl.DataFrame) -> None:
    landings = people.filter(pl.col("message_id").str.ends_with("-00"))
    hosts = set(landings["page_referrer"].drop_nulls().str.extract("//([^/]+)"))
    assert hosts >= {
        "www.google.com",
        "chatgpt.com",
        "www.perplexity.ai",
        "l.instagram.com",
        "guides.acme-outdoor.example",
    }
    assert landings["page_url"].str.contains("[?&]gclid=Cj0").sum() > 50
    assert landings["page_url"].str.contains("utm_medium=email").sum() > 50
    tagged = of_site(landings, "acme-shop").filter(pl.col("utm_source").is_not_null())
    assert (
        tagged.filter(~pl.col("page_url").str.contains(pl.format("utm_source={}", "utm_source"), literal=True)).height
        == 0
    )
    assert of_site(people, "northwind-app")["utm_source"].null_count() == of_site(people, "northwind-app").height


def test_bots_are_few_and_flagged_as_the_loader_flags_them(rows: pl.DataFrame) -> None:
    bots = rows.filter(pl.col("bot_class") != "human")
    assert 0.005 < bots.height / rows.height < 0.05
    assert bots["bot_class"].n_unique() >= 4
    assert set(bots["event_type"]) == {"pageview"}
    agents = rows.select(list(describe("x")._fields)).unique()
    assert set(agents["user_agent"]) == {device.user_agent for device in DEVICES}
    for agent in agents.drop_nulls("user_agent").rows():
        assert agent == tuple(describe(agent[0]))
    declared = {device.user_agent: device.device_type for device in DEVICES if not device.bot and device.user_agent}
    assert declared == {agent: describe(agent).device_type for agent in declared}


def test_some_events_are_late_and_some_are_sent_twice(rows: pl.DataFrame) -> None:
    delay = rows["received_at"] - rows["occurred_at"]
    assert delay.min() > timedelta(0)  # type: ignore[operator]
    assert 0.0005 < (delay > timedelta(hours=4)).mean() < 0.02  # type: ignore[operator]
    assert rows["received_at"].max() < datetime.combine(END + timedelta(1), time(), tzinfo=UTC) + timedelta(minutes=30)  # type: ignore[operator]
    copies = rows.height - rows["message_id"].n_unique()
    exact = rows.height - rows.select(KEY).unique().height
    assert copies == pytest.approx(0.005 * rows.height, rel=0.1)
    assert 0.4 * copies < exact < 0.8 * copies


# --- Stories ---


def test_campaign_brings_many_visits_and_few_orders(people: pl.DataFrame) -> None:
    shop = of_site(people, stories.CAMPAIGN_SITE)
    inside, outside = during(shop, PLAN.stories.campaign)
    per_day = inside["visit"].n_unique() / 7
    assert per_day > 1.5 * outside["visit"].n_unique() / (PLAN.days - 7)
    campaign = inside.filter(pl.col("utm_campaign") == stories.CAMPAIGN_NAME)["visit"].unique()
    brought = inside.filter(pl.col("visit").is_in(campaign.implode()))
    assert brought["visit"].n_unique() == pytest.approx(stories.CAMPAIGN_SHARE * inside["visit"].n_unique(), rel=0.1)
    assert rate(brought, "pageview", "Order Completed") < 0.5 * rate(outside, "pageview", "Order Completed")
    assert (
        outside.filter(pl.col("utm_campaign") == stories.CAMPAIGN_NAME)["day"]
        .is_in([PLAN.stories.campaign[1] + timedelta(1)])
        .all()
    )


def test_mobile_checkouts_fail_for_a_week(people: pl.DataFrame) -> None:
    shop = of_site(people, stories.REGRESSION_SITE)
    inside, outside = during(shop, PLAN.stories.regression)
    mobile = pl.col("device_type") == stories.REGRESSION_DEVICE
    steps = ("Checkout Started", "Order Completed")
    assert rate(inside.filter(mobile), *steps) < 0.5 * rate(outside.filter(mobile), *steps)
    assert rate(inside.filter(~mobile), *steps) > 0.8 * rate(outside.filter(~mobile), *steps)


def test_outage_leaves_hours_almost_empty(people: pl.DataFrame) -> None:
    app = of_site(people, stories.OUTAGE_SITE)
    first, last = PLAN.stories.outage
    week_before = app.filter(pl.col("occurred_at").is_between(first - timedelta(7), last - timedelta(7)))
    # Visits that began before it go on a little.
    within = app.filter(pl.col("occurred_at").is_between(first + timedelta(minutes=30), last, closed="left"))
    assert 0 < within.height < 0.05 * week_before.height
    errors = app.filter(pl.col("event_name") == stories.OUTAGE_EVENT)
    assert errors.height > 0
    assert errors["occurred_at"].is_between(first, last + timedelta(minutes=1)).all()


# --- Database and files ---


def write_all(database: Database, plan: Plan) -> int:
    with database.connect() as connection:
        return write(connection, plan, lambda _: None)


def test_written_once_and_never_again(database: Database) -> None:
    written = write_all(database, SMALL)
    assert written == all_rows(SMALL).select(KEY).unique().height
    with database.connect() as connection:
        assert stored_plan(connection) == SMALL
    assert write_all(database, SMALL) == 0
    assert database.query("select count(*) from ingest.events") == [(written,)]
    with pytest.raises(DemoError, match="--seed 7"):
        write_all(database, Plan(SMALL.events, SMALL.days, SMALL.end, 8))


def test_a_stopped_run_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_module, "CHUNK_EVENTS", 5_000)
    pieces = iter(range(2))
    with database.connect() as connection, pytest.raises(StopIteration):
        write(connection, SMALL, lambda _: next(pieces))
    stopped = database.query("select count(*) from ingest.events")[0][0]
    assert 0 < stopped < SMALL.events
    assert stopped + write_all(database, SMALL) == all_rows(SMALL).select(KEY).unique().height


def stored_rows(database: Database, like: pl.DataFrame) -> pl.DataFrame:
    """The rows of the database, in the columns and types of the frame, by message and time."""
    columns = {name: dtype for name, dtype in like.schema.items() if name != "properties"}
    texts = pl.col("workspace_id", "project_id", "ip_address")
    query = f"select {', '.join(columns)} from ingest.events"
    with database.connect() as connection:
        found = connection.execute(query.encode()).fetchall()
    frame = pl.DataFrame(found, schema=list(columns), orient="row", infer_schema_length=None)
    frame = frame.with_columns(texts.map_elements(str, return_dtype=pl.String)).cast(pl.Schema(columns))
    return frame.sort("message_id", "occurred_at")


def test_the_database_holds_what_was_generated(database: Database) -> None:
    write_all(database, SMALL)
    generated = all_rows(SMALL).unique(KEY, keep="first").sort("message_id", "occurred_at")
    assert_frame_equal(stored_rows(database, generated), generated.drop("properties"))
    orders = generated.filter(pl.col("event_name") == "Order Completed")["properties"]
    revenue = sum(json.loads(text)["revenue"] for text in orders)
    query = "select sum((properties ->> 'revenue')::numeric) from ingest.events where event_name = 'Order Completed'"
    assert database.query(query) == [(revenue,)]
    assert database.query("select count(*) from ingest.events_default") == [(0,)]


@pytest.mark.parametrize("file_format", list(Format))
def test_the_loader_stores_the_same_rows(database: Database, tmp_path: Path, file_format: Format) -> None:
    with database.connect() as connection:
        write_companies(connection, FILES)
    paths = write_files(tmp_path, file_format, FILES, lambda _: None)
    rejected = 0
    for site, path in zip(SITES, paths, strict=True):
        counts = load([str(path)], Request(project=site.slug), database.dsn)
        rejected += counts.rejected.total()
    generated = all_rows(FILES).unique(KEY, keep="first").sort("message_id", "occurred_at")
    single = pl.col("event_type") != "batch"
    # The loader makes a Segment batch's messages events of their own; when it received them it says itself.
    expected = generated.filter(single).drop("received_at")
    stored = stored_rows(database, expected)
    of_batches = stored.filter(~pl.col("message_id").is_in(expected["message_id"].implode()))
    assert_frame_equal(stored.join(of_batches, on="message_id", how="anti"), expected.drop("properties"))
    assert rejected == len(SITES) * FILES.days
    assert of_batches.height == generated.filter(~single).height * (3 if file_format is Format.SEGMENT else 1)


def test_companies_are_written_with_members_and_goals(database: Database) -> None:
    write_all(database, Plan(1_000, 3, END, 1))
    assert database.query("select name from app.workspaces order by 1") == sorted((of.name,) for of in WORKSPACES)
    assert database.query("select settings ->> 'timezone' from ingest.projects order by 1") == sorted(
        (s.timezone,) for s in SITES
    )
    goals = {(site.slug, goal.name) for site in SITES for goal in site.goals}
    assert (
        set(database.query("select slug, goals.name from ingest.goals inner join ingest.projects using (project_id)"))
        == goals
    )
    assert database.query(
        "select count(*) from app.users where user_id not in (select user_id from app.workspace_members)"
    ) == [(1,)]


def test_without_tables_the_error_says_what_to_run(database: Database) -> None:
    database.execute("drop schema app cascade")
    with pytest.raises(DemoError, match="dbt run"):
        write_all(database, SMALL)


@pytest.mark.parametrize("file_format", [Format.CSV, Format.PARQUET])
def test_files_hold_the_rows_and_malformed_ones(tmp_path: Path, file_format: Format) -> None:
    paths = write_files(tmp_path, file_format, FILES, lambda _: None)
    found = pl.concat(
        pl.read_parquet(path) if file_format is Format.PARQUET else pl.read_csv(path, infer_schema=False)
        for path in paths
    )
    files = {f"{site.slug}.{file_format}" for site in SITES} | {"acme-shop-spend.csv", "northwind-site-spend.csv"}
    assert {path.name for path in tmp_path.iterdir()} == files
    good = found.filter(~pl.col("message_id").str.starts_with("malformed"))
    bad = found.filter(pl.col("message_id").str.starts_with("malformed"))
    expected = all_rows(FILES)
    assert good["message_id"].sort().to_list() == expected["message_id"].sort().to_list()
    assert good["properties"].sort().to_list() == expected["properties"].sort().to_list()
    assert bad.height == FILES.days * len(SITES)
    assert bad["anonymous_id"].null_count() == bad["occurred_at"].null_count() == bad.height / 3


def test_segment_files_say_what_the_rows_say(tmp_path: Path) -> None:
    paths = write_files(tmp_path, Format.SEGMENT, FILES, lambda _: None)
    lines = "".join(path.read_text(encoding="utf-8") for path in paths).splitlines()
    broken = [line for line in lines if not line.endswith("}")]
    messages = {m["messageId"]: m for m in (json.loads(line) for line in lines if line.endswith("}"))}
    assert len(broken) == len(SITES) * FILES.days // 3
    rows = {
        row["message_id"]: row
        for row in all_rows(FILES).unique("message_id", keep="last", maintain_order=True).to_dicts()
    }
    assert len(lines) == FILES.events + len(SITES) * FILES.days
    assert set(rows) < set(messages)
    for message_id, row in rows.items():
        if row["event_type"] != "batch":
            assert_says(messages[message_id], row)
    batches = [messages[message_id] for message_id, row in rows.items() if row["event_type"] == "batch"]
    assert all(len(batch["batch"]) == 3 and batch["batch"][0]["anonymousId"] for batch in batches)


def assert_says(message: dict[str, object], row: dict[str, object]) -> None:
    context: dict[str, dict[str, object]] = message["context"]  # type: ignore[assignment]
    assert message.get("anonymousId") == row["anonymous_id"]
    assert message.get("userId") == row["user_id"]
    assert message["timestamp"] == f"{row['occurred_at']:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    assert context.get("externalId") == row["external_id"]
    assert context.get("handshakeToken") == row["handshake_token"]
    assert context.get("page", {}) == {
        name: row[f"page_{name}"] for name in ("url", "path", "title", "referrer") if row[f"page_{name}"] is not None
    }
    assert context.get("userAgent") == row["user_agent"]
    assert context.get("sessionId") == row["session_id"]
    assert context.get("screen", {}).get("innerHeight") == row["viewport_height"]
    assert context.get("campaign", {}).get("name") == row["utm_campaign"]
    if row["event_type"] == "pageview":
        assert message["type"] == "page"
        assert message.get("properties", {}).get("load_time_ms") == row["load_time_ms"]  # type: ignore[attr-defined]
    else:
        said = message["traits"] if row["event_type"] == "identify" else message["properties"]
        assert said == json.loads(str(row["properties"]))
