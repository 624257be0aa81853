"""Writing a plan's rows as files for `radar load`, one a site, with a few malformed events at the end of each."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from radar.demo.database import CSV_TIME
from radar.demo.formats import Format
from radar.demo.generate import generate
from radar.demo.plan import Plan
from radar.demo.segment import lines
from radar.demo.sites import SITES, Site
from radar.demo.spend import spend

_ENDINGS = {Format.SEGMENT: "jsonl", Format.CSV: "csv", Format.PARQUET: "parquet"}
_FUTURE = timedelta(days=3650)


def write(folder: Path, file_format: Format, plan: Plan, advance: Callable[[int], object]) -> list[Path]:
    """Write the files anew and return those of events; `advance` is told the number of events of each piece.

    What campaigns cost is beside them, in a file `<site>-spend.csv` for `radar load --format spend`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_spend(folder, plan)
    paths = {site: folder / f"{site.slug}.{_ENDINGS[file_format]}" for site in SITES}
    with TemporaryDirectory(dir=folder) as parts:
        part_paths = {site: Path(parts) / site.slug for site in SITES}
        for path in part_paths.values():
            path.mkdir()
        for number, frame in enumerate(_pieces(plan)):
            for site, path in part_paths.items():
                of_site = frame.filter(pl.col("project_id") == str(site.project_id))
                _write_part(path / f"{number:06d}", of_site, file_format, site)
            advance(frame.height)
        for site, path in paths.items():
            _join(sorted(part_paths[site].iterdir()), path, file_format)
    return list(paths.values())


def _pieces(plan: Plan) -> Iterable[pl.DataFrame]:
    samples: dict[str, pl.DataFrame] = {}
    for frame in generate(plan):
        yield frame
        for project_id in frame["project_id"].unique():
            of_site = frame.filter(pl.col("project_id") == project_id, pl.col("channel_type") == "web")
            samples.setdefault(project_id, of_site.head(1))
    yield pl.concat(malformed(samples[project_id], plan) for project_id in sorted(samples))


def malformed(sample: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """One malformed event a day, made of one good row: in turn without any id, from the future, and without a time."""
    number = pl.int_range(pl.len())
    future = datetime.combine(plan.end, time(tzinfo=UTC)) + _FUTURE
    occurred_at = pl.when(number % 3 == 1).then(future).when(number % 3 == 0).then(pl.col("occurred_at"))
    return sample.select(pl.all().repeat_by(plan.days).explode()).with_columns(
        message_id=pl.format("malformed-{}-{}", pl.col("message_id"), number),
        user_id=pl.lit(None, pl.String),
        anonymous_id=pl.when(number % 3 != 0).then(pl.col("anonymous_id")),
        occurred_at=occurred_at.cast(sample.schema["occurred_at"]),
    )


def _write_spend(folder: Path, plan: Plan) -> None:
    for (project_id,), rows in spend(plan).group_by("project_id", maintain_order=True):
        site = next(site for site in SITES if str(site.project_id) == project_id)
        rows.drop("workspace_id", "project_id").write_csv(folder / f"{site.slug}-spend.csv")


def _write_part(path: Path, frame: pl.DataFrame, file_format: Format, site: Site) -> None:
    if file_format is Format.PARQUET:
        frame.write_parquet(path)
    elif file_format is Format.CSV:
        frame.write_csv(path, include_header=path.name == "000000", datetime_format=CSV_TIME)
    else:
        lines(frame, site).to_frame().write_csv(path, include_header=False, quote_style="never")


def _join(parts: list[Path], path: Path, file_format: Format) -> None:
    if file_format is Format.PARQUET:
        pl.scan_parquet(parts).sink_parquet(path)
        return
    with path.open("wb") as whole:
        for part in parts:
            whole.write(part.read_bytes())
