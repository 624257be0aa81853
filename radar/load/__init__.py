"""Files of events into ingest.events: `radar.load.loader.load` is all that other modules need."""
