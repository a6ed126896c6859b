"""The patterns, and what would show each of them in the tables.

Each is examined by itself; several may hold at once. What decides a pattern is an interval that
lies entirely on its side of the threshold; everything else is a hint.
"""

from collections.abc import Callable, Iterator

from pipelines.diagnosis.approval_rows import weigh_rows
from pipelines.diagnosis.committees import committees_grew
from pipelines.diagnosis.evidence import (
    LITTLE,
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
from pipelines.diagnosis.free_approvals import weigh_free_steps

_READY, _SHARED, _BYPASS = 0.8, 1.5, 0.10
"""Readiness below, effective deciders above, bypass above."""
_STAYED = 0.5
"""Part of an excess that is left after the holder changed, from which on it stayed."""


def undefined_readiness(findings: Findings) -> Evidence:
    """Work is handed over that is not ready, and comes back."""
    evidence = Evidence()
    ready = findings.metric("readiness_pass_rate")
    if ready is not None:
        is_few = number(ready, "high") < _READY
        evidence.weigh(
            is_few if is_few or number(ready, "low") >= _READY else None,
            f"only {percent(number(ready, 'estimate'))} of handoffs were ready by the rules",
            f"{percent(number(ready, 'estimate'))} of handoffs were ready by the rules",
        )
    for rule in findings.rows("attribution_rules", rule_kind="readiness"):
        _of_rule(
            evidence,
            rule,
            f"{percent(number(rule, 'exposed_share'))} are handed over without "
            f"'{rule['rule']}', and take",
            f"'{rule['rule']}'",
        )
    _ranked(findings, evidence, "rework", "sending work back")
    return evidence


def joint_decision_right(findings: Findings) -> Evidence:
    """Several decide one thing, so nobody does."""
    evidence = Evidence()
    for right in findings.rows("decision_rights"):
        if known(right, "effective_low"):
            said = f"'{right['decision_right']}' is in fact decided by {_deciders(right)}"
            evidence.weigh(beyond(right, "effective_low", "effective_high", _SHARED), said, said)
    for rule in findings.rows("attribution_rules", rule="several_deciders"):
        _of_rule(evidence, rule, "what several roles decide takes", "deciding together")
    _ranked(findings, evidence, "decision_wait", "waiting for a decision")
    return evidence


def _deciders(right: Row) -> str:
    count = f"{number(right, 'effective_deciders'):.1f}"
    return "one role" if count == "1.0" else f"{count} roles"


def approvals_in_series(findings: Findings) -> Evidence:
    """Approvals stand in a row and find little."""
    evidence = Evidence()
    _ranked(findings, evidence, "approval_wait", "waiting for approval", decides=True)
    weigh_free_steps(evidence, findings)
    weigh_rows(evidence, findings.tables["approvals"])
    return evidence


def capacity_queue(findings: Findings) -> Evidence:
    """More comes than can be done."""
    evidence = Evidence()
    _ranked(findings, evidence, "queue", "waiting in a queue", decides=None)
    queues = [row for row in findings.rows("constraints", cause_kind="queue") if row["queue_trend"]]
    growing = [row for row in queues if row["queue_trend"] == "growing"]
    for queue in growing:
        evidence.weigh(
            True,
            f"the queue '{_place(queue)}' grows: more came than left for half a year",
            "",
            decides=bool(queue["in_rank_set"]),
        )
    evidence.weigh(None if growing or not queues else False, "", "no queue grows")
    return evidence


def scope_churn(findings: Findings) -> Evidence:
    """What is wanted changes while it is built."""
    evidence = Evidence()
    _ranked(
        findings, evidence, "scope_rework", "doing work over whose scope had changed", decides=True
    )
    for rule in findings.rows("attribution_rules", rule="scope_changed"):
        _of_rule(evidence, rule, "an item whose scope is changed takes", "a change of scope")
    return evidence


def intake_bypass(findings: Findings) -> Evidence:
    """Work comes in by the side door."""
    evidence = Evidence()
    bypass = findings.metric("intake_bypass_rate")
    if bypass is not None:
        share = percent(number(bypass, "estimate"))
        evidence.weigh(
            beyond(bypass, "low", "high", _BYPASS),
            f"{share} of what is built came past intake",
            f"{share} of what is built came past intake",
            decides=True,
        )
    return evidence


def dependency(findings: Findings) -> Evidence:
    """Others outside are waited for."""
    evidence = Evidence()
    _ranked(findings, evidence, "external", "waiting for others", decides=True)
    return evidence


def holder_replaced_pattern_stayed(findings: Findings) -> Evidence:
    """Somebody was replaced, and nothing changed."""
    evidence = Evidence()
    for seat in findings.rows("attribution", cause_class="seat"):
        if known(seat, "persistence", "persistence_low"):
            left = percent(number(seat, "persistence"))
            sentence = f"{left} of a seat's delay was left after its holder changed"
            stayed = beyond(seat, "persistence_low", "persistence_high", _STAYED)
            evidence.weigh(stayed, sentence, sentence, decides=True)
    replaced = {"intervention_kind": "replacement", "is_primary": True}
    for effect in findings.rows("intervention_effects", **replaced):
        evidence.weigh(
            {"shown_not_to_help": True, "improved": False}.get(str(effect["verdict"])),
            f"'{effect['intervention']}' was shown not to help",
            f"'{effect['intervention']}' helped",
            decides=True,
        )
    return evidence


def one_person(findings: Findings) -> Evidence:
    """It follows somebody from seat to seat, or left with them."""
    evidence = Evidence()
    untold = findings.rows("attribution", cause_class="seat_or_person")
    for row in findings.rows("attribution", cause_class="person"):
        is_found = row["verdict"] in ("individual", "mixed")
        is_open = bool(untold) or row["verdict"] in ("insufficient_data", "not_identifiable")
        if not is_found and (is_open or not known(row, "posterior")):
            return evidence
        cost = days(number(row, "excess_days")) if known(row, "excess_days") else "time"
        evidence.weigh(
            is_found,
            f"{cost} of the average item follow a person; see what the system explains first",
            "no delay is seen to follow a person",
            decides=True,
        )
    return evidence


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


def _of_rule(evidence: Evidence, rule: Row, takes: str, it: str) -> None:
    """What a rule costs; what is not a cause may yet cost a little."""
    if not known(rule, "met_days", "excess_low"):
        return
    is_seen = number(rule, "excess_low") > 0
    evidence.weigh(
        bool(rule["is_cause"]),
        f"{takes} {days(number(rule, 'met_days'))} longer",
        f"what {it} costs is too little, or too unsure, to be a cause"
        if is_seen
        else f"{it} costs nothing that can be seen",
        decides=True,
    )


def _ranked(
    findings: Findings, evidence: Evidence, kind: str, doing: str, *, decides: bool | None = False
) -> None:
    """What the ranking of causes says of a kind of them: by its largest excess that can be seen.

    It decides, or does so where it is the constraint; None: it only hints.
    """
    cause = _largest(of_kind(findings.rows("constraints"), kind))
    if cause is None:
        return
    costs = f"{doing} costs {days(number(cause, 'excess_days'))} per item beyond normal"
    is_seen, may_be_first = number(cause, "excess_low") > 0, bool(cause["in_rank_set"])
    is_little = number(cause, "share") < LITTLE and cause["verdict"] != "constraint"
    why = "too little to speak for a pattern" if may_be_first else "other causes cost more"
    evidence.weigh(
        None if may_be_first and not is_seen else may_be_first and not is_little,
        f"{costs} ({_place(cause)}), and {_before_others(cause)}",
        f"{costs}: {why}" if is_seen else f"{doing} costs no days beyond normal that can be seen",
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
