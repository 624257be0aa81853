"""Files of events into ingest.events: `load` is all that other modules need."""
