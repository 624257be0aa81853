"""What the gate found, for people and for CI."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

SHOWN = 8
"""Findings that fit on a screen with their SQL; the JSON has all of them."""


@dataclass(frozen=True)
class Finding:
    """Something that failed, and where to look: `look` is the SQL that shows the rows, or the file that holds it."""

    check: str
    relation: str
    look: str
    column: str | None = None
    day: date | None = None
    rows: int | None = None
    detail: str = ""


@dataclass
class Report:
    """The outcome of a gate: it has passed when nothing was found."""

    as_of: datetime
    tests: int = 0
    expectations: int = 0
    findings: list[Finding] = field(default_factory=list)
    docs: Path | None = None
    seconds: float = 0

    @property
    def is_passed(self) -> bool:
        """Whether nothing failed."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """The report as plain values: passed, counts, and a dictionary for each finding."""
        counts = {"tests": self.tests, "expectations": self.expectations, "seconds": round(self.seconds, 1)}
        findings = [{**asdict(found), "day": found.day and found.day.isoformat()} for found in self.findings]
        places = {"as_of": self.as_of.isoformat(), "docs": str(self.docs) if self.docs else None}
        return {"passed": self.is_passed, **counts, **places, "findings": findings}

    def show(self, console: Console) -> None:
        """Print one screen: what failed and where to look, the counts, and where the pages are."""
        if self.findings:
            console.print(self._table())
        if len(self.findings) > SHOWN:
            console.print(f"... and {len(self.findings) - SHOWN} more: radar check --json")
        outcome = Text("passed", "bold green") if self.is_passed else Text(f"{len(self.findings)} failed", "bold red")
        counts = f": {self.tests} dbt tests, {self.expectations} expectations in {self.seconds:.0f} s."
        console.print(Text.assemble("Quality gate ", outcome, counts))
        if self.docs:
            console.print(f"Data Docs: {self.docs}", soft_wrap=True)

    def _table(self) -> Table:
        table = Table("check", "where", "day", "rows", "what, and the SQL that shows it", box=None, pad_edge=False)
        for found in self.findings[:SHOWN]:
            rows = "" if found.rows is None else f"{found.rows:,}"
            where = f"{found.relation}{f'.{found.column}' if found.column else ''}"
            table.add_row(Text(found.check, "red"), where, str(found.day or ""), rows, _what(found))
        return table


def _what(found: Finding) -> RenderableType:
    look = Text(found.look, "dim")
    return Group(Text(found.detail), look) if found.detail else look
