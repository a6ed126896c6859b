"""The stages of a proposal: one per status, in the order of the observed flow."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from pipelines.flow.stage_evidence import owner_of
from pipelines.flow.stage_words import kind_by_name
from roadworthy.counting import counted
from roadworthy.proposals.proposal import StageProposal

_PLACE: Final = {"parked": 1, "done": 2, "dropped": 3}
"""Where stages stand that are no step on the way; all others are one flow."""
_OF_CATEGORY: Final = {"new": "queue", "undefined": "queue", "indeterminate": "active"}
_ACTED_IN: Final = ("queue", "active", "decision", "approval")
_PREFIXES: Final = ("label:", "ticket:", "pull_request:")
_BY_GITHUB: Final = "by the way GitHub works"
_NAMES_OF_ISSUES: Final = {"open": "issue open", "closed": "issue closed"}


def proposed_stages(
    flow: pl.DataFrame,
    workflow: tuple[tuple[str, str | None], ...],
    *,
    categorised: frozenset[str],
) -> tuple[StageProposal, ...]:
    """The stages of all flows, one flow after the other.

    Args:
        flow: what :func:`pipelines.flow.stage_evidence.stage_evidence` found, of one source.
        workflow: name and category of every status that items can have; in some none has been.
        categorised: names of the statuses whose category the tracker tells.
    """
    stages: list[StageProposal] = []
    has_pulls = (flow["kind"] == "pull_request").any()
    for (kind,), rows in sorted(flow.partition_by("kind", as_dict=True).items()):
        # How pull requests work is known, and what is a way back in it too.
        ordered = rows.sort("stage_rank", "stage") if kind == "pull_request" else rows
        found = [
            _stage(row, has_pulls=has_pulls, categorised=categorised)
            for row in ordered.iter_rows(named=True)
        ]
        used = sorted(_joined(found), key=lambda one: _PLACE.get(one.kind, 0))
        stages += _with_unused(used, workflow) if kind == "ticket" else used
    return tuple(stages)


def commit_stage(stages: tuple[StageProposal, ...]) -> str | None:
    """The first stage in which work is done by its category, else the first active one.

    Of pull requests alone it is the last in which their author works before a review.
    """
    flow = [one for one in stages if one.kind == "active"]
    if flow and not any(one.is_ticket for one in flow):
        return flow[-1].name
    working = [one for one in flow if one.is_work] or flow
    return working[0].name if working else None


def guarded_stage(stages: tuple[StageProposal, ...]) -> str | None:
    """Where a definition of ready belongs: the queue before the first work, else that work.

    Of pull requests it is where their review begins.
    """
    commit = commit_stage(stages)
    flow = [one for one in stages if one.kind in _ACTED_IN]
    pulls = [one for one in flow if not one.is_ticket]
    if pulls:
        return next((one.name for one in pulls if one.kind == "queue"), None)
    names = [one.name for one in flow]
    if commit is None:
        return None
    place = names.index(commit)
    is_queue = place > 1 and flow[place - 1].kind == "queue"
    return names[place - 1] if is_queue else commit


def _stage(
    row: Mapping[str, object], *, has_pulls: bool, categorised: frozenset[str]
) -> StageProposal:
    name, category = str(row["stage"]), str(row["stage_kind"] or "active")
    is_ticket = row["kind"] == "ticket"
    is_github = has_pulls or row["owner_role"] is not None
    kind = category if is_github else kind_by_name(name, category)
    reason = _BY_GITHUB if is_github else _reason(kind, category, name in categorised)
    owner, why = _owner(row, kind)
    return StageProposal(
        name=_NAMES_OF_ISSUES.get(name, name) if is_ticket and has_pulls else name,
        kind=kind,
        statuses=(_claim(name, str(row["kind"]) if is_github else None),),
        evidence=f"{_counts(row, kind)}; {reason}",
        observed=name,
        is_work=category == "active",
        is_ticket=is_ticket,
        owner=owner,
        owner_evidence=why,
    )


def _claim(status: str, kind: str | None) -> str:
    """The status as a stage names it; one that looks like a prefix gets one that says so."""
    if kind is not None:
        return f"{kind}:{status}"
    return f"ticket:{status}" if status.startswith(_PREFIXES) else status


def _counts(row: Mapping[str, object], kind: str) -> str:
    stays, items = int(str(row["stays"])), int(str(row["items"]))
    if not stays:
        return "nothing has been in it"
    if kind in {"done", "dropped"}:
        return f"{counted(items, 'item')} came to it"
    share = float(str(row["time_share"]))
    told = f"{counted(stays, 'stay')} of {counted(items, 'item')}"
    return f"{share:.1%} of the open time, {told}"


def _reason(kind: str, category: str, is_known: bool) -> str:  # noqa: FBT001 - private
    if kind != category:
        return "kind by its name: a guess"
    return "kind by its category" if is_known else "kind by what became of it: a guess"


def _owner(row: Mapping[str, object], kind: str) -> tuple[str | None, str]:
    if row["owner_role"]:
        return str(row["owner_role"]), _BY_GITHUB
    if kind not in _ACTED_IN:
        return None, ""
    ends, share = int(str(row["ends"])), row["ending_share"]
    if not row["ending_role"] or not isinstance(share, float):
        return None, "the role that must act here, as in [roles]"
    told = f"{row['ending_role']} ended {share:.0%} of the {ends:,} stays"
    owner = owner_of(str(row["ending_role"]), ends, share)
    return owner, told if owner else f"the role that must act here; {told}"


def _with_unused(
    used: list[StageProposal], workflow: tuple[tuple[str, str | None], ...]
) -> list[StageProposal]:
    """The flow with the statuses that items can have and none had.

    Without a stage, the first item in one would be a fault. Those of waiting go before the first
    work, all others behind the last.
    """
    seen = {one.observed.strip().casefold() for one in used}
    unused = [_unused(*one) for one in workflow if one[0].strip().casefold() not in seen]
    works = (number for number, one in enumerate(used) if one.is_work)
    place = next(works, len(used))
    waiting = [one for one in unused if not one.is_work and one.kind not in _PLACE]
    others = [one for one in unused if one not in waiting]
    merged = [*used[:place], *waiting, *used[place:], *others]
    return sorted(merged, key=lambda one: _PLACE.get(one.kind, 0))


def _unused(name: str, category: str | None) -> StageProposal:
    known = _OF_CATEGORY.get(category or "", "done" if category == "done" else "active")
    return StageProposal(
        name=name,
        kind=kind_by_name(name, known),
        statuses=(_claim(name, None),),
        evidence="the workflow has it, and nothing has been in it",
        observed=name,
        is_work=known == "active",
    )


def _joined(found: list[StageProposal]) -> Iterator[StageProposal]:
    """One stage for each name: a status is told by its name, without regard to case and blanks."""
    by_name: dict[str, StageProposal] = {}
    for one in found:
        name = one.name.strip().casefold()
        first = by_name.get(name)
        if first is None:
            by_name[name] = one
            continue
        statuses = dict.fromkeys((*first.statuses, *one.statuses))
        by_name[name] = replace(first, statuses=tuple(statuses))
    yield from by_name.values()
