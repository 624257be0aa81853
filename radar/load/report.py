"""What became of the rows of a load."""

from collections import Counter
from dataclasses import dataclass, field

from rich.table import Table

from radar.load.messages import Rejection


@dataclass
class Counts:
    """Rows read = accepted + duplicate + rejected + skipped, in total and for each part."""

    read: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    """Among calls of models: spans and rows that called none, and those that repeat another one."""
    skipped_reasons: Counter[str] = field(default_factory=Counter)
    detail: str | None = None
    """What was wrong with a rejected row, where it was the loader that found it."""
    useless_files: list[str] = field(default_factory=list)
    """What is wrong with files of which no row could be taken."""

    def add(self, other: "Counts") -> None:
        """Count the rows of `other` too."""
        self.read += other.read
        self.accepted += other.accepted
        self.duplicate += other.duplicate
        self.rejected.update(other.rejected)
        self.skipped += other.skipped
        self.skipped_reasons.update(other.skipped_reasons)
        self.detail = self.detail or other.detail
        self.useless_files += other.useless_files

    def note_rejections(self, rejections: list[Rejection]) -> None:
        """Count what the loader rejected."""
        self.rejected.update(rejection.reason for rejection in rejections)
        self.detail = self.detail or next((rejection.detail for rejection in rejections), None)

    def note_if_nothing_fits(self, source: str, kind: str) -> None:
        """Note that all rows of a file were rejected, with what is likely the reason."""
        if not self.read or self.rejected.total() < self.read:
            return
        ((reason, _),) = self.rejected.most_common(1)
        likely = _LIKELY.get(reason) or self.detail or "ingest.rejected_events tells what is wrong"
        self.useless_files.append(
            f"all {self.read:,} rows of {source} were rejected, most as {reason} ({likely}); it was read as {kind}, and"
            " --format names another format"
        )

    def check(self) -> None:
        """Raises AssertionError when a row was lost or counted twice: a bug, never an input's fault."""
        total = self.accepted + self.duplicate + self.rejected.total() + self.skipped
        if total != self.read:
            raise AssertionError(f"{self.read} rows read but {total} accounted for: {self}")

    def table(self) -> Table:
        """The counts for people to read."""
        table = Table("rows", "number", box=None, show_header=False)
        table.columns[1].justify = "right"
        table.add_row("read", f"{self.read:,}", style="bold")
        table.add_row("accepted", f"{self.accepted:,}")
        table.add_row("duplicate", f"{self.duplicate:,}")
        table.add_row("rejected", f"{self.rejected.total():,}")
        for reason, number in sorted(self.rejected.items()):
            table.add_row(f"  {reason}", f"{number:,}", style="dim")
        if self.skipped:
            table.add_row("left out", f"{self.skipped:,}")
        for reason, number in sorted(self.skipped_reasons.items()):
            table.add_row(f"  {reason}", f"{number:,}", style="dim")
        return table


_LIKELY = {
    "no_id": "no anonymousId or userId; of tables and JSON of your own, name the column with --map COLUMN=anonymous_id",
    "no_time": "no timestamp; of tables and JSON of your own, name the column with --map COLUMN=occurred_at",
    "unknown_project": "no project has this write key; --project names one",
    "future": "its clock is ahead, or its time has another zone",
    "too_large": "its rows are larger than an event may be",
}
