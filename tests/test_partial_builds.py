"""A build of some models is red only for what it built."""

import pytest

from tests.conftest import Database


@pytest.mark.parametrize("folder", ["sessions", "daily"])
def test_after_new_events_the_other_layers_are_not_judged(database: Database, folder: str) -> None:
    database.execute(
        """
        with workspace as (
            insert into app.workspaces (workspace_id, name, slug) values (gen_random_uuid(), 'Shop', 'shop') returning *
        ),
        project as (
            insert into ingest.projects (workspace_id, name, slug) select workspace_id, 'Shop', 'shop' from workspace
            returning *
        )
        insert into ingest.events (workspace_id, project_id, anonymous_id, event_type, page_url, occurred_at)
        select workspace_id, project_id, 'a', 'pageview', 'https://shop.example/', now() from project
        """
    )
    database.dbt("build", "--quiet", "--exclude-resource-type", "unit_test", "-s", f"models/{folder}")
