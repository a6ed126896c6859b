"""Subjects of survival curves: samples of a seed, and whatever Hypothesis draws."""

from typing import TypeAlias

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ends = NDArray[np.int64]
# Age of exit, kind of end (0: censored), age of entry.
Drawn: TypeAlias = list[tuple[float, int, float]]

EXACT = 1e-9
SEEDS = range(8)
OPEN, COUNTED, OTHER = 0, 1, 2

# Halves of a day, so that entries and exits fall together often.
AGES = st.integers(0, 24).map(lambda half: half / 2)
SUBJECTS = st.lists(st.tuples(AGES, st.integers(OPEN, OTHER), AGES), min_size=1, max_size=25)


def sample(seed: int, size: int = 120) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Exits with many ties, whether they are ends, and entries before the exits."""
    random = np.random.default_rng(seed)
    lives, watched = random.exponential(10, size), random.uniform(1, 25, size)
    exits = np.ceil(np.minimum(lives, watched) * 2) / 2
    entries = np.where(random.random(size) < 0.5, 0.0, np.floor(exits * random.random(size)))
    return exits, lives <= watched, np.minimum(entries, exits - 0.5)


def competing(seed: int, size: int = 150) -> tuple[Floats, Ends]:
    """Exits at whole days, of two ends and of censoring."""
    random = np.random.default_rng(seed)
    lives, watched = random.exponential(8, size), random.uniform(1, 20, size)
    kinds = np.where(random.random(size) < 0.4, COUNTED, OTHER)
    return np.ceil(np.minimum(lives, watched)), np.where(lives <= watched, kinds, OPEN)


def without_ties(seed: int, size: int = 150) -> tuple[Floats, Ends, Floats]:
    """Exits at any instant, of two ends and of censoring, and entries before them."""
    random = np.random.default_rng(seed)
    lives, watched = random.exponential(8, size), random.uniform(1, 20, size)
    kinds = np.where(random.random(size) < 0.4, COUNTED, OTHER)
    exits = np.minimum(lives, watched)
    entries = np.where(random.random(size) < 0.5, 0.0, exits * random.random(size))
    return exits, np.where(lives <= watched, kinds, OPEN), entries


def arrays(subjects: Drawn) -> tuple[Floats, Ends, Floats]:
    """Exits, ends and entries of subjects that were drawn."""
    exits, ends, entries = zip(*subjects, strict=True)
    return np.array(exits), np.array(ends), np.array(entries)
