"""The suite: every contract's promises as expectations, with the SQL that finds the rows behind each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg import sql

from radar.check.contracts import Contract, recent
from radar.check.feeds import feed_checks

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

NUMBER = r"(-?\d+(?:\.\d+)?)"
BATCH = "{batch}"
DAYS = "daily_site_metrics"


@dataclass(frozen=True)
class Promise:
    """One expectation: `bad` is the query of the rows that break it, over the placeholder {batch}."""

    check: str
    contract: Contract
    expectation: "Expectation"
    bad: str
    column: str | None = None


@dataclass(frozen=True)
class Batch:
    """The rows of a relation that are looked at, and what is promised of them."""

    contract: Contract
    query: str
    promises: list[Promise]


def batches(contracts: list[Contract], variables: dict[str, Any], as_of: datetime) -> list[Batch]:
    """A batch for each relation: few days of those that have days, everything of the others."""
    analytics = next(contract.schema for contract in contracts if contract.name == DAYS)
    checks = feed_checks(variables, as_of)
    made = []
    for contract in contracts:
        query = recent(contract, analytics, variables["tested_days"]).as_string()
        made.append(Batch(contract, query, list(_promises(contract))))
        feeds = [check for check in checks if check.model == contract.name]
        if feeds:
            rows = _all_rows(contract) if contract.name == DAYS else _last_days(contract)
            made.append(Batch(contract, rows, [_rows(of.name, contract, of.query, of.meaning) for of in feeds]))
    return made


def _all_rows(contract: Contract) -> str:
    return sql.SQL("select * from {}").format(sql.Identifier(contract.schema, contract.name)).as_string()


def _last_days(contract: Contract) -> str:
    """Each project's last days: those of all projects together would hide a feed that stopped while others go on."""
    return (
        sql.SQL(
            "select visits.* from {} as visits inner join ("
            "select workspace_id, project_id, max(metric_date) as last_day from {} group by workspace_id, project_id"
            ") as newest using (workspace_id, project_id) where visits.session_date >= newest.last_day - 1"
        )
        .format(sql.Identifier(contract.schema, contract.name), sql.Identifier(contract.schema, DAYS))
        .as_string()
    )


def _promises(contract: Contract) -> Iterator[Promise]:
    from great_expectations import expectations as gxe

    yield _rows("columns", contract, _columns_query(contract), "Columns and types are those of the contract.")
    for column in contract.not_null:
        bad = f"select * from {BATCH} where {column} is null"
        yield Promise("not_null", contract, gxe.ExpectColumnValuesToNotBeNull(column=column), bad, column)
    for name, condition in contract.conditions.items():
        yield _condition(name, contract, condition)


def _condition(name: str, contract: Contract, condition: str) -> Promise:
    """The expectation that says it best: a set of values, a range, or the rows for which the condition is false."""
    from great_expectations import expectations as gxe

    text = " ".join(condition.split())
    bad = f"select * from {BATCH} where not ({text})"
    if found := re.fullmatch(r"(\w+) in \((('[^']*'(, )?)+)\)", text):
        values = re.findall(r"'([^']*)'", found[2])
        return Promise(
            name, contract, gxe.ExpectColumnValuesToBeInSet(column=found[1], value_set=values), bad, found[1]
        )
    if found := re.fullmatch(rf"(\w+) (?:between {NUMBER} and {NUMBER}|>= {NUMBER})", text):
        low, high = found[2] or found[4], found[3]
        limits: dict[str, Any] = {"min_value": float(low), "max_value": float(high) if high else None}
        return Promise(name, contract, gxe.ExpectColumnValuesToBeBetween(column=found[1], **limits), bad, found[1])
    return _rows(name, contract, bad, f"{name.replace('_', ' ')}: {text}")


def _rows(name: str, contract: Contract, query: str, meaning: str) -> Promise:
    from great_expectations import expectations as gxe

    expectation = gxe.UnexpectedRowsExpectation(unexpected_rows_query=query, description=meaning)
    return Promise(name, contract, expectation, query)


def _columns_query(contract: Contract) -> str:
    """Columns that the relation lacks, has beside the contract, or has with another type."""
    wanted = ", ".join(f"('{name}', '{_pg_type(of)}')" for name, of in contract.types.items())
    return f"""
select coalesce(wanted.name, found.name) || ': ' || coalesce(found.type, 'missing') || ', contract says '
    || coalesce(wanted.type, 'nothing') as detail
from (values {wanted}) as wanted (name, type)
full join (
    select attname::text as name, regexp_replace(format_type(atttypid, atttypmod), '^.*[.]vector', 'vector') as type
    from pg_attribute
    where attrelid = '{contract.relation}'::regclass and attnum > 0 and not attisdropped
) as found using (name)
where found.type is distinct from wanted.type
and not (wanted.type like 'vector%' and found.type = 'real[]'
    and not exists (select from pg_am where amname = 'hnsw'))
and (select count(*) from (select from {BATCH} limit 1) as rows) >= 0
"""


def _pg_type(name: str) -> str:
    """PostgreSQL's own name of a type that contracts write short."""
    base, brackets, rest = name.partition("[")
    names = {"timestamptz": "timestamp with time zone", "time": "time without time zone"}
    return names.get(base, base) + brackets + rest
