"""What the demo's campaigns cost, by day: rows of ingest.ad_spend."""

import numpy as np
import polars as pl

from radar.demo import sources, stories
from radar.demo.draws import Floats, Ints, child, seed_key, uniform
from radar.demo.plan import Plan
from radar.demo.sites import SITE_INDEX, SITES
from radar.demo.visits import MEAN_EVENTS

_PAID = np.array([number for number, source in enumerate(sources.SOURCES) if source.click_cost])
_VIEWS_OF_A_CLICK = (20, 60)


def spend(plan: Plan) -> pl.DataFrame:
    """One row a day, site and campaign that costs money, for the days of the plan; cost is in euros."""
    day, site, paid = (axis.ravel() for axis in np.indices((plan.days, len(SITES), _PAID.size)))
    source = _PAID[paid]
    key = child(seed_key(plan.seed ^ 0xADAD), day, site, source)
    clicks = np.round(_expected_visits(plan, day, site, source) * (0.9 + 0.2 * uniform(key, "clicks"))).astype(np.int64)
    few, many = _VIEWS_OF_A_CLICK
    cents = clicks * np.array([of.click_cost for of in sources.SOURCES])[source] * (90 + 20 * uniform(key, "price"))
    rows = pl.DataFrame(
        {
            "workspace_id": pl.Series([str(of.workspace.workspace_id) for of in SITES]).gather(site),
            "project_id": pl.Series([str(of.project_id) for of in SITES]).gather(site),
            "spend_date": pl.Series([plan.day(number) for number in range(plan.days)]).gather(day),
            **{
                name: pl.Series([of.utm.get(f"utm_{name}") for of in sources.SOURCES]).gather(source)
                for name in ("source", "medium", "campaign")
            },
            "cost": pl.Series([f"{whole // 100}.{whole % 100:02d}" for whole in cents.astype(np.int64).tolist()]),
            "clicks": clicks,
            "impressions": clicks * (few + (many - few) * uniform(key, "views")).astype(np.int64),
        }
    )
    return rows.filter(pl.col("clicks") > 0)


def _expected_visits(plan: Plan, day: Ints, site: Ints, source: Ints) -> Floats:
    """Visits that come by the source on the day, as the plan has it."""
    visits = plan.quotas(plan.days)[day, site] / MEAN_EVENTS
    returning = np.array([of.return_share for of in SITES])[site]
    share = (1 - returning) * sources.SHARES[2 * site, source] + returning * sources.SHARES[2 * site + 1, source]
    first, last = (plan.number(limit) for limit in plan.stories.campaign)
    in_campaign = (day >= first) & (day <= last) & (site == SITE_INDEX[stories.CAMPAIGN_SITE])
    share = share * np.where(in_campaign, 1 - stories.CAMPAIGN_SHARE, 1)
    return visits * np.where(in_campaign & (source == sources.CAMPAIGN), stories.CAMPAIGN_SHARE, share)
