"""Files of events into ingest.events: `load` is all that other modules need."""

from radar.load.loader import Request, load, new_progress

__all__ = ["Request", "load", "new_progress"]
