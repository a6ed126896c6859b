"""What the data can say of declared changes: whose they are, and how long is known around them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from roadworthy.checking.finding import Finding
from roadworthy.checking.near import near
from roadworthy.config.model import Intervention
from roadworthy.counting import counted

_FEW_WEEKS: Final = 8

Known: TypeAlias = tuple[date, date]
"""The first and the last day of which anything is known."""


def change_findings(
    changes: Sequence[Intervention], teams: Mapping[str, Known]
) -> Iterator[Finding]:
    """A finding for each team of a change that no item has, and one for the weeks around it.

    Args:
        changes: what was declared.
        teams: every team that items have, with what is known of them; none: nothing is said.
    """
    if not changes:
        yield Finding("note", "before and after", "no intervention is declared: none can be judged")
    for change in changes if teams else ():
        named = dict.fromkeys((*change.teams, *change.rollout)) or teams
        for team in named:
            if team not in teams:
                yield _unheard_of(change, team, teams)
        if concerned := [teams[team] for team in named if team in teams]:
            yield _around(change, concerned)


def _unheard_of(change: Intervention, team: str, teams: Mapping[str, Known]) -> Finding:
    return Finding(
        "warning",
        f"interventions '{change.name}'",
        f"no item is of team '{team}', which it names: it has no effect there that could be seen",
        near(team, teams, otherwise="name teams that items have"),
    )


def _around(change: Intervention, concerned: Sequence[Known]) -> Finding:
    first, last = min(one for one, _ in concerned), max(one for _, one in concerned)
    before, after = _weeks(first, change.on), _weeks(change.on, last)
    is_short = min(before, after) < _FEW_WEEKS
    return Finding(
        "warning" if is_short else "ok",
        f"before and after '{change.name}'",
        f"{counted(before, 'week')} before it and {after} after",
        f"too few to tell much; {_FEW_WEEKS} on each side are the least" if is_short else "",
    )


def _weeks(first: date, last: date) -> int:
    return max((last - first).days // 7, 0)
