"""Intake: by which door each item entered build, or whether it was let in by none.

A *bypass* was at no door of its flow (:mod:`pipelines.scope.build_entries`) before it entered
build; a merged pull request without a ticket is one (:mod:`pipelines.scope.unticketed_merges`).
Edge cases:

* A stay of no length at a door is a visit of it: two clicks at one instant did pass it.
* An item that was at no door is no bypass where the epic it then belonged to had been let through.
* Assignments before that are told apart by :mod:`pipelines.scope.early_assignments`.
* The type of an item is the one it had when it entered; exempt types are marked and not left out.
* *Injected* is what was added to a release or sprint later than its commitment; null where it was
  in none that was watched after that, as in an archive, which shows releases at its end only.
* Scope edits are those of people, one by one, after the click that enters build and before the end;
  what an item was created with, and a click that leaves a field as it was, are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from pipelines.decisions.clicks import after_creation, clicks
from pipelines.histories import history
from pipelines.histories.actor_roles import BOT
from pipelines.histories.field_names import SCOPE_FIELDS
from pipelines.scope.build_entries import accepted_items, with_doors
from pipelines.scope.early_assignments import early_assignments


@dataclass(frozen=True, slots=True)
class IntakeEvidence:
    """What is looked at beside the entries themselves."""

    flows: pl.DataFrame
    """What :func:`pipelines.scope.build_entries.build_flows` found."""
    visits: pl.DataFrame
    """item_id, visit_number, scope, project, stage, stage_kind, stage_rank, entered_at."""
    changes: pl.DataFrame
    """With ``group_end``, ``actor_role`` and ``is_bulk``."""
    present: pl.DataFrame
    """The values the tracker shows now."""
    actor_roles: pl.DataFrame
    """actor_id, role, valid_from, valid_until (null: without bound)."""
    memberships: pl.DataFrame
    """What :func:`pipelines.scope.memberships.memberships` found."""
    placements: pl.DataFrame
    """What :func:`pipelines.scope.scope_injection.placements` found."""


def intake(
    entries: pl.DataFrame,
    merges: pl.DataFrame,
    items: pl.DataFrame,
    evidence: IntakeEvidence,
    *,
    exempt_types: tuple[str, ...] = (),
) -> pl.DataFrame:
    """Tell of every item that entered build how it did.

    Args:
        entries: what :func:`pipelines.scope.build_entries.build_entries` found.
        merges: what :func:`pipelines.scope.unticketed_merges.unticketed_merges` found.
        items: item_id, team, item_type, created_at, born_at, ended_at (end or snapshot).
        evidence: the frames it is read from.
        exempt_types: types of item that may enter by any way.

    Returns:
        The columns of ``main.intake``, sorted.
    """
    entered = (
        pl.concat([entries, merges], how="diagonal_relaxed")
        .join(items.select("item_id", "team", "item_type", "created_at", "ended_at"), on="item_id")
        .sort("item_id")
    )
    rows = _with_type_then(entered, items, evidence)
    for facts in _facts(entries, entered, evidence):
        rows = rows.join(facts, on="item_id", how="left")
    return rows.select(
        "item_id",
        "team",
        "item_type",
        "entered_build_at",
        is_bypass=_is_bypass(),
        is_early_assignment="is_early",
        is_injected_after_commit="is_injected",
        is_exempt=pl.col("item_type").is_in(exempt_types).fill_null(value=False),
        scope_edit_count=pl.col("edits").fill_null(0).cast(pl.Int32),
    ).sort("item_id")


def _facts(
    entries: pl.DataFrame, entered: pl.DataFrame, evidence: IntakeEvidence
) -> Iterator[pl.DataFrame]:
    """What is known of some of the items, one row each."""
    yield _at_a_door(entries, with_doors(evidence.visits, evidence.flows))
    yield _of_an_accepted_epic(entries, evidence)
    yield early_assignments(entries, evidence.changes, evidence.actor_roles)
    yield _injections(evidence.placements)
    yield _scope_edits(entered, evidence.changes)


def _with_type_then(
    entered: pl.DataFrame, items: pl.DataFrame, evidence: IntakeEvidence
) -> pl.DataFrame:
    """The type an item had when it entered, where that is known."""
    types = history.timeline(evidence.changes, evidence.present, items, "issuetype").rename(
        {"value_text": "type_then"}
    )
    return history.as_of(types, entered, columns=("type_then",)).with_columns(
        item_type=pl.coalesce("type_then", "item_type")
    )


def _is_bypass() -> pl.Expr:
    """A merge has no flow of its own, and came in by no door."""
    is_merge = pl.col("intake_stages").is_null()
    came_in = pl.col("is_at_door").is_not_null() | pl.col("is_accepted").is_not_null()
    has_doors = pl.col("intake_stages").list.len() > 0
    return pl.when(is_merge).then(pl.lit(True)).when(has_doors).then(~came_in)


def _at_a_door(entries: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """The items that had been at a door of their flow before."""
    at_doors = visits.filter("is_door").select("item_id", earlier="visit_number")
    passed = pl.col("earlier") < pl.col("visit_number")
    at_door = entries.join(at_doors, on="item_id").filter(passed).select("item_id").unique()
    return at_door.with_columns(is_at_door=pl.lit(True))


def _of_an_accepted_epic(entries: pl.DataFrame, evidence: IntakeEvidence) -> pl.DataFrame:
    """The items whose epic of that moment had been let through a door of its own flow."""
    epics = evidence.memberships.filter(pl.col("subject_kind") == "epic").select(
        "item_id", "joined_at", "left_at", epic_id="subject_id"
    )
    of_epics = evidence.visits.join(epics, left_on="item_id", right_on="epic_id", how="semi")
    accepted = accepted_items(of_epics, evidence.flows).rename({"item_id": "epic_id"})
    then = pl.col("entered_build_at")
    belonged = (pl.col("joined_at") <= then) & (
        pl.col("left_at").is_null() | (then < pl.col("left_at"))
    )
    return (
        entries.join(epics, on="item_id")
        .join(accepted, on="epic_id")
        .filter(belonged & (pl.col("accepted_at") <= then))
        .select("item_id")
        .unique()
        .with_columns(is_accepted=pl.lit(True))
    )


def _injections(placements: pl.DataFrame) -> pl.DataFrame:
    """Whether an item came into one of its releases and sprints after the commitment."""
    is_watched = pl.col("committed_at") < pl.col("ended_at")
    return (
        placements.filter(pl.col("subject_kind").is_in(["release", "sprint"]) & is_watched)
        .group_by("item_id")
        .agg(pl.col("is_injected").any())
    )


def _scope_edits(entered: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """How often what an item asks for was changed while it was built, field by field and click."""
    edits = history.of_fields(changes, [field.lower() for field in SCOPE_FIELDS])
    while_built = (pl.col("group_end") > pl.col("entry_end")) & (
        pl.col("changed_at") < pl.col("ended_at")
    )
    by_hand = edits.filter((pl.col("actor_role") != BOT) & ~pl.col("is_bulk"))
    return (
        clicks(after_creation(by_hand, entered))
        .join(entered.select("item_id", "ended_at", entry_end="group_end"), on="item_id")
        .filter(while_built)
        .group_by("item_id")
        .agg(edits=pl.len())
    )
