"""Every data test can fail: each is shown what it guards against, and only then says so."""

from datetime import date
from typing import Any, LiteralString

import psycopg
import pytest

from radar import dbt
from radar.demo.database import write
from radar.demo.plan import Plan

from .conftest import Database

ONE_SESSION = (
    "(select min(session_id) from analytics.sessions where session_date = date '2026-03-30' and pageview_count > 1)"
)
ONE_USER = "(select min(user_id) from analytics.sessions where session_date = date '2026-03-30')"

# Each statement breaks what the tests named beside it guard.
PLANTED: list[tuple[LiteralString, set[str]]] = [
    (
        "update analytics.daily_site_metrics set bounce_rate = 1.5",
        {"daily_site_metrics_rules_hold", "traffic_sources_add_up_to_the_day"},
    ),
    ("update analytics.daily_site_metrics set total_events = total_events + 1", {"daily_metrics_equal_their_sessions"}),
    ("update analytics.page_analytics set views = views + 1", {"page_analytics_add_up_to_the_day"}),
    ("update analytics.page_analytics set exit_rate = -1", {"page_analytics_rules_hold"}),
    ("update analytics.page_analytics set path_sessions = path_sessions - 1", {"visits_of_a_path_are_counted_once"}),
    ("update analytics.daily_traffic_sources set bounces = sessions + 1", {"daily_traffic_sources_rules_hold"}),
    ("update analytics.visitor_days set previous_date_of_type = metric_date", {"visitor_days_rules_hold"}),
    ("update analytics.visitor_recency set visitors = visitors + 1", {"visitors_are_counted_once"}),
    ("update analytics.visitor_recency set visitors = -visitors", {"visitor_recency_rules_hold"}),
    ("update analytics.form_analytics set submissions = submissions + 1", {"form_analytics_equal_their_events"}),
    ("update analytics.form_analytics set sessions_submitted = sessions_started + 1", {"form_analytics_rules_hold"}),
    ("update analytics.identities set link_source = 'guess'", {"identities_rules_hold"}),
    ("update analytics.handshakes set linked_at = null", {"handshakes_rules_hold"}),
    ("update analytics.conversation_events set state = 'lost'", {"conversation_events_rules_hold"}),
    ("update analytics.conversations set message_count = -1", {"conversations_rules_hold"}),
    ("update analytics.daily_conversations set linked_rate = 1.5", {"daily_conversations_rules_hold"}),
    ("update analytics.daily_funnels set attempts = attempts + 1", {"funnels_add_up_to_their_attempts"}),
    ("update analytics.daily_funnels set conversion_rate = 2", {"daily_funnels_rules_hold"}),
    ("update analytics.funnel_journeys set steps_reached = steps_reached + 1", {"funnel_journeys_rules_hold"}),
    (
        "update analytics.tracked_users set total_events = 0",
        {"tracked_users_rules_hold", "tracked_users_equal_their_sessions"},
    ),
    ("update analytics.session_events set engaged_ms = -1", {"session_events_rules_hold"}),
    (
        "update analytics.session_events set pageview_number = 1 where pageview_number > 1",
        {"pageviews_grain_is_unique"},
    ),
    (
        f"update analytics.sessions set event_count = 0, channel = 'Fax' where session_id = {ONE_SESSION}",
        {"sessions_rules_hold", "sessions_equal_their_events"},
    ),
    (
        f"delete from analytics.sessions where session_id = {ONE_SESSION}",
        {"session_events_belong_to_sessions"},
    ),
    (f"delete from analytics.session_events where session_id = {ONE_SESSION}", {"no_event_is_lost"}),
    (
        "update analytics.sessions set ended_at = ended_at + interval '9 days' where starts_with(session_id, 'auto-')",
        {"sessions_of_a_visitor_are_apart"},
    ),
    (f"update analytics.sessions set user_id = null where user_id = {ONE_USER}", {"sessions_know_their_person"}),
    ("update analytics.touchpoints set linear_credit = 2", {"touchpoints_rules_hold"}),
    (
        "update analytics.attribution_days set time_decay_revenue = time_decay_revenue + 1, linear_conversions = 0",
        {"attribution_days_add_up", "attribution_months_add_up"},
    ),
    (
        "update analytics.attribution_months set conversions = -1",
        {"attribution_months_rules_hold", "attribution_months_add_up"},
    ),
    ("update analytics.conversion_paths set conversions = -1", {"conversion_paths_rules_hold"}),
    ("update analytics.prompt_similarities set redundancy_score = 2", {"prompt_similarities_rules_hold"}),
    (
        "update analytics.llm_usage set cached_tokens = -1",
        {"llm_usage_rules_hold", "prompt_analysis_rules_hold"},
    ),
    ("update analytics.cost_aggregates set cached_tokens = -1", {"prompt_efficiency_rules_hold"}),
    ("update analytics.runs set runtime_seconds = -1", {"runs_rules_hold"}),
    (
        "update analytics.agent_days set total_runs = total_runs + 1",
        {"agent_days_equal_their_runs", "workspace_days_add_up"},
    ),
    ("update analytics.agent_days set p50_runtime_seconds = p99_runtime_seconds + 1", {"agent_days_rules_hold"}),
    (
        "update analytics.workspace_days set active_users = active_users + 1",
        {"workspace_days_rules_hold", "workspace_days_add_up"},
    ),
    ("update analytics.workspace_hours set total_runs = total_runs + 1", {"hours_add_up_to_the_day"}),
    ("update analytics.workspace_hours set active_users = 0, total_runs = 0", {"workspace_hours_rules_hold"}),
    (
        "update analytics.user_activity set activity_hour = activity_hour - interval '1 hour'",
        {"user_activity_rules_hold"},
    ),
    ("update analytics.workspace_user_days set first_date = metric_date - 1", {"workspace_user_days_rules_hold"}),
    ("update analytics.user_cohort_days set users = users + 1", {"user_cohorts_add_up_to_people"}),
    ("update analytics.user_cohort_days set last_seen = -1", {"user_cohort_days_rules_hold"}),
    ("delete from ingest.projects", {"daily_site_metrics_belong_to_projects"}),
    ("alter table analytics.page_analytics alter column views drop not null", {"page_analytics_enforced_key"}),
    ("alter table ingest.goals alter column name drop not null", {"goals_enforced_key"}),
]


# A token that was shown on the web and sent in a thread.
CONVERSATION: LiteralString = """
    insert into ingest.events
        (workspace_id, project_id, occurred_at, event_type, channel_type, external_id, anonymous_id, handshake_token)
    select workspace_id, project_id, '2026-03-30 12:00Z', event_type, channel_type, 'phone', 'device', 'token'
    from ingest.projects
    cross join (values ('track', 'web'), ('message', 'whatsapp')) as sides (event_type, channel_type)
"""


# A call a project whose prompt is embedded; today, because prompt_efficiency looks back from now.
PROMPT: LiteralString = """
    insert into ingest.llm_calls
        (workspace_id, project_id, call_id, provider, model, input_tokens, output_tokens, occurred_at)
    select workspace_id, project_id, project_id, 'nobody', 'm', 10, 1, now() from ingest.projects;
    insert into ingest.prompt_embeddings (workspace_id, call_id, embedding)
    select workspace_id, project_id, array_fill(1::real, array[1536]) from ingest.projects
"""


@pytest.fixture
def built(database: Database) -> Database:
    with psycopg.connect(database.dsn, autocommit=True) as connection:
        write(connection, Plan(5_000, 20, date(2026, 3, 31), 1), lambda _: None)
        connection.execute(CONVERSATION)
        connection.execute(PROMPT)
    database.build("--full-refresh")
    return database


def compiled_tests(database: Database) -> dict[str, str]:
    """The query of each data test; it returns the rows that break its rule."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in database.env.items():
            patch.setenv(name, value)
        outcome: Any = dbt.attempt("--quiet", "--log-level", "none", "compile", "--select", "resource_type:test")
    return {result.node.name: result.node.compiled_code for result in outcome.result.results}


def failed_tests(connection: psycopg.Connection, tests: dict[str, str]) -> set[str]:
    return {name for name, query in tests.items() if connection.execute(query.encode()).rowcount}


@pytest.mark.filterwarnings("ignore")  # dbt's own
def test_every_data_test_fails_when_what_it_guards_is_broken(built: Database) -> None:
    tests = compiled_tests(built)
    missed = {}
    with psycopg.connect(built.dsn) as connection:
        assert failed_tests(connection, tests) == set()
        for statement, expected in PLANTED:
            changed = connection.execute(statement)
            assert changed.rowcount != 0, statement
            not_failed = expected - failed_tests(connection, tests)
            if not_failed:
                missed[statement] = not_failed
            connection.rollback()
    assert missed == {}


def test_unit_tests_pass_beside_real_rows(built: Database) -> None:
    built.dbt("test", "--quiet", "--resource-type", "unit_test")
