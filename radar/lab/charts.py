"""How charts look. Importing it sets the theme, and draws charts as pictures, which need no internet.

The colours are those of Okabe and Ito, which people with any colour vision can tell apart.
"""

from collections.abc import Sequence, Sized
from typing import Any

import altair as alt
import pandas as pd
from IPython.display import Markdown

from radar.lab.findings import Change, interval

BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, YELLOW, GREY = "#CC79A7", "#56B4E9", "#F0E442", "#8A8F98"
COLORS = [BLUE, ORANGE, GREEN, PURPLE, SKY, RED, GREY]
INK, LINE = "#1F2933", "#DDE1E6"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH, HEIGHT = 815, 250


@alt.theme.register("radar", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """White, few lines, titles at the left."""
    axis: Any = {
        "labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "labelLimit": 240, "labelFlush": False,
    }  # fmt: skip
    return {
        "background": "white",
        "config": {
            "font": FONT,
            "view": {"continuousWidth": WIDTH, "discreteWidth": WIDTH, "continuousHeight": HEIGHT, "stroke": None},
            "autosize": {"type": "fit-x", "contains": "padding"},
            "range": {"category": COLORS},
            "axis": axis,
            "axisX": {"grid": False, "labelOverlap": True},
            "axisY": {"ticks": False, "domain": False, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
                      "titleY": -12, "titleX": 0},
            "title": {"anchor": "start", "color": INK, "fontSize": 15, "fontWeight": "bold", "offset": 24,
                      "subtitleColor": "#52606D", "subtitleFontSize": 12, "subtitlePadding": 6, "frame": "group"},
            "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "orient": "bottom", "title": None,
                       "symbolType": "square", "labelLimit": 240, "offset": 10, "columnPadding": 14},
            "line": {"strokeWidth": 2},
            "bar": {"color": BLUE},
            "text": {"color": INK, "fontSize": 12},
        },
    }  # fmt: skip


alt.renderers.enable("svg")


_DAY = "hours(datum.value) ? '' : timeFormat(datum.value, '%-d %b')"
"""Of few days the axis has ticks within a day, too: their label would say the day again."""


def days(column: str, ticks: int = 10) -> alt.X:
    """The axis of days, for lines."""
    return alt.X(f"{column}:T", title=None, axis=alt.Axis(labelExpr=_DAY, tickCount=ticks, labelOverlap=True))


def day_bars(column: str) -> alt.X:
    """The axis of days, for bars."""
    return alt.X(
        f"yearmonthdate({column}):T",
        title=None,
        axis=alt.Axis(labelExpr=_DAY, tickCount=10),
        scale=alt.Scale(nice=False),
    )


def weeks(column: str) -> alt.X:
    """The axis of weeks, each named by its Monday."""
    axis = alt.Axis(format="%-d %b", labelAngle=0, labelOverlap=True)
    return alt.X(f"yearmonthdate({column}):O", title="Week that begins on", axis=axis)


def share(column: str, title: str) -> alt.Y:
    """The axis of shares, in percent from 0."""
    return alt.Y(f"{column}:Q", title=title, axis=alt.Axis(format="%"), scale=alt.Scale(domainMin=0))


def color(column: str, names: Sequence[str], colors: Sequence[str] = COLORS) -> alt.Color:
    """A colour for each name, in the order of the legend."""
    return alt.Color(f"{column}:N", scale=alt.Scale(domain=list(names), range=list(colors[: len(names)])))


def shaded(spans: pd.DataFrame | Change | None) -> alt.Chart:
    """Bands behind a chart of days: rows with `first` and `until`, or one change, or nothing."""
    if not isinstance(spans, pd.DataFrame):
        until = [spans.last + pd.Timedelta(days=1)] if spans else []
        spans = pd.DataFrame({"first": [spans.first] if spans else [], "until": until}, dtype="datetime64[ns]")
    bands: alt.Chart = alt.Chart(spans).mark_rect(color=ORANGE, opacity=0.3)
    return bands.encode(alt.X("first:T"), alt.X2("until:T"))


def ranking(frame: pd.DataFrame, name: str, value: str, title: str, color: alt.Color | None = None) -> alt.LayerChart:
    """Bars, as the rows are sorted, with their numbers."""
    bars = alt.Chart(frame).encode(
        alt.X(f"{value}:Q", title=title, axis=alt.Axis(tickMinStep=1)),
        alt.Y(f"{name}:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
    )
    marks = bars.mark_bar().encode(color) if color else bars.mark_bar()
    numbers = bars.mark_text(align="left", dx=5).encode(alt.Text(f"{value}:Q", format=",d"))
    chart: alt.LayerChart = (marks + numbers).properties(height=26 * len(frame))
    return chart


def rates(frame: pd.DataFrame, name: str, part: str, whole: str, title: str) -> alt.LayerChart:
    """A share for each row with its interval, and the share of all as a rule."""
    bounds = [interval(*pair) for pair in zip(frame[part], frame[whole], strict=True)]
    shares = frame.assign(
        share=frame[part] / frame[whole], low=[low for low, _ in bounds], high=[high for _, high in bounds]
    )
    rows = alt.Chart(shares).encode(
        alt.Y(f"{name}:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, grid=True))
    )
    axis = alt.X("low:Q", title=title, axis=alt.Axis(format="%"), scale=alt.Scale(domainMin=0))
    lines = rows.mark_rule(color=SKY, strokeWidth=5).encode(axis, alt.X2("high:Q"))
    points = rows.mark_circle(color=BLUE, size=80, opacity=1).encode(x="share:Q")
    numbers = rows.mark_text(align="left", dx=8).encode(alt.X("high:Q"), alt.Text("share:Q", format=".1%"))
    average = alt.Chart(pd.DataFrame({"share": [frame[part].sum() / max(frame[whole].sum(), 1)]}))
    rule = average.mark_rule(color=RED, strokeDash=[4, 3]).encode(x="share:Q")
    chart: alt.LayerChart = (rule + lines + points + numbers).properties(height=28 * len(frame))
    return chart


def note(*sentences: str, otherwise: str = "") -> Markdown:
    """The sentences under a chart, or another one when there are none; an empty one is none."""
    told = " ".join(filter(None, sentences)) or otherwise
    # A dollar sign would begin a formula, as Jupyter reads Markdown.
    return Markdown("> " + told.replace("$", "\\$"))


def unless_empty(rows: Sized, chart: Any) -> Any:
    """The chart of the rows; nothing where there are none, since axes alone say less than the note below them."""
    return chart if len(rows) else None
