"""The project that a load is for, and the limits that its database sets."""

import re
import uuid
from dataclasses import dataclass
from functools import cached_property

import psycopg

from radar.installation import advice
from radar.load.errors import LoadError
from radar.names import there_are


@dataclass(frozen=True)
class Project:
    """A row of ingest.projects."""

    workspace_id: uuid.UUID
    project_id: uuid.UUID
    slug: str
    domain: str | None
    write_key: str


@dataclass(frozen=True)
class Limits:
    """The vars of dbt_project.yml that say what is accepted, as the database has them."""

    message_bytes: int
    batch_bytes: int
    future_tolerance_hours: int
    rejected_payload_characters: int
    conversation_channels: list[str]
    placeholder_ids: list[str]
    id_blanks: str
    secret_hints: list[str]

    def is_real_id(self, value: object) -> bool:
        """Whether a value in the place of an id names something, as radar.real_id decides."""
        if not isinstance(value, str | int | float):
            return value is not None
        text = str(value).strip(self.id_blanks)
        return text.lower() not in self._placeholders and (text.lstrip("0-") != "" or len(text) < 8)

    @cached_property
    def _placeholders(self) -> frozenset[str]:
        return frozenset({"", *(word.lower() for word in self.placeholder_ids)})

    @cached_property
    def secrets(self) -> re.Pattern[bytes]:
        """Finds what may be the name of a secret, or the number of a card: more often than it is one."""
        names = [hint.strip("%").replace("%", ".*") for hint in self.secret_hints]
        return re.compile("|".join([*names, r"\d(?:[ .-]{0,3}\d){12}"]).encode(), re.IGNORECASE)


def read_limits(connection: psycopg.Connection) -> Limits:
    """Raises LoadError when Radar is not installed in this database."""
    try:
        with connection.transaction():
            return Limits(**connection.execute("select radar.limits()").fetchall()[0][0])
    except (psycopg.errors.UndefinedFunction, psycopg.errors.InvalidSchemaName) as error:
        raise LoadError(f"this database has no Radar tables: {advice(connection)}") from error


def find_project(connection: psycopg.Connection, slug: str, workspace: str | None) -> Project:
    """The project with this slug. Raises LoadError, naming the projects, when none or several have it."""
    found = connection.execute(
        "select projects.workspace_id, project_id, projects.slug, domain, write_key from ingest.projects"
        " where projects.slug = %(slug)s and (%(workspace)s::text is null or workspace_id in"
        " (select workspace_id from radar.workspaces() where %(workspace)s in (slug, workspace_id::text)))",
        {"slug": slug, "workspace": workspace},
    ).fetchall()
    if len(found) == 1:
        return Project(*found[0])
    if found:
        raise LoadError(f"several workspaces have a project {slug}: say which with --workspace")
    names = [name for (name,) in connection.execute("select distinct slug from ingest.projects order by 1")]
    known = there_are(names, "insert one into ingest.projects")
    raise LoadError(f"no project {slug}{f' in workspace {workspace}' if workspace else ''}; {known}")
