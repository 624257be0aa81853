"""Demo data: two made-up companies, four sites and apps, and the stories that their numbers tell.

The same plan gives the same rows, byte for byte, in whatever pieces they are made: every random number is a hash of
what it is for (radar/demo/draws.py), so a day can be generated without the days before it.
"""

from radar.demo.generate import generate
from radar.demo.plan import Plan
from radar.demo.stories import Stories

__all__ = ["Plan", "Stories", "generate"]
