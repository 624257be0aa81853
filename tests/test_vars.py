"""Every var may have another value: the project builds, and its tests hold, with all of them changed at once."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import yaml
from psycopg import sql

from radar.check.contracts import variables
from radar.server import Server
from tests.conftest import Database
from tests.supabase import APP_TABLES, supabase

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

ROLES = {"reader": "other_reader", "ingest": "other_ingest", "service": "other_service"}
OTHERS: dict[str, Any] = {
    "standalone": False,
    "app_schema": "public",
    "app_tables": yaml.safe_load(APP_TABLES),
    "roles": ROLES,
    "workspace_timezone": "America/Los_Angeles",
    "summary_days": 30,
    "hourly_metrics_days": 7,
    "future_tolerance_hours": 1,
    "message_bytes": 16384,
    "batch_bytes": 100000,
    "track_messages": 50,
    "placeholder_ids": ["no one"],
    "rejected_payload_characters": 100,
    "tracker_event_types": ["click"],
    "sensitive_fields": ["pin"],
    "partitions_ahead_months": 1,
    "partitions_back_months": 12,
    "session_timeout_minutes": 10,
    "session_maximum_hours": 2,
    "engagement_gap_seconds": 5,
    "passive_event_types": ["identify"],
    "ignored_event_types": ["ping"],
    "visitless_event_types": ["group"],
    "conversation_channels": ["sms"],
    "conversation_reopen_hours": 5,
    "conversation_timeout_hours": 9,
    "sessions_include_bots": True,
    "extra_referrers": {"social": {"Forum": ["forum.example"]}},
    "extra_return_hosts": ["pay.example"],
    "source_parameters": ["ref"],
    "attribution_lookback_days": 3,
    "attribution_half_life_days": 2,
    "attribution_maximum_touches": 2,
    "prompt_similarity": 0.5,
    "prompt_comparisons": 5,
    "prompt_rules": {"minimum_tokens": 10, "input_token_ratio": 2, "cached_share": 0.9, "redundant_share": 0.9},
    "tested_days": 2,
    "freshness_hours": 2,
    "retired_days": 3,
    "volume_drop_share": 0.9,
    "volume_minimum_sessions": 2,
    "distribution_deviations": 1,
}
"""A value for each that is not its default. Who adds a var adds one here."""


@pytest.fixture
def application(server: Server) -> Iterator[Database]:
    """A database beside whose application Radar is built; its roles are gone afterwards."""
    with supabase(server, "radar_vars") as database:
        yield database
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        for role in ROLES.values():
            connection.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(role)))


def test_the_project_builds_with_every_var_changed(application: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in application.env.items():
        monkeypatch.setenv(name, value)
    declared = variables()
    assert {name for name, value in declared.items() if OTHERS.get(name, value) == value} == set()
    application.dbt("build", "--quiet", "--vars", yaml.safe_dump(OTHERS))
    assert variables() == OTHERS, "what looks beside the runs takes the vars of the last one"
    assert application.query("select count(*) from pg_roles where rolname = any(%s)", list(ROLES.values())) == [(3,)]
