"""Every way a command can fail, and the exit code that tells a scheduler which it was.

RoadworthyError                1  a fault of ours
├── ConfigError                2  wrong arguments or configuration
│   └── NotOursError           2  a file that is not ours to change
├── SourceError                3  a tracker refused or was unreachable; what was fetched is kept
├── AuditFailedError           4  done, but the data audit has errors
│   └── StaleDataError         4  done, but the data are older than they may be
└── LockedError                5  another run holds the lock

A message says where, what, and what to do about it, in one sentence a person can act on.
"""

from typing import ClassVar


class RoadworthyError(Exception):
    """A fault of ours, or the root of one of the kinds below."""

    exit_code: ClassVar[int] = 1


class ConfigError(RoadworthyError):
    """The arguments or the configuration cannot be used as they stand."""

    exit_code = 2


class NotOursError(ConfigError):
    """A file of another program, or of a newer Roadworthy: it is neither read nor changed."""


class SourceError(RoadworthyError):
    """A tracker or an archive could not be read to its end."""

    exit_code = 3


class AuditFailedError(RoadworthyError):
    """The run finished and published, and its data audit holds errors."""

    exit_code = 4


class StaleDataError(AuditFailedError):
    """The data are older than whoever asks allows: as little to be relied on as faulty ones."""


class LockedError(RoadworthyError):
    """Another run is at work on the same warehouse."""

    exit_code = 5
