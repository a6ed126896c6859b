"""Owners of stages, and what their order lets be judged."""

from collections.abc import Mapping
from itertools import takewhile


def is_handed_over(stage: str, owners: Mapping[str, str | None]) -> bool:
    """Whether a stage can be entered from one before it that has another owner.

    Args:
        stage: one of the stages.
        owners: the owner of each by name, if it has one, in the order of the flow.
    """
    before = takewhile(lambda name: name != stage, owners)
    return owners[stage] is not None and bool(
        {owners[name] for name in before} - {None, owners[stage]}
    )
