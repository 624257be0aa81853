"""Rows that are wrong in every way that a table lets pass, from a seed."""

import random
from typing import Any

TEXTS = [
    "",
    "undefined",
    "x" * 511,
    "\u00e9" * 3_000,
    "".join(random.Random(3).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=12_000)),
    "'; drop table x; --",
    "\u202eabc\u0001",
    "{}",
    "a\\b\nc\td",
]
NUMBERS = ["0", "-1", "1", "2147483647", "9223372036854775807", "5000000000000000000", "NaN", "Infinity", "1e300"]
TIMES = [
    "infinity",
    "-infinity",
    "4000-01-01 BC",
    "1969-12-31",
    "2098-01-01",
    "9998-06-01",
    "294276-12-31",
    "2026-05-04 12:00Z",
    "2026-05-04 12:00:30Z",
]
DOCUMENTS = [
    "{}",
    "[]",
    "null",
    '"text"',
    '{"revenue": 1e300}',
    '{"revenue": "NaN", "form_id": ["x"], "percent": 1e99}',
    "[" * 200 + "]" * 200,
    '{"events": [[], {"message_id": 5, "occurred_at": {}}, null]}',
    '{"previousId": "' + "y" * 3_000 + '", "state": {}}',
]
VALUES = {
    "text": TEXTS,
    "integer": NUMBERS,
    "bigint": NUMBERS,
    "numeric": NUMBERS,
    "boolean": ["true", "false"],
    "timestamp with time zone": TIMES,
    "jsonb": DOCUMENTS,
    "inet": ["0.0.0.0", "::1", "::ffff:1.2.3.4"],
    "uuid": ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
}


def poisoned(draw: random.Random, columns: dict[str, str], sound: dict[str, Any]) -> dict[str, Any]:
    """A sound row of a table, whose columns and types are given, with one to three values replaced by a strange one."""
    known = [name for name in columns if columns[name] in VALUES and name not in ("workspace_id", "project_id")]
    chosen = draw.sample(known, draw.randint(1, 3))
    return sound | {name: draw.choice(VALUES[columns[name]]) for name in chosen}
