"""The policy of the generated organisations: something of everything that can be declared.

No zone here moves its clocks and nobody has holidays, so that a week is as long as any other. The
names of stages and roles are parts of no other word, so that they can be told apart in any text.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pipelines.policy import (
    Costs,
    DecisionRight,
    DefinitionOfReady,
    Flag,
    Intervention,
    Measures,
    Policy,
    ReadyRule,
    Stage,
    Team,
    WorkingHours,
)

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
SNAPSHOT = MONDAY + timedelta(weeks=20)
JIRA, CODE = "acme", "code"
REPOSITORY = "acme/web"

_WATCHED_FROM = MONDAY + timedelta(weeks=1)
_INTERVENED_ON = (MONDAY + timedelta(weeks=9)).date()
_LEARNT_AT, _LEFT_AT = (MONDAY + timedelta(weeks=week) for week in (3, 6))

_STAGES = (
    Stage("Shaping", "active", "product", 0, ("Idea",)),
    Stage("Steering", "decision", "board", 1, ("Proposed",)),
    Stage("Intake", "queue", "engineering", 2, ("Ready", "Blocked")),
    Stage("Build", "active", "engineering", 3, ("In Progress",)),
    Stage("Vendor", "external", None, 4, ("At Supplier",)),
    Stage("Checking", "queue", "quality", 5, ("In Review",)),
    Stage("Trial", "active", "quality", 6, ("Testing",)),
    Stage("Signing", "approval", "board", 7, ("Sign-off",)),
    Stage("Parking", "parked", None, 8, ("On hold",)),
    Stage("Finish", "done", None, 9, ("Done",)),
)
_READY = DefinitionOfReady(
    "Intake",
    (
        ReadyRule("criteria", "Acceptance Criteria", "minimum_length", length=10),
        ReadyRule("dated", "duedate", "required", item_types=("Story",)),
        ReadyRule("sized", "Story Points", "required"),
        ReadyRule("labelled", "labels", "any_of", values=("ui", "server")),
    ),
)


def _intervened(day: date) -> Intervention:
    return Intervention("Protocol", "governance", day, primary_metric="rejection_rate")


POLICY = Policy(
    stages=_STAGES,
    ready=_READY,
    role_hours={
        "engineering": WorkingHours("Asia/Kolkata", opens=time(10), closes_minute=19 * 60),
        "quality": WorkingHours("America/Phoenix", weekdays=frozenset(range(4))),
    },
    rights=(
        DecisionRight("priority", ("priority",), decides="product", override="board"),
        DecisionRight("timeline", ("duedate", "fixVersions"), decides="board"),
    ),
    flags=(
        Flag("Flagged", "decision", "priority"),
        Flag("label:blocked:decision", "decision", "budget"),
        Flag("label:blocked:external", "external"),
    ),
    measures=Measures(
        bulk_items=12, dropped_resolutions=("Won't Do",), bypass_exempt_types=("Bug",)
    ),
    benchmarks={"decision_wait_days": 2.0, "approval_wait_days": 1.0},
    costs=Costs("EUR", (1000.0, 3000.0), 80.0),
    teams=(Team("Web", projects=("WEB", REPOSITORY)),),
    role_order=("product", "engineering", "quality", "board"),
    interventions=(_intervened(_INTERVENED_ON),),
    watched_since={CODE: _WATCHED_FROM},
)
STATUSES = tuple(status for stage in POLICY.stages for status in stage.statuses)

ROLES = {
    "ada": "product",
    "ben": "engineering",
    "dan": "engineering",
    "eva": "quality",
    "max": "board",
}
PEOPLE = (*ROLES, "bot", "stranger", None)


def policy_at(weeks_later: int) -> Policy:
    """The policy of the same organisation, its dates moved by a number of weeks."""
    later = timedelta(weeks=weeks_later)
    return replace(
        POLICY,
        interventions=(_intervened(_INTERVENED_ON + later),),
        watched_since={CODE: _WATCHED_FROM + later},
    )


def held_roles(later: timedelta) -> Iterator[dict[str, Any]]:
    """Who has which role when: Dan comes to test what others build, and for a while does both."""
    for who, role in ROLES.items():
        until = _LEFT_AT + later if who == "dan" else None
        yield {"actor_id": who, "role": role, "valid_until": until}
    yield {"actor_id": "dan", "role": "quality", "valid_from": _LEARNT_AT + later}
