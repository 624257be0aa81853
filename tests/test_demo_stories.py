"""The stories that the demo promises are in its rows."""

from datetime import UTC, datetime, time, timedelta

import polars as pl
import pytest

from radar.demo import stories
from radar.demo.spend import spend
from tests import demo_rows
from tests.demo_rows import END, PLAN, SITE_IDS, during, of_site, properties, rate


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return demo_rows.rows()


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return demo_rows.people()


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


def completion(people: pl.DataFrame, form_id: str, condition: pl.Expr) -> float:
    forms = people.filter(condition).with_columns(form_id=properties(people.filter(condition), "form_id"))
    return rate(forms.filter(pl.col("form_id") == form_id), "form_start", "form_submit")


@pytest.mark.parametrize(
    ("form_id", "story"), [("signup", stories.SIGNUP_HARD_ON), ("contact", stories.CONTACT_HARD_ON)]
)
def test_a_form_is_given_up_on_one_type_of_device(people: pl.DataFrame, form_id: str, story: tuple[str, float]) -> None:
    device, ease = story
    hard, easy = (
        completion(people, form_id, condition)
        for condition in (pl.col("device_type") == device, pl.col("device_type") != device)
    )
    assert easy > 0.55
    assert hard < (ease + 0.3) * easy


def test_interactions_are_told_in_their_order(people: pl.DataFrame) -> None:
    view = (pl.col("event_type") == "pageview").cum_sum().over("visit")
    told = people.sort("message_id").with_columns(view=view, value=properties(people.sort("message_id"), "*"))
    for kind, texts in {"scroll_depth": ["25", "50", "75", "100"], "page_visibility": ["hidden", "visible"]}.items():
        name = "scroll_percentage" if kind == "scroll_depth" else "state"
        found = told.filter(pl.col("event_type") == kind)
        turns = found.with_columns(value=properties(found, name), turn=pl.int_range(pl.len()).over("visit", "view"))
        assert turns.select(
            (pl.col("turn") % len(texts) == pl.col("value").replace_strict(texts, range(len(texts)))).all()
        ).item()
        assert turns["turn"].max() == 3 or kind != "scroll_depth"


def test_two_people_share_a_device_and_one_leaves_it(people: pl.DataFrame) -> None:
    unlinks = people.filter(pl.col("event_type") == "unlink")
    assert unlinks.height >= 5
    assert unlinks["user_id"].null_count() == unlinks["anonymous_id"].null_count() == 0
    known = people.group_by("anonymous_id").agg(pl.col("user_id").drop_nulls().n_unique())
    assert known.filter(pl.col("anonymous_id").is_in(unlinks["anonymous_id"].implode()))["user_id"].max() == 2


def test_retargeting_is_the_last_touch_of_orders_and_never_the_first(people: pl.DataFrame) -> None:
    shop = of_site(people, "acme-shop").sort("occurred_at")
    ordered = shop.filter(pl.col("event_name") == "Order Completed")["visit"]
    visits = shop.group_by("visit", "anonymous_id", maintain_order=True).agg(
        pl.col("utm_campaign").drop_nulls().first()
    )
    touches = visits.with_columns(first=pl.col("utm_campaign").first().over("anonymous_id"))
    orders = touches.filter(pl.col("visit").is_in(ordered.implode()), pl.len().over("anonymous_id") > 1)
    last, first = (
        {campaign: orders.filter(pl.col(name) == campaign).height for campaign in ("generic", "retargeting")}
        for name in ("utm_campaign", "first")
    )
    assert last["retargeting"] > 2 * first["retargeting"]
    assert first["generic"] > 1.5 * last["generic"]


def test_one_campaign_costs_more_than_it_brings(people: pl.DataFrame) -> None:
    shop = of_site(people, "acme-shop")
    campaigns = shop.filter(pl.col("utm_campaign").is_not_null()).unique("visit").select("visit", "utm_campaign")
    orders = shop.filter(pl.col("event_name") == "Order Completed").drop("utm_campaign").join(campaigns, on="visit")
    revenue = orders.with_columns(revenue=properties(orders, "revenue").cast(pl.Float64)).group_by("utm_campaign")
    brought = dict(revenue.agg(pl.col("revenue").sum()).rows())
    costs = spend(PLAN).filter(pl.col("project_id") == SITE_IDS["acme-shop"]).with_columns(pl.col("cost").cast(float))
    cost = dict(costs.group_by("campaign").agg(pl.col("cost").sum()).rows())
    returns = {campaign: brought[campaign] / cost[campaign] for campaign in cost}
    assert returns.pop(stories.CAMPAIGN_NAME) < 0.8
    assert min(returns.values()) > 3


# --- Conversations ---


@pytest.fixture(scope="module")
def told(rows: pl.DataFrame) -> pl.DataFrame:
    """The events of conversations, with the conversation, its number of seconds so far, and who or what it tells."""
    talks = rows.filter(pl.col("channel_type") == "whatsapp").sort("message_id")
    return talks.with_columns(
        talk=pl.col("message_id").str.slice(0, 16),
        said=pl.coalesce(properties(talks, "sender"), properties(talks, "state")),
    ).with_columns(
        second=(pl.col("occurred_at") - pl.col("occurred_at").first().over("talk")).dt.total_milliseconds() / 1000
    )


def test_conversations_follow_their_course(told: pl.DataFrame) -> None:
    talks = told.group_by("talk").agg(pl.col("said"), pl.col("external_id", "project_id").n_unique())
    assert talks.height > 200
    assert set(talks["said"].list.first()) == {"user"}
    assert set(talks["external_id"]) == set(talks["project_id"]) == {1}
    assert set(told["said"]) == {"user", "bot", "agent", "queued", "agent_active", "resolved"}
    resolved = talks.filter(pl.col("said").list.contains("resolved"))
    again = resolved.filter(pl.col("said").list.count_matches("resolved") > 1)
    assert again.height / resolved.height == pytest.approx(stories.REOPENED_SHARE, abs=0.06)
    assert told.filter(pl.col("second").diff().over("talk") <= 0).height == 0
    assert told["occurred_at"].max() < datetime.combine(END + timedelta(1), time(), tzinfo=UTC)  # type: ignore[operator]


def test_bots_answer_in_seconds_and_agents_later_at_weekends(told: pl.DataFrame) -> None:
    seconds = told.group_by("talk").agg(
        is_weekend=pl.col("occurred_at").first().dt.weekday() > 5,
        bot=pl.col("second").filter(pl.col("said") == "bot").first(),
        agent=pl.col("second").filter(pl.col("said") == "agent").first(),
    )
    medians = {row[0]: row[1:] for row in seconds.group_by("is_weekend").agg(pl.col("bot", "agent").median()).rows()}
    assert max(medians[True][0], medians[False][0]) < 10
    assert 5 * 60 < medians[False][1] < 40 * 60
    assert medians[True][1] > 3 * medians[False][1]


def test_a_token_ties_the_first_message_to_the_chat_that_was_opened(people: pl.DataFrame, told: pl.DataFrame) -> None:
    opened = people.filter(pl.col("event_name") == stories.CHAT_EVENT)
    assert opened["handshake_token"].n_unique() == opened.height == opened["handshake_token"].drop_nulls().len()
    assert people["handshake_token"].drop_nulls().len() == opened.height
    sent = told.filter(pl.col("handshake_token").is_not_null())
    assert set(sent["second"]) == {0}
    linked = sent.join(opened, on="handshake_token", validate="1:1")
    assert linked.height == sent.height
    assert 0.15 < sent.height / told["talk"].n_unique() < 0.6
    assert (
        linked.filter(
            ~(pl.col("occurred_at") - pl.col("occurred_at_right")).is_between(timedelta(0), timedelta(minutes=5))
        ).height
        == 0
    )
    named = linked.filter(pl.col("user_id").is_not_null())
    assert named.height > 3
    others = people.select("visit", known="user_id").drop_nulls().unique()
    assert named.join(others, on="visit").filter(pl.col("known") != pl.col("user_id")).height == 0
