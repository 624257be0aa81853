"""Attribution: known answers, games solved by hand, and tables that follow whatever arrives."""

import csv
import datetime as dt
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.conftest import Database
from tests.loading import PROJECT, WORKSPACE, make_project

pytestmark = pytest.mark.filterwarnings("ignore")  # dbt's own

PATH_MODELS = ["first_touch", "last_touch", "last_non_direct", "linear", "position_based", "time_decay"]
ATTRIBUTION = ["run", "--quiet", "-s", "+channel_attribution", "+campaign_attribution"]
UTC = dt.UTC
Event = dict[str, Any]
Game = list[tuple[str, int, int]]
"""Paths with how often they converted and how often they did not."""


COLUMNS = [
    "occurred_at", "event_type", "event_name", "anonymous_id", "user_id", "session_id", "page_url",
    "utm_source", "utm_medium", "utm_campaign",
]  # fmt: skip
MESSAGES = itertools.count()


def send(database: Database, events: Iterable[Event]) -> None:
    """Store events of the project; `properties` are an object."""
    rows = [[f"m{next(MESSAGES)}", Jsonb(event.get("properties", {})), *map(event.get, COLUMNS)] for event in events]
    names = ", ".join(["workspace_id", "project_id", "message_id", "properties", *COLUMNS])
    values = f"'{WORKSPACE}', '{PROJECT}', {', '.join(['%s'] * (len(COLUMNS) + 2))}"
    with database.connect(autocommit=False) as connection:
        connection.cursor().executemany(f"insert into ingest.events ({names}) values ({values})", rows)


def make_goals(database: Database, *names: str) -> None:
    for name in names:
        database.execute(
            "insert into ingest.goals (workspace_id, project_id, name, goal_type, conditions)"
            " values (%s, %s, %s, 'event', %s)",
            WORKSPACE,
            PROJECT,
            name,
            Jsonb({"event_name": name}),
        )


@pytest.fixture
def shop(database: Database) -> Database:
    make_project(database)
    return database


# --- Known answers ---


def shared_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "attribution" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_true_shapley_value_of_the_known_path(database: Database, shared_data: Path) -> None:
    rows = shared_rows(shared_data, "snowplow_fractribution_path_summary_expected.csv")
    game = [(row["transformed_path"], int(row["conversions"]), int(row["non_conversions"])) for row in rows]
    shares = shapley(database, game)
    assert shares["Organic_Search > Direct"] == {
        "Direct": pytest.approx(0.5701058, abs=1e-7),
        "Organic_Search": pytest.approx(0.4298942, abs=1e-7),
    }
    assert shares["Video"] == {"Video": 1}


def test_paths_last_touch_and_return_of_known_events(shop: Database, shared_data: Path) -> None:
    make_goals(shop, "Order Completed")
    send(shop, known_events(shared_data))
    for source, medium in [("(direct)", "(none)"), ("google", "organic"), ("youtube.com", "referral")]:
        shop.execute(
            "insert into ingest.ad_spend (workspace_id, project_id, spend_date, source, medium, cost)"
            " values (%s, %s, '2022-06-03', %s, %s, 10000)", WORKSPACE, PROJECT, source, medium,
        )  # fmt: skip
    shop.dbt(*ATTRIBUTION)
    expected = shared_rows(shared_data, "snowplow_fractribution_paths_to_conversion_expected.csv")
    found = shop.query(
        "select to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), string_agg(channel, ' > ' order by"
        " touch_number), min(value)::text from analytics.touchpoints group by completed_at"
    )
    assert sorted((time, their_names(path), float(value)) for time, path, value in found) == sorted(
        (row["conversion_tstamp"], row["path"], float(row["revenue"])) for row in expected
    )
    report: dict[str, Any] = {
        their_names(channel): (float(conversions), float(revenue), float(roas))
        for channel, conversions, revenue, roas in shop.query(
            "select channel, sum(conversions), sum(revenue), round(sum(revenue) / sum(cost), 6)"
            " from analytics.channel_attribution where model = 'last_touch' group by channel having sum(cost) > 0"
        )
    }
    assert report == {
        row["CHANNEL"]: (float(row["CONVERSIONS"]), pytest.approx(float(row["REVENUE"])), float(row["ROAS"]))
        for row in shared_rows(shared_data, "snowplow_fractribution_report_table_expected.csv")
        if row["ATTRIBUTION_TYPE"] == "last_touch" and row["CHANNEL"] in ("Direct", "Organic_Search", "Video")
    }


def known_events(folder: Path) -> list[Event]:
    """Each page view is a visit; the checkout, which names no source, is in the visit of its moment."""
    events: list[Event] = []
    visits: dict[str, str] = {}
    rows = shared_rows(folder, "events.csv")
    for row in sorted(rows, key=lambda row: (row["derived_tstamp"], row["event_name"] != "page_view")):
        is_view = row["event_name"] == "page_view"
        if is_view:
            visits[row["domain_userid"]] = row["domain_sessionid"]
        event: Event = {"occurred_at": row["derived_tstamp"], "event_type": "pageview" if is_view else "track"}
        event |= {"anonymous_id": row["domain_userid"], "page_url": "https://poplindata.com/"}
        event |= {"utm_source": row["mkt_source"] or None, "utm_medium": row["mkt_medium"] or None}
        if row["tr_total"]:
            event |= {"event_name": "Order Completed", "properties": {"revenue": row["tr_total"]}}
        events.append(event | {"session_id": visits[row["domain_userid"]]})
    return events


def their_names(path: str) -> str:
    return path.replace("Organic Video", "Video").replace("Organic Search", "Organic_Search")


# --- The games ---


def shapley(database: Database, game: Game) -> dict[str, dict[str, float]]:
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for path, channel, share in database.query("select * from radar.shapley_shares(%s, %s, %s)", *columns(game)):
        shares[path][channel] = float(share)
    return shares


def markov(database: Database, game: Game) -> dict[str, float]:
    rows = database.query("select * from radar.markov_shares(%s, %s, %s)", *columns(game))
    return {channel: float(share) for channel, share in rows}


def columns(game: Game) -> list[list[Any]]:
    return [list(column) for column in zip(*game, strict=True)]


def random_game(draw: random.Random) -> Game:
    """Paths of up to five channels, of which some convert, some never, and some come only once."""
    channels = ["Direct", "Email", "Paid Search", "Referral", "Display"][: draw.randint(1, 5)]
    paths = {" > ".join(draw.choices(channels, k=draw.randint(1, 6))) for _ in range(draw.randint(1, 20))}
    game = [(path, draw.choice([0, 1, 5]), draw.choice([0, 1, 40])) for path in sorted(paths)]
    return [*(row for row in game if row[1] + row[2]), ("Direct", 1, 1)]


def test_shapley_is_the_mean_over_all_orders(database: Database) -> None:
    for seed in range(40):
        game = random_game(random.Random(seed))
        taken = Counter[frozenset[str]]()
        converted = Counter[frozenset[str]]()
        for path, conversions, unconverted in game:
            taken[frozenset(path.split(" > "))] += conversions + unconverted
            converted[frozenset(path.split(" > "))] += conversions
        rates = {players: converted[players] / taken[players] for players in taken}
        for path, shares in shapley(database, game).items():
            assert shares == pytest.approx(mean_over_orders(frozenset(path.split(" > ")), rates)), (seed, path)


def test_on_a_long_path_the_weak_channels_are_one_player(database: Database) -> None:
    """As if they were one in the whole game; what it gets, they share. Short paths beside it stay exact."""
    channels = [f"channel {number:02}" for number in range(25)]
    single: Game = [(name, 100 - number, 400 + 17 * number) for number, name in enumerate(channels)]
    pairs: Game = [(f"{channels[place]} > {channels[place + 9]}", 20, 30 + place) for place in range(9)]
    long = (" > ".join(channels), 3, 1)
    weak = set(channels[7:])

    def with_one_weak(path: str) -> str:
        return " > ".join("weak" if name in weak else name for name in path.split(" > "))

    shares = shapley(database, [*single, *pairs, long])
    short = shapley(database, [*single, *pairs])
    assert {path: shares[path] for path in short} == short
    coarse = shapley(database, [(with_one_weak(path), won, lost) for path, won, lost in [*single, *pairs, long]])
    expected = coarse[with_one_weak(long[0])]
    each = expected.pop("weak") / len(weak)
    assert shares[long[0]] == pytest.approx(expected | dict.fromkeys(weak, each))
    assert sum(shares[long[0]].values()) == pytest.approx(1)


def mean_over_orders(players: frozenset[str], rates: dict[frozenset[str], float]) -> dict[str, float]:
    def worth(coalition: frozenset[str]) -> float:
        return max((rate for part, rate in rates.items() if part <= coalition), default=0)

    added: dict[str, float] = dict.fromkeys(players, 0)
    orders = list(itertools.permutations(players))
    for order in orders:
        for place, player in enumerate(order):
            added[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    return {player: value / len(orders) / worth(players) for player, value in added.items()}


def test_markov_is_the_removal_effect(database: Database) -> None:
    for seed in range(40):
        game = random_game(random.Random(seed))
        channels = {channel for path, _, _ in game for channel in path.split(" > ")}
        whole = converting_probability(game, None)
        effects = {channel: 1 - converting_probability(game, channel) / whole for channel in channels}
        expected = {channel: effect / sum(effects.values()) for channel, effect in effects.items() if effect > 1e-12}
        assert markov(database, game) == pytest.approx(expected, abs=1e-9), seed


def converting_probability(game: Game, removed: str | None) -> float:
    """Of a journey along the chain, walked until nobody is on the way; who comes to the removed channel is lost."""
    steps: dict[str, Counter[str]] = defaultdict(Counter)
    for path, conversions, unconverted in game:
        names = ["(start)", *path.split(" > ")]
        for here, there in itertools.pairwise(names):
            steps[here][there] += conversions + unconverted
        steps[names[-1]]["(conversion)"] += conversions
        steps[names[-1]]["(nothing)"] += unconverted
    on_the_way, converted = {"(start)": 1.0}, 0.0
    while sum(on_the_way.values()) > 1e-13:
        after: dict[str, float] = defaultdict(float)
        for here, probability in on_the_way.items():
            for there, number in steps[here].items():
                after[there] += probability * number / steps[here].total()
        converted += after.pop("(conversion)", 0)
        on_the_way = {here: share for here, share in after.items() if here not in ("(nothing)", removed)}
    return converted


# --- The tables ---

SOURCES = [
    {},
    {"utm_source": "google", "utm_medium": "cpc", "utm_campaign": "brand"},
    {"utm_source": "news", "utm_medium": "email"},
    {"utm_source": "x" * 3000, "utm_medium": "y" * 3000, "utm_campaign": "z" * 3000},
]


def random_events(draw: random.Random) -> list[Event]:
    """Visits of a quarter by persons on shared devices, and by one login that many share, in any order."""
    events: list[Event] = []
    for _ in range(150):
        is_shared = draw.random() < 0.1
        at = dt.datetime(2026, 2, 20, tzinfo=UTC) + dt.timedelta(hours=draw.randint(0, 24 * 90))
        visit: Event = {"anonymous_id": f"device-{draw.randint(1, 25)}", "session_id": f"s{draw.getrandbits(40)}"}
        visit |= {"user_id": "shared" if is_shared else draw.choice([None, None, None, "ann", "bob"])}
        visit |= {"event_type": "pageview", "page_url": "https://shop.example/"} | draw.choice(SOURCES)
        events.append(visit | {"occurred_at": at})
        for minutes in range(draw.choice([0, 0, 1, 2])):
            name = draw.choice(["Order Completed", "Signed Up"])
            revenue = {"revenue": draw.choice([10, 19.99, "0.001", None])}
            order = {"event_type": "track", "event_name": name, "properties": revenue}
            events.append(visit | order | {"occurred_at": at + dt.timedelta(minutes=minutes)})
    draw.shuffle(events)
    return events


def spend(draw: random.Random, folder: Path) -> Path:
    path = folder / "spend.csv"
    rows = {(f"2026-03-{draw.randint(10, 13)}", draw.choice(["google,cpc,brand", "news,email,"])) for _ in range(6)}
    lines = [f"{day},{campaign},{draw.randint(0, 9)}.5" for day, campaign in sorted(rows)]
    path.write_text("\n".join(["spend_date,source,medium,campaign,cost", *lines]), encoding="utf-8")
    return path


def test_random_journeys_equal_a_full_refresh(shop: Database, tmp_path: Path) -> None:
    from tests.loading import load_file

    draw = random.Random(7)
    make_goals(shop, "Order Completed", "Signed Up")
    shop.execute('update ingest.projects set settings = \'{"timezone": "Pacific/Kiritimati"}\'')
    events = random_events(draw)
    # A visit of March that leads nowhere, until the conversion in April comes alone, with a run of its own.
    visit = {"anonymous_id": "late", "event_type": "pageview", "occurred_at": dt.datetime(2026, 3, 25, tzinfo=UTC)}
    order = {"event_type": "track", "event_name": "Signed Up", "occurred_at": dt.datetime(2026, 4, 2, tzinfo=UTC)}
    for part in ([visit | SOURCES[2], *events[:120]], events[120:], [visit | order]):
        send(shop, part)
        load_file(shop, spend(draw, tmp_path), format="spend")
        shop.dbt(*ATTRIBUTION)
    incremental = attribution(shop)
    expected = shop.query("select count(*), sum(value), sum(value) from analytics.session_goals")[0][:2]
    assert expected[0] > 50
    months = shop.query("select model, sum(conversions), sum(revenue) from analytics.attribution_months group by 1")
    assert {model: (conversions, revenue) for model, conversions, revenue in months} == dict.fromkeys(
        [*PATH_MODELS, "markov", "shapley"], expected
    )
    days = "select model, sum(conversions), sum(revenue) from analytics.campaign_attribution group by 1"
    assert {row[0]: row[1:] for row in shop.query(days)} == dict.fromkeys(PATH_MODELS, expected)
    shop.dbt(*ATTRIBUTION, "--full-refresh")
    assert attribution(shop) == incremental


def test_a_shared_login_makes_no_square(shop: Database) -> None:
    make_goals(shop, "Order Completed")
    start = dt.datetime(2026, 3, 1, tzinfo=UTC)
    visits = [{"occurred_at": start + dt.timedelta(hours=number), "session_id": f"s{number}"} for number in range(250)]
    order = {"anonymous_id": "kiosk", "user_id": "all", "event_type": "track", "event_name": "Order Completed"}
    send(shop, [order | visit for visit in visits])
    shop.dbt(*ATTRIBUTION)
    assert shop.query(
        "select max(touch_count), count(*), sum(linear_credit), sum(time_decay_credit), min(linear_credit) > 0"
        " from analytics.touchpoints"
    ) == [(100, 99 * 100 // 2 + 151 * 100, 250, 250, True)]


def test_retention_leaves_finished_attribution(shop: Database) -> None:
    make_goals(shop, "Order Completed")
    midnight = dt.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    cutoff = midnight - dt.timedelta(days=730)
    order = {"event_type": "track", "event_name": "Order Completed", "anonymous_id": "a", "user_id": "ann"}
    send(
        shop,
        [
            *({"event_type": "pageview", "anonymous_id": "a", "occurred_at": cutoff - dt.timedelta(days=days)} | source
              for days, source in [(40, SOURCES[1]), (2, SOURCES[2])]),
            order | {"occurred_at": cutoff - dt.timedelta(days=39)},
            order | {"occurred_at": cutoff + dt.timedelta(days=3)},
        ],
    )  # fmt: skip
    shop.build()
    before = attribution(shop)
    assert before["touchpoints"]
    shop.dbt("run-operation", "apply_retention", "--args", "{apply: true}", "--quiet")
    send(shop, [order | {"occurred_at": midnight - dt.timedelta(days=1)}])
    shop.dbt(*ATTRIBUTION)
    incremental = attribution(shop)
    for table, rows in before.items():
        assert rows < incremental[table] or table == "channel_spend", table
    shop.dbt(*ATTRIBUTION, "--full-refresh")
    assert attribution(shop) == incremental


def attribution(database: Database) -> dict[str, set[str]]:
    tables = ("touchpoints", "conversion_paths", "attribution_months", "attribution_days", "channel_spend")
    return {
        table: {row for (row,) in database.query(f"select to_jsonb(found)::text from analytics.{table} as found")}
        for table in tables
    }
