"""`radar doctor`: what goes wrong with an analytics database in practice, and what to do about it."""

import re
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
import typer
from rich.console import Console
from rich.table import Table

from radar import settings
from radar.connection import session


@dataclass(frozen=True)
class Check:
    """A query that returns one text for each finding, none when all is well, and what to do about them."""

    subject: str
    query: LiteralString
    advice: str
    is_urgent: bool = True


CHECKS = (
    Check(
        "server version",
        "select format('PostgreSQL %s shows rows past row security, or their statistics, in some queries',"
        " current_setting('server_version')) from current_setting('server_version_num') as version (number)"
        " where number::integer < case number::integer / 10000 when 15 then 150014 when 16 then 160010"
        " when 17 then 170006 else 150014 end",
        "update it: 15.14, 16.10, 17.6 and 18 mend CVE-2025-8713, CVE-2024-10976 and what came before",
    ),
    Check(
        "old transactions",
        "select format('%s has a transaction open since %s (process %s)',"
        " coalesce(nullif(application_name, ''), usename), date_trunc('second', xact_start), pid)"
        " from pg_stat_activity where xact_start < now() - interval '1 hour'"
        " and coalesce(backend_xid, backend_xmin) is not null",
        "runs read no event that came after it began: end it, or select pg_terminate_backend(process)",
    ),
    Check(
        "the cluster's past",
        "select problem from radar.past_problem() as problem where problem is not null",
        "dbt run-operation adopt_database; until then no run reads anything",
    ),
    Check(
        "backlog",
        "select format('%s rows of %s wait since %s',"
        " rows_waiting, raw_table, date_trunc('second', oldest_received_at)) from radar.backlog"
        " where oldest_received_at < now() - interval '1 day'",
        "radar build reads them; let dbt run at least once a day",
    ),
    Check(
        "models behind",
        "select format('%s has not followed %s', model, source) from radar.watermarks as seen where build <"
        " (select max(build) from radar.builds where builds.model = seen.source)",
        "the last run did not finish: dbt run goes on where it stopped",
    ),
    Check(
        "partitions",
        "select format('%s has no partition for the next month', parent::regclass) from"
        " (select distinct inhparent as parent from pg_inherits inner join pg_class on pg_class.oid = inhparent"
        "  where relkind = 'p' and relnamespace = 'ingest'::regnamespace) as parents where not exists"
        " (select from pg_inherits inner join pg_class on pg_class.oid = inhrelid where inhparent = parent"
        "  and relname like to_char(now() + interval '1 month', '%_pYYYY_MM'))",
        "dbt run-operation make_partitions",
    ),
    Check(
        "rights",
        "select format('%s on %s objects, as on %s', grantee, count(distinct object), min(kind || ' ' || object))"
        " from radar.wrong_rights group by grantee order by grantee",
        "somebody granted or revoked what the contracts do not say: the next dbt run puts it right",
    ),
    Check(
        "transaction ids",
        "select format('the database is %s transactions old', age(datfrozenxid)) from pg_database"
        " where datname = current_database() and age(datfrozenxid) > 1500000000",
        "vacuum freeze, before PostgreSQL stops accepting writes at two billion",
    ),
    Check(
        "settings",
        "select format('%s is %s', name, current_setting(name)) from pg_settings"
        " where (name in ('autovacuum', 'track_counts') and setting = 'off')"
        " or (name = 'work_mem' and setting::bigint < 8192)"
        " or (name = 'shared_buffers' and setting::bigint * 8 < 131072)",
        "autovacuum and track_counts on, work_mem from 8MB, shared_buffers from 128MB (radar up chooses them)",
    ),
    Check(
        "dead rows",
        "select format('%s has %s dead rows beside %s live ones', relid::regclass, n_dead_tup, n_live_tup)"
        " from pg_stat_user_tables where n_dead_tup > 100000 and n_dead_tup > 0.3 * n_live_tup",
        "vacuum analyze the table; autovacuum does not keep up",
    ),
    Check(
        "unused indexes",
        "select format('%s takes %s and was never used',"
        " indexrelid::regclass, pg_size_pretty(pg_relation_size(indexrelid)))"
        " from pg_stat_user_indexes inner join pg_index using (indexrelid)"
        " where schemaname in ('ingest', 'analytics') and idx_scan = 0 and not indisunique"
        " and pg_relation_size(indexrelid) > 100000000",
        "if your dashboards do without it, take it out of the contract; the next run drops it",
        is_urgent=False,
    ),
    Check(
        "unpriced calls",
        "select format('%s calls of %s/%s in the last 30 days have no price',"
        " sum(unpriced_call_count), provider, model) from analytics.cost_aggregates"
        " where period = 'day' and call_date > current_date - 30"
        " group by provider, model having sum(unpriced_call_count) > 0 order by sum(unpriced_call_count) desc",
        "radar prices update; for models of your own insert prices into ingest.model_pricing",
        is_urgent=False,
    ),
    Check(
        "impossible runs",
        "select format('%s runs of agents are left out: %s', count(*), rejection_reason)"
        " from staging.stg_agent_runs where rejection_reason is not null"
        " group by rejection_reason order by count(*) desc, rejection_reason",
        "the application wrote values that cannot be (an end before the start): staging.stg_agent_runs has these runs",
        is_urgent=False,
    ),
    Check(
        "similar prompts",
        "select missing from radar.missing_vectors() as missing where missing is not null",
        "to find similar prompts: install pgvector; the next run takes it up",
        is_urgent=False,
    ),
    Check(
        "slow queries",
        "select 'pg_stat_statements is not installed' where not exists"
        " (select from pg_extension where extname = 'pg_stat_statements')",
        "to see them with analyses/slow_queries.sql: shared_preload_libraries = 'pg_stat_statements', restart,"
        " create extension pg_stat_statements",
        is_urgent=False,
    ),
)


@dataclass(frozen=True)
class Finding:
    """What a check found: nothing, or what is wrong."""

    check: Check
    texts: list[str]

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to do something."""
        return bool(self.texts) and self.check.is_urgent


def examine(connection: psycopg.Connection[Any]) -> list[Finding]:
    """Every check in its order. A database without Radar has only those that need none of its tables."""
    [(is_built,)] = connection.execute(
        "select to_regclass('radar.backlog') is not null and to_regclass('analytics.cost_aggregates') is not null"
        " and to_regclass('staging.stg_agent_runs') is not null"
    ).fetchall()
    checks = [check for check in CHECKS if is_built or not re.search(r"(radar|analytics|staging)\.", check.query)]
    return [Finding(check, [text for (text,) in connection.execute(check.query).fetchall()]) for check in checks]


def doctor() -> None:
    """Look for what goes wrong in practice: waiting events, open transactions, settings, dead rows, unused indexes.

    Says for each what to do. Leaves with code 1 when something has to be done, 0 otherwise.
    """
    with session(settings.dsn()) as connection:
        findings = examine(connection)
    table = Table("", "subject", "finding", "what to do", box=None)
    for finding in findings:
        mark = "[red]act[/]" if finding.is_urgent else "[yellow]look[/]" if finding.texts else "[green]ok[/]"
        shown = finding.texts[:3] + ([f"and {len(finding.texts) - 3} more"] if len(finding.texts) > 3 else [])
        table.add_row(mark, finding.check.subject, "\n".join(shown), finding.check.advice if finding.texts else "")
    Console(highlight=False).print(table)
    if any(finding.is_urgent for finding in findings):
        raise typer.Exit(1)
