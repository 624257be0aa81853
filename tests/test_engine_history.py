"""What the engine remembers of its runs stays small, and is enough to go on."""

from tests.conftest import OF_VISITS, Database
from tests.full_refresh import assert_equals_full_refresh
from tests.streams import insert, make_streams

DAYS_AND_BUILDS = 3, 20


def test_old_builds_are_forgotten_and_the_next_run_goes_on(database: Database) -> None:
    rows = make_streams(database, seed=5, number=12)
    insert(database, rows[::2])
    database.build(models=OF_VISITS)
    database.execute("update radar.runs set started_at = started_at - interval '12 days'")
    database.execute("update radar.builds set built_at = built_at - interval '12 days'")
    write_old_builds(database)
    insert(database, rows[1::2])
    database.build(models=OF_VISITS)

    assert database.query("select count(*) from radar.runs") == [(1,)]
    assert database.query("select model from radar.builds where is_full group by 1 having count(*) <> 1") == []
    kept = dict(database.query("select model, count(*) from radar.builds group by 1"))
    days, _ = DAYS_AND_BUILDS
    assert kept.pop("session_events") <= 3 + days
    assert max(kept.values()) <= 4
    # The new rows were read, and nothing was built anew.
    assert database.query(
        "select count(*) from radar.builds where is_full and built_at > now() - interval '1 day'"
    ) == [(0,)]
    assert_equals_full_refresh(database, *OF_VISITS)


def test_the_build_that_has_read_the_furthest_is_kept(database: Database) -> None:
    """A run that began early and ended late leaves a build with a lower horizon behind: rows must not be read twice."""
    insert(database, make_streams(database, seed=5, number=4))
    database.build(models=OF_VISITS)
    database.execute("update radar.builds set built_at = built_at - interval '12 days'")
    write_old_builds(database)
    database.execute(
        "update radar.builds set horizon = horizon + 1 where model = 'session_events'"
        " and build = (select max(build) - 10 from radar.builds where model = 'session_events')"
    )
    horizon = database.query("select radar.horizon_of('session_events')")
    database.dbt("run", "--quiet", "-s", "app")
    assert database.query("select count(*) < 10 from radar.builds where model = 'session_events'") == [(True,)]
    assert database.query("select radar.horizon_of('session_events')") == horizon


def write_old_builds(database: Database) -> None:
    """Builds of some days ago after those that are there, with horizons below theirs."""
    days, builds = DAYS_AND_BUILDS
    database.execute(
        "insert into radar.builds (model, build, run_id, is_full, horizon, built_at)"
        " select model, latest + number, gen_random_uuid(), false, horizon - number,"
        "   date_trunc('day', now()) - interval '11 days' + number %% %s * interval '1 day' + number * interval '1 minute'"
        " from (select model, max(build) as latest, max(horizon) as horizon"
        "   from radar.builds group by model) as models,"
        "   generate_series(1, %s) as number",
        days,
        builds,
    )
