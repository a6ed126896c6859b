"""Steps of approval that find nothing, and take a part of an item's time that matters.

That a step finds nothing is said where the whole interval of its share lies above the limit: of a
step that never found anything, from 73 verdicts on. What such a step takes is the wait in the stage
of that name. Reviews have no stage each: what all waiting for approval takes that is in no stage of
a step is theirs together, which is the most that one of them can take. Where there is no such wait
the reviews are given in other stages, and what they take is unknown.
"""

from pipelines.diagnosis.evidence import (
    LITTLE,
    Evidence,
    Findings,
    Row,
    beyond,
    known,
    number,
    percent,
)
from pipelines.statistics.estimate import FEWEST_TOLD

_FREE = 0.95
"""Part of the verdicts of a step without a finding, above which it finds nothing."""


def weigh_free_steps(evidence: Evidence, findings: Findings) -> None:
    """Note of each step whether it finds nothing and is waited for long.

    What finds nothing and takes less than a twentieth of an item's time speaks against.
    """
    steps = findings.rows("approval_steps")
    stages = {f"approval_wait:{row['step']}" for row in steps if row["channel"] == "approval"}
    for step in steps:
        if known(step, "no_finding_low") and number(step, "verdicts") >= FEWEST_TOLD:
            _weigh(evidence, step, _taken(findings, step, stages))


def _taken(findings: Findings, step: Row, stages: set[str]) -> float | None:
    """The part of an item's time that waiting for a step takes; None where it is unknown."""
    if not findings.rows("latency_shares"):
        return None
    own, is_review = f"approval_wait:{step['step']}", step["channel"] == "review"
    waits = [
        row
        for row in findings.rows("latency_shares", cause_kind="approval_wait")
        if (row["component"] not in stages if is_review else row["component"] == own)
    ]
    if (is_review and not waits) or not all(known(row, "share") for row in waits):
        return None
    return sum(number(row, "share") for row in waits)


def _weigh(evidence: Evidence, step: Row, taken: float | None) -> None:
    is_free = beyond(step, "no_finding_low", "no_finding_high", _FREE)
    verdicts = f"of its {number(step, 'verdicts'):,.0f} verdicts"
    if not is_free:
        some = percent(1 - number(step, "no_finding_share"))
        evidence.weigh(is_free, "", f"'{step['step']}' finds something in {some} {verdicts}")
    elif taken is not None:
        none = percent(number(step, "no_finding_share"))
        nothing = f"'{step['step']}' finds nothing in {none} {verdicts}"
        waiting = f"waiting for {'reviews' if step['channel'] == 'review' else 'it'} takes"
        evidence.weigh(
            taken >= LITTLE,
            f"{nothing}, and {waiting} {percent(taken)} of an item's time",
            f"{nothing}, but {waiting} only {percent(taken)} of an item's time",
        )
