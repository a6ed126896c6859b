"""Whether facts of the same items are the same, wherever either was computed."""

from dataclasses import fields

import polars as pl
from polars.testing import assert_frame_equal

from roadworthy.stages.own_facts import OwnFacts


def assert_same_facts(one: OwnFacts, other: OwnFacts) -> None:
    """Compare all that a part holds, to the last bit."""
    assert _frames(one).keys() == _frames(other).keys()
    for name, frame in _frames(other).items():
        assert_frame_equal(_frames(one)[name], frame, check_exact=True)
    assert one.sightings.misclicks == other.sightings.misclicks
    assert one.policy == other.policy


def _frames(part: OwnFacts) -> dict[str, pl.DataFrame]:
    """All frames of a part, those of its sightings among them."""
    told = [
        (one.name, getattr(of, one.name)) for of in (part, part.sightings) for one in fields(of)
    ]
    return {name: frame for name, frame in told if isinstance(frame, pl.DataFrame)}
