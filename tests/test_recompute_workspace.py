"""radar recompute --workspace: what is counted of given days, and of no other workspace or day."""

from datetime import date
from typing import LiteralString

import pytest

from radar.errors import RadarError
from tests.conftest import Database
from tests.test_recompute import recompute

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

# A run, a call and a visit of each workspace on each of three days.
ACTIVITY: LiteralString = """
    insert into app.workspaces (workspace_id, name, slug)
    values
        ('00000000-0000-0000-0000-000000000001', 'a', 'alpha'),
        ('00000000-0000-0000-0000-000000000002', 'b', 'bravo');
    insert into ingest.projects (workspace_id, project_id, name, slug)
    select workspace_id, workspace_id, name, slug from app.workspaces;
    insert into app.agent_runs (workspace_id, run_id, agent_id, user_id, status, started_at)
    select workspace_id, md5(slug || day)::uuid, md5(slug)::uuid, workspace_id, 'completed', day + interval '12 hours'
    from app.workspaces cross join generate_series(timestamptz '2026-03-01Z', '2026-03-03Z', '1 day') as day;
    insert into ingest.llm_calls (
        workspace_id, project_id, call_id, provider, model, input_tokens, output_tokens, occurred_at
    )
    select workspace_id, workspace_id, md5(slug || day)::uuid, 'p', 'm', 1, 1, day + interval '12 hours'
    from app.workspaces cross join generate_series(timestamptz '2026-03-01Z', '2026-03-03Z', '1 day') as day;
    insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, user_id, event_type, occurred_at)
    select workspace_id, workspace_id, 'm' || day, 'visitor', 'ann', 'pageview', day + interval '12 hours'
    from app.workspaces cross join generate_series(timestamptz '2026-03-01Z', '2026-03-03Z', '1 day') as day
"""
WRONG: LiteralString = """
    update analytics.agent_days set total_runs = 99;
    update analytics.workspace_days set active_users = 99;
    update analytics.workspace_hours set active_users = 99;
    update analytics.user_activity set page_path = 'wrong';
    update analytics.cost_aggregates set call_count = 99
"""
STILL_WRONG: LiteralString = """
    select 'agent_days', slug, run_date
    from analytics.agent_days inner join app.workspaces using (workspace_id) where total_runs = 99
    union all
    select 'workspace_days', slug, metric_date
    from analytics.workspace_days inner join app.workspaces using (workspace_id) where active_users = 99
    union all
    select 'workspace_hours', slug, (metric_hour at time zone 'UTC')::date
    from analytics.workspace_hours inner join app.workspaces using (workspace_id) where active_users = 99
    union all
    select 'user_activity', slug, activity_date
    from analytics.user_activity inner join app.workspaces using (workspace_id) where page_path = 'wrong'
    union all
    select distinct 'cost_aggregates', slug, (period_start at time zone 'UTC')::date
    from analytics.cost_aggregates inner join app.workspaces using (workspace_id)
    where call_count = 99 and period = 'hour'
"""
CALLS: LiteralString = """
    select call_date from analytics.llm_usage inner join app.workspaces using (workspace_id) where slug = %s order by 1
"""
TABLES = ("agent_days", "workspace_days", "workspace_hours", "user_activity", "cost_aggregates")


def test_days_of_one_workspace_are_recomputed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.execute(ACTIVITY)
    database.dbt("run", "--quiet")
    database.execute(WRONG)
    for name, value in database.env.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(RadarError, match="there are: alpha, bravo"):
        recompute("--workspace", "charlie")
    recompute("--workspace", "alpha", "--from", "2026-03-02", "--to", "2026-03-02")
    wrong = set(database.query(STILL_WRONG))
    for table in TABLES:
        others = {(table, "alpha", date(2026, 3, day)) for day in (1, 3)}
        others |= {(table, "bravo", date(2026, 3, day)) for day in (1, 2, 3)}
        assert {item for item in wrong if item[0] == table} == others
    database.execute('update ingest.projects set settings = \'{"timezone": "Pacific/Kiritimati"}\'')
    recompute("--workspace", "alpha", "--from", "2026-03-03", "--to", "2026-03-03")
    assert database.query(CALLS, "alpha") == [(date(2026, 3, day),) for day in (1, 3, 4)], (
        "days move with the project's"
    )
    assert database.query(CALLS, "bravo") == [(date(2026, 3, day),) for day in (1, 2, 3)]
