"""What the invented organisation declares: its stages, its teams, and what it regards as normal."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from benchmarks import location_life as life
from benchmarks.location_teams import NORMAL
from pipelines.policy import Policy, Stage, Team

DAYS = {"decision_wait_days": 1.7, "approval_wait_days": 2.4, "queue_wait_days": 1.5}
"""Calendar days per item of an organisation in which nothing is planted; the wait in the queue is
that of the first time, for later ones belong to what brought the item back."""
RATES = {
    "rejection_rate": NORMAL.readiness,
    "scope_rework_rate": NORMAL.scope * life.RETURNED,
}
WRONG = "normals wrong"
_WRONG_BY = 0.5

STAGES = (
    Stage("Shape", "active", life.PRODUCT, 0, (life.SHAPING,)),
    Stage("Decide", "decision", life.LEADERSHIP, 1, (life.DECIDING,)),
    Stage("Ready for Dev", "queue", life.ENGINEERING, 2, (life.READY,)),
    Stage("Build", "active", life.ENGINEERING, 3, (life.BUILDING,)),
    Stage("Review", "approval", life.APPROVAL, 4, (life.REVIEW, life.SECOND_REVIEW)),
    Stage("Release", "done", None, 5, (life.RELEASED,)),
    Stage("Dropped", "dropped", None, 6, (life.WONT_DO,)),
)


def project(team: int) -> str:
    """The key of the project of a team."""
    return f"T{team + 1}"


def policy(teams: int) -> Policy:
    """The policy of an organisation of so many teams, its normals as they are in truth."""
    return Policy(
        stages=STAGES,
        benchmarks={**DAYS, **RATES},
        teams=tuple(Team(f"Team {one + 1}", (project(one),)) for one in range(teams)),
        role_order=(life.PRODUCT, life.LEADERSHIP, life.ENGINEERING, life.APPROVAL),
    )


def variants(dice: np.random.Generator, told: Policy) -> Mapping[str, Policy]:
    """The same with wrong normals, each by a factor of its own, and with none at all."""
    wrong = {
        name: value * float(np.exp(dice.normal(0.0, _WRONG_BY)))
        for name, value in told.benchmarks.items()
    }
    return {
        "": told,
        WRONG: replace(told, benchmarks=wrong),
        "none declared": replace(told, benchmarks={}),
    }
