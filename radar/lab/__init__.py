"""What notebooks need: one connection, sites by their slug, and queries that return frames."""

from radar.lab.data import LabError, Site, connect, query, query_each, site, sites
from radar.lab.funnels import Funnel, funnel

__all__ = ["Funnel", "LabError", "Site", "connect", "funnel", "query", "query_each", "site", "sites"]
