"""The demo's rows: the same for the same plan, and visits that could have been."""

from datetime import UTC, datetime, time, timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from radar.demo import plan as plan_module
from radar.demo.audience import DEVICES
from radar.demo.draws import Wheel, child, exponential, seed_key, uniform
from radar.demo.generate import generate
from radar.demo.plan import Plan
from radar.demo.sites import SITES
from radar.load.agents import describe
from tests import demo_rows
from tests.demo_rows import END, KEY, PLAN, SMALL, all_rows, of_site


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return demo_rows.rows()


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return demo_rows.people()


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
