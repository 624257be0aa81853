"""Every error that Radar raises on purpose.

    RadarError            one line that says what is wrong and what to do
    ├── ServerError       the embedded PostgreSQL cannot start, stop or be reached
    │   ├── PortTaken     another process listens on its port
    │   ├── DiskFull      no room for the data
    │   └── WrongVersion  the data belongs to another major version
    └── DbtError          dbt could not run, or some of its nodes failed

Other modules derive their own from RadarError. The command line prints the line and leaves with code 1.
"""


class RadarError(Exception):
    """One line that says what is wrong and what to do about it."""


class ServerError(RadarError):
    """The embedded PostgreSQL cannot start, stop or be reached."""


class PortTaken(ServerError):  # noqa: N818 (reads as a sentence, as in `except PortTaken`)
    """Another process listens on the server's port."""


class DiskFull(ServerError):  # noqa: N818
    """There is no room left for the server's data."""


class WrongVersion(ServerError):  # noqa: N818
    """The data directory belongs to another major version of PostgreSQL."""


class DbtError(RadarError):
    """dbt could not run, or some of its nodes failed."""
