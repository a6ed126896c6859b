"""An organisation with planted causes, and its trackers' payloads with the truth beside them.

Deterministic by seed. Four teams work for eighteen months; two of them change their governance
after a year. :func:`simulate` lets them work, :func:`write_archive` writes what Jira and GitHub
would answer, what really happened, and a configuration that reads it; :mod:`serving` lets both
trackers answer on loopback.
"""

from roadworthy.simulator.archive import write_archive, write_truth
from roadworthy.simulator.life import simulate
from roadworthy.simulator.organisation import Organisation
from roadworthy.simulator.scenario import Noise, Practice, Scenario

__all__ = [
    "Noise",
    "Organisation",
    "Practice",
    "Scenario",
    "simulate",
    "write_archive",
    "write_truth",
]
