"""A run that needs a lock which readers mind never waits for it with all of them behind: it leaves that to the next run, and says so."""

import time

import pytest

from tests.conftest import Database
from tests.streams import insert, make_streams

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

ADD_OLD_EVENT = """
    insert into ingest.events (workspace_id, project_id, message_id, anonymous_id, occurred_at)
    select workspace_id, project_id, gen_random_uuid()::text, 'old', now() - interval '14 months' from ingest.projects limit 1
"""
PLACES = "select distinct tableoid::regclass::text from ingest.events where anonymous_id = 'old'"
READ = ("select count(*) from ingest.events", "select count(*) from analytics.sessions")


def test_a_transaction_that_somebody_left_open_stops_neither_the_run_nor_others(database: Database) -> None:
    """A stray event waits in the default partition, and a table of the contract has lost an index."""
    insert(database, make_streams(database, seed=1, number=1))
    database.execute(ADD_OLD_EVENT)
    (index,) = database.query(
        "select indexrelid::regclass::text from pg_index"
        " where indrelid = 'analytics.sessions'::regclass and not indisunique order by 1 limit 1"
    )[0]
    database.execute(f"drop index {index}")
    with database.connect(autocommit=False) as left_open:
        left_open.execute(ADD_OLD_EVENT)
        left_open.execute("lock table analytics.sessions in row exclusive mode")
        told = run_beside_others(database)
    assert "ingest.events has no partition for" in told
    assert "analytics.sessions is in use by" in told
    assert database.query(PLACES) == [("ingest.events_default",)]
    database.dbt("run", "--quiet", "--select", "events", "sessions")
    assert [place.startswith("ingest.events_p20") for (place,) in database.query(PLACES)] == [True]
    assert database.query("select to_regclass(%s) is not null", index) == [(True,)]


def run_beside_others(database: Database) -> str:
    """What a run prints, while others read and insert all the time. Behind a lock that waits for the open transaction, they would be
    cancelled: it stays open until the run has ended."""
    run = database.start_dbt("run", "--select", "events", "sessions")
    with database.connect() as other:
        other.execute("set statement_timeout = '15s'")
        while run.poll() is None:
            for query in READ:
                other.execute(query)
            other.execute(ADD_OLD_EVENT)
            time.sleep(0.1)
    told, _ = run.communicate()
    assert run.returncode == 0, told
    return told
