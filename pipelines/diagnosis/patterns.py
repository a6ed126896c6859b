"""The patterns, and what would show each of them in the tables.

Each is looked at for itself; several may hold at once. What decides a pattern is an interval that
excludes nothing on the side of the pattern; everything else is a hint.
"""

from collections.abc import Callable, Iterator

from pipelines.diagnosis.committees import committees_grew
from pipelines.diagnosis.evidence import (
    Evidence,
    Findings,
    Row,
    beyond,
    days,
    known,
    number,
    of_kind,
    percent,
)
from pipelines.statistics.estimate import FEWEST_TOLD

_READY, _SHARED, _BYPASS, _FREE = 0.8, 1.5, 0.10, 0.5
"""Readiness below, effective deciders above, bypass above, approvals without findings above."""
_STAYED = 0.5
"""Part of an excess that is left after the holder changed, from which on it stayed."""


def undefined_readiness(found: Findings) -> Evidence:
    """Work is handed over that is not ready, and comes back."""
    told = Evidence()
    ready = found.metric("readiness_pass_rate")
    if ready is not None:
        is_few = number(ready, "high") < _READY
        told.weigh(
            is_few if is_few or number(ready, "low") >= _READY else None,
            f"only {percent(number(ready, 'estimate'))} of handoffs were ready by the rules",
            f"{percent(number(ready, 'estimate'))} of handoffs were ready by the rules",
        )
    for rule in found.rows("attribution_rules", rule_kind="readiness"):
        _of_rule(
            told,
            rule,
            f"{percent(number(rule, 'exposed_share'))} are handed over without "
            f"'{rule['rule']}', and take",
            f"'{rule['rule']}'",
        )
    _ranked(found, told, "rework", "sending work back")
    return told


def joint_decision_right(found: Findings) -> Evidence:
    """Several decide one thing, so nobody does."""
    told = Evidence()
    for right in found.rows("decision_rights"):
        if known(right, "effective_low"):
            said = f"'{right['decision_right']}' is in fact decided by {_deciders(right)}"
            told.weigh(beyond(right, "effective_low", "effective_high", _SHARED), said, said)
    for rule in found.rows("attribution_rules", rule="several_deciders"):
        _of_rule(told, rule, "what several roles decide takes", "deciding together")
    _ranked(found, told, "decision_wait", "waiting for a decision")
    return told


def _deciders(right: Row) -> str:
    count = f"{number(right, 'effective_deciders'):.1f}"
    return "one role" if count == "1.0" else f"{count} roles"


def approvals_in_series(found: Findings) -> Evidence:
    """Approvals stand in a row and find little."""
    told = Evidence()
    _ranked(found, told, "approval_wait", "waiting for approval", decides=True)
    for step in found.rows("approval_steps"):
        if known(step, "no_finding_low") and number(step, "verdicts") >= FEWEST_TOLD:
            told.weigh(
                beyond(step, "no_finding_low", "no_finding_high", _FREE),
                f"'{step['step']}' finds nothing in "
                f"{percent(number(step, 'no_finding_share'))} of its "
                f"{number(step, 'verdicts'):,.0f} verdicts",
                f"'{step['step']}' finds something in "
                f"{percent(1 - number(step, 'no_finding_share'))} of its "
                f"{number(step, 'verdicts'):,.0f} verdicts",
            )
    return told


def capacity_queue(found: Findings) -> Evidence:
    """More comes than can be done."""
    told = Evidence()
    _ranked(found, told, "queue", "waiting in a queue", decides=None)
    queues = [row for row in found.rows("constraints", cause_kind="queue") if row["queue_trend"]]
    growing = [row for row in queues if row["queue_trend"] == "growing"]
    for queue in growing:
        told.weigh(
            True,
            f"the queue '{_place(queue)}' grows: more came than left for half a year",
            "",
            decides=bool(queue["in_rank_set"]),
        )
    told.weigh(None if growing or not queues else False, "", "no queue grows")
    return told


def scope_churn(found: Findings) -> Evidence:
    """What is wanted changes while it is built."""
    told = Evidence()
    _ranked(found, told, "scope_rework", "doing work over whose scope had changed", decides=True)
    for rule in found.rows("attribution_rules", rule="scope_changed"):
        _of_rule(told, rule, "an item whose scope is changed takes", "a change of scope")
    return told


def intake_bypass(found: Findings) -> Evidence:
    """Work comes in by the side door."""
    told = Evidence()
    bypass = found.metric("intake_bypass_rate")
    if bypass is not None:
        share = percent(number(bypass, "estimate"))
        told.weigh(
            beyond(bypass, "low", "high", _BYPASS),
            f"{share} of what is built came past intake",
            f"{share} of what is built came past intake",
            decides=True,
        )
    return told


def dependency(found: Findings) -> Evidence:
    """Others outside are waited for."""
    told = Evidence()
    _ranked(found, told, "external", "waiting for others", decides=True)
    return told


def holder_replaced_pattern_stayed(found: Findings) -> Evidence:
    """Somebody was replaced, and nothing changed."""
    told = Evidence()
    for seat in found.rows("attribution", cause_class="seat"):
        if known(seat, "persistence", "persistence_low"):
            left = percent(number(seat, "persistence"))
            sentence = f"{left} of a seat's delay was left after its holder changed"
            stayed = beyond(seat, "persistence_low", "persistence_high", _STAYED)
            told.weigh(stayed, sentence, sentence, decides=True)
    replaced = {"intervention_kind": "replacement", "is_primary": True}
    for effect in found.rows("intervention_effects", **replaced):
        told.weigh(
            {"shown_not_to_help": True, "improved": False}.get(str(effect["verdict"])),
            f"'{effect['intervention']}' was shown not to help",
            f"'{effect['intervention']}' helped",
            decides=True,
        )
    return told


def one_person(found: Findings) -> Evidence:
    """It follows somebody from seat to seat, or left with them."""
    told = Evidence()
    untold = found.rows("attribution", cause_class="seat_or_person")
    for row in found.rows("attribution", cause_class="person"):
        is_found = row["verdict"] in ("individual", "mixed")
        is_open = bool(untold) or row["verdict"] in ("insufficient_data", "not_identifiable")
        if not is_found and (is_open or not known(row, "posterior")):
            return told
        cost = days(number(row, "excess_days")) if known(row, "excess_days") else "time"
        told.weigh(
            is_found,
            f"{cost} of the average item follow a person; see what the system explains first",
            "no delay is seen to follow a person",
            decides=True,
        )
    return told


PATTERNS: dict[str, Callable[[Findings], Evidence]] = {
    "undefined_readiness": undefined_readiness,
    "joint_decision_right": joint_decision_right,
    "approvals_in_series": approvals_in_series,
    "capacity_queue": capacity_queue,
    "scope_churn": scope_churn,
    "intake_bypass": intake_bypass,
    "dependency": dependency,
    "committees_grew": committees_grew,
    "holder_replaced_pattern_stayed": holder_replaced_pattern_stayed,
    "one_person": one_person,
}
"""By name, in the order in which they are told."""


def _of_rule(told: Evidence, rule: Row, takes: str, it: str) -> None:
    """What a rule costs; what is not a cause may yet cost a little."""
    if not known(rule, "met_days", "excess_low"):
        return
    is_seen = number(rule, "excess_low") > 0
    told.weigh(
        bool(rule["is_cause"]),
        f"{takes} {days(number(rule, 'met_days'))} longer",
        f"what {it} costs is too little, or too unsure, to be a cause"
        if is_seen
        else f"{it} costs nothing that can be seen",
        decides=True,
    )


def _ranked(
    found: Findings, told: Evidence, kind: str, doing: str, *, decides: bool | None = False
) -> None:
    """What the ranking of causes says of a kind of them: by its largest excess that can be seen.

    It decides, or does so where it is the constraint; None: it only hints.
    """
    cause = _largest(of_kind(found.rows("constraints"), kind))
    if cause is None:
        return
    costs = f"{doing} costs {days(number(cause, 'excess_days'))} per item beyond normal"
    is_seen, may_be_first = number(cause, "excess_low") > 0, bool(cause["in_rank_set"])
    told.weigh(
        None if may_be_first and not is_seen else may_be_first,
        f"{costs} ({_place(cause)}), and {_before_others(cause)}",
        f"{costs}: other causes cost more"
        if is_seen
        else f"{doing} costs no days beyond normal that can be seen",
        decides=decides or (decides is False and cause["verdict"] == "constraint"),
    )


def _before_others(cause: Row) -> str:
    """What may be said of the others beside a cause that may be the first."""
    return "nothing costs more" if cause["rank"] == 1 else "none is shown to cost more"


def _place(cause: Row) -> str:
    """Where it is: what stands behind the colon."""
    name = str(cause["cause"])
    return name.partition(":")[2] or name


def _largest(causes: Iterator[Row]) -> Row | None:
    """The first by rank of those whose excess can be seen, else the first; None of none."""
    return min(
        causes,
        key=lambda row: (-int(number(row, "excess_low") > 0), number(row, "rank")),
        default=None,
    )
