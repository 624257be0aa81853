"""Goals: what completes one, what a completion is worth, and why one that can never be met is refused."""

from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.conftest import Database

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

WORKSPACE = "00000000-0000-0000-0000-000000000001"
REFUSED: list[tuple[str, Any, str]] = [
    ("event", {}, "needs event_name"),
    ("event", {"event_name": ""}, "has to be a text"),
    ("event", {"event_name": {"a": 1}}, "has to be a text"),
    ("event", {"event_name": "x", "page": "/"}, "page is no condition"),
    ("event", [], "have to be an object"),
    ("pageview", {"page_path": "/a\\"}, "escape character"),
    ("pageview", {"page_path": None}, "has to be a text"),
    ("duration", {"seconds": 0}, "from 1 to 86400"),
    ("duration", {"seconds": "soon"}, "from 1 to 86400"),
    ("custom", {}, "needs a condition"),
    ("custom", {"properties": {}}, "has to be an object with a condition"),
    ("custom", {"properties": {"plan": {"~": "pro"}}}, "unknown operator ~"),
    ("custom", {"properties": {"total": {">": "much"}}}, "needs a number"),
    ("custom", {"properties": {"plan": {"in": "pro"}}}, "needs an array"),
    ("custom", {"properties": {"plan": {"exists": "yes"}}}, "true or false"),
    ("custom", {"properties": {"plan": None}}, "needs a text"),
    ("custom", {"properties": {"plan": {}}}, "needs an operator"),
    ("custom", {"properties": {"": "pro"}}, "needs a name"),
    ("custom", {"properties": {"plan": {"in": []}}}, "needs an array"),
    ("custom", {"properties": {"plan": {"in": ["pro", None]}}}, "needs an array"),
    ("custom", {"properties": {"plan": {"exists": False, "=": "pro"}}}, "meets nothing else"),
    ("custom", {"properties": {"total": {">": 50, "<": 10}}}, "contradict"),
    ("custom", {"properties": {"total": {">": 50, "<=": 50}}}, "contradict"),
    ("custom", {"properties": {"total": {"=": 50, "!=": 50.0}}}, "contradict"),
    ("custom", {"properties": {"plan": {"in": ["pro", "free"], "contains": "team"}}}, "contradict"),
    ("pageview", {"page_path": "https://shop.example/thanks"}, "without the host"),
]
ACCEPTED: list[Any] = [
    {"total": {">": 49, "<": 50}},
    {"total": {">=": 50, "<=": 50}},
    {"total": {">": 5, "!=": 6}},
    {"total": {"in": [40, 50], ">": 45}},
    {"total": {"contains": "5", ">": 45}},
    {"is_paid": {"in": [True]}, "plan": {"exists": False}},
]
MATCHES: list[tuple[Any, Any, bool]] = [
    ({"plan": "pro"}, {"plan": "pro"}, True),
    ({"plan": 5}, {"plan": "5"}, True),
    ({"plan": "pro"}, {"plan": {"!=": "free"}}, True),
    ({}, {"plan": {"!=": "free"}}, False),
    ({"cart": {"total": 50}}, {"cart.total": {">=": 50, "<": 51}}, True),
    ({"total": "49.5"}, {"total": {">=": 50}}, False),
    ({"total": "many"}, {"total": {">": 0}}, False),
    ({"name": "Summer sale"}, {"name": {"contains": "sale"}}, True),
    ({"plan": "pro"}, {"plan": {"in": ["free", "pro"]}}, True),
    ({"plan": None}, {"plan": {"exists": True}}, False),
    ({}, {"plan": {"exists": False}}, True),
    ([1, 2], {"plan": "pro"}, False),
    ({"a": "x", "b": "y"}, {"a": "x", "b": "z"}, False),
    # Numbers as numbers, however they are written; a text that spells one is it.
    ({"total": 50}, {"total": 50.0}, True),
    ({"total": "50.0"}, {"total": 50}, True),
    ({"total": 5e1}, {"total": {"in": [1, 50]}}, True),
    ({"total": 50}, {"total": {"!=": 50.0}}, False),
    ({"total": 10**20}, {"total": {">": 50}}, True),
    ({"total": 19.990000000000002}, {"total": {">": 19}}, True),
    ({"total": "5e1"}, {"total": {">=": 50}}, True),
    # Types as types: true is neither 1 nor text, but the text that spells it.
    ({"is_paid": True}, {"is_paid": {"in": [True]}}, True),
    ({"is_paid": "true"}, {"is_paid": True}, True),
    ({"is_paid": 1}, {"is_paid": True}, False),
    ({"plan": "50"}, {"plan": "50.0"}, False),
    ({"plan": True}, {"plan": {"!=": "pro"}}, True),
    ({"plan": ["pro"]}, {"plan": '["pro"]'}, False),
    ({"tags": ["new", "sale"]}, {"tags": {"contains": "sale"}}, True),
    ({"tags": ["new", "sales"]}, {"tags": {"contains": "sale"}}, False),
    # A name with dots is a name first.
    ({"cart.total": 5}, {"cart.total": 5}, True),
    ({"plan": None}, {"plan": {"!=": "pro"}}, False),
]
PATHS = [
    ("/thank_you", "/thank_you", True),
    ("/thank_you", "/thank-you", False),
    ("/thank\\_you", "/thank_you", True),
    ("/thanks%", "/thanks/1", True),
    ("/thanks*", "/thanks/1", True),
    ("/*cart*", "/en/cart/1", True),
    ("/%cart%", "/en/cart/1", True),
    ("/%404%", "/en/404.html", True),
    ("/caf%C3%A9", "/caf%C3%A9", True),
    ("/caf%C3%A9", "/caf-C3-A9", False),
    ("/a%20b%", "/a%20b/c", True),
    ("/a%20b%", "/a-120b/c", False),
    ("/100\\%", "/100%", True),
    ("/100\\%", "/1000", False),
    ("/a\\*", "/a*", True),
    ("/a\\*", "/ab", False),
    ("/a.b", "/aXb", False),
    ("/Thanks", "/thanks", False),
]


def add_goal(database: Database, goal_type: str, conditions: Any, value: int | None = None) -> None:
    database.execute(
        "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions, value)"
        " values (%s, %s, %s, %s, %s, %s)",
        WORKSPACE, WORKSPACE, goal_type, goal_type, Jsonb(conditions), value,
    )  # fmt: skip


def send(database: Database, second: int, **columns: Any) -> None:
    values = {"event_type": "track", "page_url": "https://x.example/", **columns}
    values["properties"] = Jsonb(values.get("properties", {}))
    names = ["workspace_id", "project_id", "anonymous_id", "occurred_at", *values]
    database.execute(
        f"insert into ingest.events ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})",
        WORKSPACE, WORKSPACE, "visitor", f"2026-03-01T12:{second // 60:02}:{second % 60:02}Z", *values.values(),
    )  # fmt: skip


def completions(database: Database) -> list[Any]:
    database.dbt("run", "--quiet", "-s", "+goal_completions")
    return database.query(
        "select goal_name, extract(epoch from completed_at - '2026-03-01T12:00Z')::integer, value"
        " from analytics.goal_completions order by 1, 2"
    )


@pytest.mark.parametrize(("goal_type", "conditions", "reason"), REFUSED)
def test_a_goal_that_can_never_be_met_is_refused_with_the_reason(
    tenants: Database, goal_type: str, conditions: Any, reason: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match=reason):
        add_goal(tenants, goal_type, conditions)


@pytest.mark.parametrize(("properties", "conditions", "is_met"), MATCHES)
def test_conditions_on_properties(tenants: Database, properties: Any, conditions: Any, is_met: bool) -> None:
    query = "select radar.properties_match(%s, %s)"
    assert tenants.query(query, Jsonb(properties), Jsonb(conditions)) == [(is_met,)]


def test_conditions_that_can_be_met_are_accepted(tenants: Database) -> None:
    query = "select radar.properties_problem(%s)"
    assert [tenants.query(query, Jsonb(conditions)) for conditions in ACCEPTED] == [[(None,)]] * len(ACCEPTED)


@pytest.mark.parametrize(("pattern", "path", "is_met"), PATHS)
def test_percent_and_star_alone_are_wildcards(tenants: Database, pattern: str, path: str, is_met: bool) -> None:
    assert tenants.query("select %s like radar.path_pattern(%s)", path, pattern) == [(is_met,)]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "b.c", "=", ">", "in", "exists", "properties", "event_name"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(properties=JSON, conditions=JSON, goal_type=st.sampled_from(["event", "pageview", "duration", "custom"]))
def test_whatever_is_written_is_judged_and_never_an_error(
    tenants: Database, properties: Any, conditions: Any, goal_type: str
) -> None:
    [(problem,)] = tenants.query("select radar.goal_problem(%s, %s)", goal_type, Jsonb(conditions))
    if problem is None and conditions.get("properties"):
        query = "select radar.properties_match(%s, %s)"
        assert tenants.query(query, Jsonb(properties), Jsonb(conditions["properties"]))[0][0] in (True, False)


def test_each_type_completes_as_it_says_and_says_what_it_is_worth(database: Database) -> None:
    add_goal(database, "event", {"event_name": "Order Completed"}, 7)
    add_goal(database, "pageview", {"page_path": "/thanks%"}, 3)
    add_goal(database, "duration", {"seconds": 100})
    add_goal(database, "custom", {"properties": {"plan": "pro", "seats": {">": 4}}, "value_property": "seats"})
    send(database, 0, event_type="pageview", page_url="https://x.example/thanks/1")
    send(database, 10, event_type="pageview", page_url="https://x.example/thanks/2")  # the same visit: once
    send(database, 20, event_name="Order Completed", properties={"revenue": "12.50"})
    send(database, 30, event_name="Order Completed", properties={"revenue": "free"})  # each order counts
    send(database, 40, event_name="Upgraded", properties={"plan": "pro", "seats": 4})
    send(database, 50, event_name="Upgraded", properties={"plan": "pro", "seats": 5})
    send(database, 99)
    send(database, 100)
    send(database, 101)
    assert [(name, second, value and float(value)) for name, second, value in completions(database)] == [
        ("custom", 50, 5.0), ("duration", 100, None), ("event", 20, 12.5), ("event", 30, 7.0), ("pageview", 0, 3.0),
    ]  # fmt: skip
    assert database.query("select converted, goals_completed, conversion_event from analytics.sessions") == [
        (True, 4, "pageview")
    ]


def test_an_inactive_goal_counts_nothing(database: Database) -> None:
    add_goal(database, "event", {"event_name": "Order Completed"})
    database.execute("update ingest.goals set is_active = false")
    send(database, 0, event_name="Order Completed")
    assert completions(database) == []
