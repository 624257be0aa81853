"""What notebooks need: one connection, sites by their slug, and queries that return frames."""

from radar.lab.data import LabError, connect, query
from radar.lab.funnels import Funnel, funnel
from radar.lab.sites import Site, query_each, site, sites

__all__ = ["Funnel", "LabError", "Site", "connect", "funnel", "query", "query_each", "site", "sites"]
