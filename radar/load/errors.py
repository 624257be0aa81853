"""What can stop a load.

RadarError
└── LoadError            the command, the file or the project is not usable as it is
"""

from radar.errors import RadarError


class LoadError(RadarError):
    """A load cannot begin or go on; what was loaded before stays, and loading again completes it."""
