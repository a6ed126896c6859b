"""Who is at risk at which age: those who were being watched and had not ended.

A subject counts at age ``u`` where ``entry < u <= exit``: who enters at the age of an end was not
watched when it came, and who leaves at it was. Whoever ended by the age of entry was never seen.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def entries_at_risk(exits: Floats, entries: Floats | None) -> Floats:
    """From when on each subject is at risk; all from the beginning if no entries are given.

    Age 0 is the beginning, and lies before an end at age 0.
    """
    if entries is None:
        return np.full_like(exits, -np.inf)
    return np.where(entries > 0, entries, -np.inf)


def numbers_at_risk(ages: Floats, exits: Floats, entered: Floats) -> Floats:
    """How many subjects are at risk at each age, every one of which entered before its exit."""
    have_entered = np.searchsorted(np.sort(entered), ages, side="left")
    have_left = np.searchsorted(np.sort(exits), ages, side="left")
    return (have_entered - have_left).astype(np.float64)


def numbers_at(ages: Floats, exits: Floats) -> Floats:
    """How many of these exits come at each of the ages."""
    ordered = np.sort(exits)
    until = np.searchsorted(ordered, ages, side="right")
    return (until - np.searchsorted(ordered, ages, side="left")).astype(np.float64)
