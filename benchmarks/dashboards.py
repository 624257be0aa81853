"""How long every query of a dashboard takes a reader, whose rows go through row security."""

import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from psycopg import sql
from rich.table import Table

REPEATS = 20
LIMIT_MS = 100
"""What a person takes for at once."""

MEMBER = "select user_id from app.workspace_members where workspace_id = %(workspace_id)s limit 1"


def queries(path: Path) -> dict[str, str]:
    """The queries of a file by name."""
    return dict(re.findall(r"^-- ([^\n]+)\n(.+?);$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def measure(connection: psycopg.Connection[Any], path: Path) -> Table:
    """Ask each query often, as a member of a workspace; marks what takes longer than people wait.

    The first query of the file is asked as the owner: it names what the others look at.
    """
    connection.execute("vacuum analyze")
    (_, about), *asked = queries(path).items()
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        of = cursor.execute(about.encode()).fetchone() or {}
    (user_id,) = connection.execute(MEMBER, of).fetchone() or ("",)
    table = Table("what", "rows", "p50 ms", "p95 ms", "note", title=f"Dashboards of a reader, {REPEATS} times each")
    with connection.transaction():
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier("authenticated")))
        connection.execute("select set_config('request.jwt.claims', %s, true)", [json.dumps({"sub": str(user_id)})])
        for name, query in asked:
            rows, p50, p95 = _ask(connection, query, of)
            slow = f"over {LIMIT_MS} ms" if p95 > LIMIT_MS else ""
            table.add_row(name, f"{rows:,}", f"{p50:.1f}", f"{p95:.1f}", slow)
    return table


def _ask(connection: psycopg.Connection[Any], query: str, of: dict[str, Any]) -> tuple[int, float, float]:
    """Rows of the query, and its median and 95th percentile in milliseconds after a first run to warm up."""
    rows, took = 0, []
    for _ in range(REPEATS + 1):
        start = time.perf_counter()
        # Planned anew each time, as for a reader who asks once.
        rows = len(connection.execute(query.encode(), of, prepare=False).fetchall())
        took.append((time.perf_counter() - start) * 1000)
    p50, p95 = np.percentile(took[1:], [50, 95])
    return rows, float(p50), float(p95)
