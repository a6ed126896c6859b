"""What a simulation leaves behind: everything the trackers hold, and the truth beside it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from roadworthy.simulator.dirt import STATUS_RENAMED_DAY
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.ledger import Ledger
from roadworthy.simulator.pull import GitHubIssue, Pull
from roadworthy.simulator.release import Release, Sprint
from roadworthy.simulator.scenario import Scenario
from roadworthy.simulator.workflow import HEIRS, STATUSES, Status
from roadworthy.simulator.world import World


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation at its snapshot. Lists are in the order in which things came into being."""

    seed: int
    scenario: Scenario
    started_at: datetime
    ends_at: datetime
    status_renamed_at: datetime
    issues: tuple[Issue, ...]
    pulls: tuple[Pull, ...]
    github_issues: tuple[GitHubIssue, ...]
    releases: tuple[Release, ...]
    sprints: tuple[Sprint, ...]
    truth: Ledger

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses that its tracker has or had."""
        return STATUSES if self.scenario.noise.heirs_day is None else (*STATUSES, *HEIRS)

    @classmethod
    def of(cls, world: World, *, seed: int) -> Self:
        """The organisation as the world stands now."""
        return cls(
            seed=seed,
            scenario=world.scenario,
            started_at=world.started_at,
            ends_at=world.ends_at,
            status_renamed_at=world.instant(STATUS_RENAMED_DAY),
            issues=tuple(world.issues),
            pulls=tuple(world.pulls),
            github_issues=tuple(world.github_issues),
            releases=tuple(r for key in sorted(world.releases) for r in world.releases[key]),
            sprints=tuple(s for key in sorted(world.sprints) for s in world.sprints[key]),
            truth=world.ledger,
        )
