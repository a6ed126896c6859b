"""Which planted cause a word names: a component of the ledger, or a stage.

A ledger that stands still cannot tell too few engineers from a rare intake: both show in the queue
in front of the build, so that its name is right for either.
"""

from benchmarks.location_cells import Cause

STAGE = "stage:"
"""Before the name of a stage, where a method can name nothing else."""
_QUEUE, _BUILD = "Ready for Dev", "Build"

_COMPONENTS: dict[str, frozenset[Cause]] = {
    "decision_wait:Decide": frozenset({"decision"}),
    "approval_wait:Review": frozenset({"approvals"}),
    "scope_rework": frozenset({"scope"}),
    f"queue:{_QUEUE}": frozenset({"capacity", "intake"}),
    # A method of stages is given the cause of a stage that suits it best.
    "stage:Shape": frozenset({"readiness"}),
    "stage:Decide": frozenset({"decision"}),
    f"stage:{_QUEUE}": frozenset({"capacity", "intake"}),
    f"stage:{_BUILD}": frozenset({"capacity"}),
    "stage:Review": frozenset({"approvals"}),
}
_STAGES: dict[Cause, frozenset[str]] = {
    "decision": frozenset({"Decide"}),
    "approvals": frozenset({"Review"}),
    "readiness": frozenset({"Shape", _QUEUE}),
    "scope": frozenset({_BUILD}),
    "capacity": frozenset({_QUEUE, _BUILD}),
    "intake": frozenset({_QUEUE}),
}
"""Where a cause is at home."""


def names_cause(word: str, cause: Cause) -> bool:
    """Whether a word names a cause."""
    if word.startswith("rework:") and word.endswith(f"->{_QUEUE}"):
        return cause == "readiness"
    return cause in _COMPONENTS.get(word, frozenset())


def names_stage(word: str, cause: Cause) -> bool:
    """Whether a word names at least a stage in which the cause is at home."""
    stage = word.partition(":")[2].rpartition("->")[2]
    return names_cause(word, cause) or stage in _STAGES[cause]
