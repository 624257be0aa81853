"""What notebooks need: one connection, sites by their slug, and queries that return frames."""

from radar.lab.data import LabError, Site, connect, query, query_each, site, sites

__all__ = ["LabError", "Site", "connect", "query", "query_each", "site", "sites"]
