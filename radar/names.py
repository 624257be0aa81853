"""Names that somebody may have meant instead of an unknown one."""

from collections.abc import Iterable
from typing import Any

import psycopg

from radar.errors import RadarError

SHOWN = 40


def there_are(names: Iterable[str], otherwise: str) -> str:
    """Such as "there are: a, b and 3 more"; without any, "there are none yet: " and what to do."""
    known = [str(name) for name in names]
    if not known:
        return f"there are none yet: {otherwise}"
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"there are: {', '.join(known[:SHOWN])}{more}"


def refuse_unknown(connection: psycopg.Connection[Any], workspace: str | None, project: str | None) -> None:
    """Raises RadarError, naming the known ones, for a workspace (slug or id) or project (slug) that is not there.

    Where the tables are not there either, who reads them says so.
    """
    installed = connection.execute("select to_regproc('radar.workspaces'), to_regclass('ingest.projects')").fetchone()
    if installed is None or None in installed:
        return
    if workspace is not None:
        slugs = dict(connection.execute("select workspace_id::text, slug from radar.workspaces() order by slug"))
        if workspace not in slugs and workspace not in slugs.values():
            raise RadarError(f"no workspace {workspace}; {there_are(slugs.values(), 'the application makes them')}")
    if project is not None:
        names = [slug for (slug,) in connection.execute("select distinct slug from ingest.projects order by 1")]
        if project not in names:
            raise RadarError(f"no project {project}; {there_are(names, 'insert one into ingest.projects')}")
