"""Models, projects and types of before hold nothing back: what follows from them goes, or a run says what to do."""

import pytest

from radar.errors import DbtError
from tests.conftest import Database
from tests.full_refresh import assert_equals_full_refresh
from tests.test_engine_cost import FILL, PROJECT, WORKSPACE


def test_what_is_gone_holds_nothing_back(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    database.execute(
        "insert into ingest.projects (workspace_id, project_id, name, slug, domain, settings)"
        " values (%s, %s, 'P', 'p', 'shop.example', '{\"timezone\": \"Pacific/Kiritimati\"}')",
        WORKSPACE, PROJECT,
    )  # fmt: skip
    database.execute(FILL, WORKSPACE, PROJECT, 1, 200)
    database.build()
    # What an upgrade that removes a model leaves, and a pair of models of which one no longer reads the other.
    database.execute(
        "insert into radar.builds (model, build, run_id, is_full) values ('old', 1, gen_random_uuid(), true)"
    )
    database.execute("insert into radar.watermarks values ('old', 'sessions', 0), ('sessions', 'pageviews', 0)")
    database.execute("delete from ingest.projects")
    database.build()
    assert "old is no model any more" in capsys.readouterr().out
    assert database.query("select model from radar.builds where model = 'old'") == []
    assert database.query("select from radar.watermarks where model = 'old' or source = 'pageviews'") == []
    assert_equals_full_refresh(database)
    database.execute("alter table analytics.form_analytics alter column metric_date type text")
    with pytest.raises(DbtError):
        database.build(models=("form_analytics",))
    assert "(metric_date is text and not date). Build it anew: dbt run --full-refresh -s form_analytics" in " ".join(
        capsys.readouterr().out.split()
    )
    database.build("--full-refresh", models=("form_analytics",))
    database.build(models=("form_analytics",))
