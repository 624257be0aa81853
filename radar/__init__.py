"""Radar: events in PostgreSQL to sessions, metrics, a quality gate and notebooks."""

from importlib.metadata import version

__version__ = version("radar")
