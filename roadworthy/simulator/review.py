"""Pull requests: how a build is reviewed on GitHub, from the first commit to the merge."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from roadworthy.simulator.clock import whole_milliseconds
from roadworthy.simulator.issue import Issue
from roadworthy.simulator.people import CI, Person, Team
from roadworthy.simulator.pull import Event, Pull
from roadworthy.simulator.world import World

DRAFT, SELF_COMMENT, CHANGES, FORCE_PUSHED = 0.2, 0.12, 0.35, 0.4
REQUEST_REMOVED, TEAM_REQUEST, ASSIGNED = 0.05, 0.06, 0.3
DISMISSED, LATE_APPROVAL, BACK_TO_DRAFT = 0.04, 0.04, 0.03
RENAMED, RELABELLED, UNREVIEWED, REOPENED = 0.05, 0.08, 0.05, 0.15
LATER = timedelta(hours=3)


@dataclass(kw_only=True)
class Draw:
    """A pull request being thought up: its span, its people and the events so far."""

    world: World
    team: Team
    author: Person
    opened_at: datetime
    ends_at: datetime
    events: list[Event]

    def at(self, share: float) -> datetime:
        """The instant at that share of the span, to the second as GitHub has it."""
        instant = self.opened_at + (self.ends_at - self.opened_at) * share
        return instant.replace(microsecond=0)

    def note(self, kind: str, share: float, who: Person, **rest: str | Person) -> None:
        """Something happens at that share of the span."""
        event = Event(kind=kind, at=self.at(share), actor=who, **rest)  # type: ignore[arg-type] # fields by name
        self.events.append(event)

    def happens(self, chance: float) -> bool:
        """True with that chance."""
        return self.world.dice.happens(chance)


def open_pull(
    world: World,
    issue: Issue,
    author: Person,
    at: datetime,
    ends_at: datetime,
    *,
    is_merged: bool,
) -> None:
    """Review an issue's build from ``at`` until ``ends_at``, when it is merged or closed."""
    draw = Draw(
        world=world, team=issue.team, author=author, opened_at=at, ends_at=ends_at, events=[]
    )
    slug = issue.state.summary.lower().replace(" ", "-").replace("/", "")[:40]
    is_draft = draw.happens(DRAFT)
    _open(draw, is_draft=is_draft)
    if not draw.happens(UNREVIEWED):
        _review(draw, is_merged=is_merged)
    _close(draw, issue, is_merged=is_merged)
    pull = new_pull(
        draw,
        title=f"{issue.state.key}: {issue.state.summary}",
        branch=f"feature/{issue.state.key}-{slug}",
        is_draft=is_draft,
    )
    pull.item_id = issue.item_id


def new_pull(draw: Draw, *, title: str, branch: str, is_draft: bool) -> Pull:
    """Number the pull request and keep of its events those before the snapshot."""
    world = draw.world
    seen = sorted((e for e in draw.events if e.at < world.ends_at), key=lambda e: e.at)
    for event in seen:
        event.id = world.number("event", 9_000_000_001)
    pull = Pull(
        number=world.number(f"number:{draw.team.key}", 1),
        id=world.number("pull", 1_400_000_001),
        team=draw.team,
        title=title,
        branch=branch,
        author=draw.author,
        created_at=draw.at(0.0),
        is_created_as_draft=is_draft,
        events=seen,
        size={"additions": world.dice.whole(4, 400), "deletions": world.dice.whole(0, 180)},
    )
    world.pulls.append(pull)
    return pull


def _open(draw: Draw, *, is_draft: bool) -> None:
    dice = draw.world.dice
    for place in range(dice.whole(1, 4), 0, -1):
        _commit(draw, -0.02 * place)
    draw.note("labeled", 0.001, CI, subject=draw.team.components[0].lower())
    draw.note("reviewed", 0.002, CI, state="commented", body="Coverage unchanged.")
    if is_draft:
        draw.note("ready_for_review", 0.1, draw.author)
    if draw.happens(ASSIGNED):
        draw.note("assigned", 0.003, draw.author, subject=draw.author)
    if draw.happens(SELF_COMMENT):
        draw.note("reviewed", 0.12, draw.author, state="commented", body="Note to reviewers.")
    if draw.happens(RENAMED):
        draw.note("renamed", 0.2, draw.author, subject="wip")
    if draw.happens(BACK_TO_DRAFT):
        draw.note("convert_to_draft", 0.25, draw.author)
        draw.note("ready_for_review", 0.3, draw.author)


def _commit(draw: Draw, share: float, message: str = "Work in progress") -> None:
    sha = draw.world.dice.hexadecimal(40)
    draw.note("committed", share, draw.author, sha=sha, body=message)


def _review(draw: Draw, *, is_merged: bool) -> None:
    """One or two reviewers; some ask for changes first; what is merged ends approved."""
    dice = draw.world.dice
    others = [p for p in (*draw.team.engineers, draw.team.lead) if p is not draw.author]
    first = dice.pick(others)
    second = dice.pick([p for p in others if p is not first])
    draw.note("review_requested", 0.15, draw.author, subject=first)
    if draw.happens(0.5):
        _second_reviewer(draw, second, is_merged=is_merged)
    if draw.happens(TEAM_REQUEST):
        draw.note("review_requested", 0.16, draw.author, subject=f"{draw.team.key.lower()}-crew")
    if not is_merged or draw.happens(CHANGES):
        draw.note("reviewed", 0.35, first, state="changes_requested", body="See inline.")
        if is_merged:
            _revise(draw, first)
    elif draw.happens(0.3):
        draw.note("reviewed", 0.4, first, state="commented", body="A question inline.")
    if is_merged:
        _approve(draw, first)


def _second_reviewer(draw: Draw, who: Person, *, is_merged: bool) -> None:
    draw.note("review_requested", 0.151, draw.author, subject=who)
    if draw.happens(2 * REQUEST_REMOVED):
        draw.note("review_request_removed", 0.5, draw.author, subject=who)
    elif is_merged and draw.happens(0.7):
        draw.note("reviewed", 0.8, who, state="approved")


def _revise(draw: Draw, reviewer: Person) -> None:
    if draw.happens(FORCE_PUSHED):
        draw.note("head_ref_force_pushed", 0.55, draw.author, sha=draw.world.dice.hexadecimal(40))
    else:
        _commit(draw, 0.55, "Address review")
    draw.note("review_requested", 0.56, draw.author, subject=reviewer)


def _approve(draw: Draw, reviewer: Person) -> None:
    if draw.happens(DISMISSED):
        draw.note("reviewed", 0.7, reviewer, state="dismissed")
        draw.note("review_dismissed", 0.75, draw.author, state="approved", body="Rebased.")
        draw.note("review_requested", 0.76, draw.author, subject=reviewer)
    draw.note("reviewed", 0.95, reviewer, state="approved")


def _close(draw: Draw, issue: Issue, *, is_merged: bool) -> None:
    if issue.state.versions and draw.happens(0.6):
        draw.note("milestoned", 0.17, draw.author, subject=issue.state.versions[0].name)
    if draw.happens(RELABELLED):
        draw.note("labeled", 0.45, CI, subject="needs rebase")
        draw.note("unlabeled", 0.6, CI, subject="needs rebase")
    if is_merged:
        closer = draw.author if draw.happens(0.7) else draw.team.lead
        draw.note("merged", 1.0, closer, sha=draw.world.dice.hexadecimal(40))
        draw.note("closed", 1.0, closer)
        draw.note("head_ref_deleted", 1.0, closer)
        if draw.happens(LATE_APPROVAL):
            late = Event(
                kind="reviewed",
                at=whole_milliseconds(draw.at(1.0) + LATER),
                actor=draw.team.lead,
                state="approved",
            )
            draw.events.append(late)
        return
    if draw.happens(REOPENED):
        draw.note("closed", 0.6, draw.author)
        draw.note("reopened", 0.7, draw.author)
    draw.note("closed", 1.0, draw.author)
