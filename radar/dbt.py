"""Runs dbt in this process, which saves the seconds that it takes to start."""

import os
from typing import TYPE_CHECKING, Any

from radar import settings
from radar.errors import DbtError

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

NAMES_SHOWN = 5


def run(*args: str) -> Any:
    """Run a dbt command in the project folder, as `run("build", "--select", "staging")`; dbt's output is shown.

    Returns dbt's own result object (of a build: `.results`, one for each node). Raises DbtError when dbt cannot run or
    a node fails, naming the first ones.
    """
    outcome = attempt(*args)
    if not outcome.success:
        raise error(args[0], outcome) from outcome.exception
    return outcome.result


def attempt(*args: str) -> "dbtRunnerResult":
    """Run a dbt command like `run`, but return dbt's outcome even when nodes fail."""
    from dbt.cli.main import dbtRunner

    return dbtRunner().invoke([*args, *_folders()])


def error(command: str, outcome: "dbtRunnerResult") -> DbtError:
    """What `run` raises for an outcome that is no success."""
    return DbtError(f"dbt {command} failed: {_reason(outcome)}")


def logged_by(macro: str) -> str:
    """Run a macro of the project and return what it logs last, without showing anything. dbt connects first."""
    from dbt.cli.main import dbtRunner

    messages: list[str] = []

    def listen(event: Any) -> None:
        if event.info.name in ("JinjaLogDebug", "JinjaLogInfo"):
            messages.append(event.data.msg)

    outcome = dbtRunner(callbacks=[listen]).invoke(["--quiet", "run-operation", macro, *_folders()])
    if not outcome.success or not messages:
        raise DbtError(f"dbt run-operation {macro} failed: {_reason(outcome)}") from outcome.exception
    return messages[-1]


def _folders() -> list[str]:
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    settings.export_dsn()
    return ["--project-dir", str(settings.ROOT), "--profiles-dir", str(settings.ROOT)]


def _reason(outcome: "dbtRunnerResult") -> str:
    """The exception's first line, or the names of the nodes that failed."""
    if outcome.exception:
        lines = [line.strip() for line in str(outcome.exception).splitlines() if line.strip()]
        return " ".join(lines[:2]) or type(outcome.exception).__name__
    failed = [
        getattr(result, "node", result).unique_id.split(".")[2]
        for result in getattr(outcome.result, "results", [])
        if result.status in ("error", "fail")
    ]
    more = f" and {len(failed) - NAMES_SHOWN} more" if len(failed) > NAMES_SHOWN else ""
    return f"{', '.join(failed[:NAMES_SHOWN]) or 'nothing to run'}{more}; dbt's output above says why"
