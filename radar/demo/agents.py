"""What the loader stores for the user agents of the demo's devices."""

import functools

import polars as pl

from radar.demo.audience import DEVICES
from radar.load.agents import Agent, describe
from radar.load.bots import HUMAN


@functools.cache
def table() -> pl.DataFrame:
    """One row a device: user_agent, bot_class, device_type, and name and version of system and browser."""
    return pl.DataFrame([_row(device.user_agent) for device in DEVICES], infer_schema_length=None)


def _row(user_agent: str | None) -> dict[str, str | None]:
    if user_agent is None:
        return dict.fromkeys(Agent._fields) | {"bot_class": HUMAN}
    return describe(user_agent)._asdict()
