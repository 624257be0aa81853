"""`radar load --format spend`: what a file of costs becomes, and that a wrong one changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from radar.load.errors import LoadError
from tests.conftest import Database
from tests.loading import load_file, make_project

HEADER = "spend_date,source,medium,campaign,cost,clicks,impressions\n"
SPEND = """
    select spend_date::text, source, medium, campaign, cost::text, clicks, impressions
    from ingest.ad_spend order by 1, 2, 3, 4"""


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


def load_spend(database: Database, folder: Path, text: str, **request: Any) -> tuple[int, int, int]:
    """Rows read, accepted and duplicate."""
    path = folder / "spend.csv"
    path.write_text(text, encoding="utf-8")
    counts = load_file(database, path, format="spend", **request)
    counts.check()
    return counts.read, counts.accepted, counts.duplicate


def test_a_file_again_changes_nothing_and_a_day_again_replaces_its_rows(shop: Database, tmp_path: Path) -> None:
    first = HEADER + (
        "2026-03-01,google,cpc,brand,10.50,3,100\n2026-03-01,google,cpc,generic,5,,\n2026-03-02,google,cpc,brand,1,1,1\n"
    )
    assert load_spend(shop, tmp_path, first) == (3, 3, 0)
    before = shop.query("select spend_date, campaign, ingest_xid from ingest.ad_spend order by 1, 2")
    assert load_spend(shop, tmp_path, first) == (3, 0, 3)
    assert shop.query("select spend_date, campaign, ingest_xid from ingest.ad_spend order by 1, 2") == before
    assert load_spend(shop, tmp_path, HEADER + "2026-03-01,google,cpc,brand,12,4,110\n") == (1, 1, 0)
    assert shop.query(SPEND) == [
        ("2026-03-01", "google", "cpc", "brand", "12", 4, 110),
        ("2026-03-01", "google", "cpc", "generic", "0", 0, 0),
        ("2026-03-02", "google", "cpc", "brand", "1", 1, 1),
    ]


def test_the_export_of_another_platform_leaves_the_day_of_the_first(shop: Database, tmp_path: Path) -> None:
    load_spend(shop, tmp_path, HEADER + "2026-03-01,google,cpc,brand,10,,\n")
    load_spend(shop, tmp_path, HEADER + "2026-03-01,facebook,paid_social,spring,7,,\n")
    assert [row[1:5] for row in shop.query(SPEND)] == [
        ("facebook", "paid_social", "spring", "7"),
        ("google", "cpc", "brand", "10"),
    ]


def test_an_export_is_mapped_added_up_and_says_what_it_leaves_out(
    shop: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = '\ufeffDay;Platform;"Ad group";Amount\n'
    text = header + '2026-03-01;google;a;1.10\n\n2026-03-01;google;"b\nc";2.20\n2026-03-01;bing;a;3\n'
    mapping = {"Day": "spend_date", "Platform": "source", "Amount": "cost"}
    assert load_spend(shop, tmp_path, text, mapping=mapping) == (3, 3, 0)
    assert shop.query(SPEND) == [
        ("2026-03-01", "bing", "(none)", "(none)", "3", None, None),
        ("2026-03-01", "google", "(none)", "(none)", "3.30", None, None),
    ]
    assert "left out Ad group" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("2026-03-01,google,cpc,brand,1", "5 values for 7 columns"),
        ("2026-03-01,google,cpc,brand,-1,1,1", "cost '-1' is no amount"),
        ('2026-03-01,google,cpc,brand,"1,234.56",1,1', "cost '1,234.56' is no amount"),
        ("2026-03-01,google,cpc,brand,NaN,1,1", "cost 'NaN' is no amount"),
        ("2026-03-01,google,cpc,brand,,1,1", "cost '' is no amount"),
        ("2026-03-01,google,cpc,brand,1,1.5,1", "clicks '1.5' is no whole number"),
        ("03/01/2026,google,cpc,brand,1,1,1", "spend_date '03/01/2026' is not written as 2026-03-31"),
        ("2026-02-30,google,cpc,brand,1,1,1", "day is out of range"),
        ("2026-03-01,,cpc,brand,1,1,1", "source is empty"),
        (f"2026-03-01,google,cpc,{'x' * 121},1,1,1", "is longer than 120 characters"),
    ],
)
def test_a_row_that_is_wrong_stops_the_file_before_it_changes_anything(
    shop: Database, tmp_path: Path, row: str, complaint: str
) -> None:
    with pytest.raises(LoadError, match=r"spend.csv, line 3: .*Nothing of this file was loaded") as error:
        load_spend(shop, tmp_path, f"{HEADER}2026-03-01,bing,cpc,brand,1,1,1\n{row}\n")
    assert complaint in str(error.value)
    assert shop.query(SPEND) == []
