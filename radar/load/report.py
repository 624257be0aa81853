"""What became of the rows of a load."""

from collections import Counter
from dataclasses import dataclass, field

from rich.table import Table


@dataclass
class Counts:
    """Rows read = accepted + duplicate + rejected + skipped, in total and for each part."""

    read: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    """Among calls of models: spans and rows that called none."""

    def add(self, other: "Counts") -> None:
        """Count the rows of `other` too."""
        self.read += other.read
        self.accepted += other.accepted
        self.duplicate += other.duplicate
        self.rejected.update(other.rejected)
        self.skipped += other.skipped

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
            table.add_row("no calls", f"{self.skipped:,}")
        return table
