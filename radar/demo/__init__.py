"""Demo data: two made-up companies, four sites and apps, their agents, and the stories that their numbers tell.

The same plan gives the same rows, byte for byte, in whatever pieces they are made: every random number is a hash of
what it is for, so a day can be made without the days before it. Nothing is imported here, so that the command line need
not wait for polars.
"""
