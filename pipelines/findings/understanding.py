"""Whether statuses, actors and ends are understood; and what the configuration leaves open."""

from collections.abc import Iterator

import polars as pl

from pipelines.audit import EVERY_SOURCE, Finding, counted
from pipelines.cohorts.scopes import Scopes
from pipelines.histories.actor_roles import MOST_UNKNOWN, UNKNOWN
from pipelines.policy import Policy

_TWO_ENDS = 2
"""Owners that a handoff has."""
_NAMES_OF_NOT_DONE = (
    "won't fix",
    "won't do",
    "wontfix",
    "duplicate",
    "cannot reproduce",
    "incomplete",
    "declined",
    "invalid",
    "abandoned",
    "not planned",
)


def stays_in_stages(visits: pl.DataFrame) -> pl.DataFrame:
    """How often items stayed in each stage or status, and how long in all; these add up.

    Args:
        visits: source, stage, stage_kind, is_proposed, entered_at, until.

    Returns:
        source, stage, stage_kind, is_proposed, visits, microseconds: one row for each.
    """
    keys = ("source", "stage", "stage_kind", "is_proposed")
    length = (pl.col("until") - pl.col("entered_at")).dt.total_microseconds()
    return visits.group_by(keys).agg(visits=pl.len(), microseconds=length.sum()).sort(keys)


def statuses(stages: pl.DataFrame) -> Iterator[Finding]:
    """Statuses mapped to no stage, and stages that were proposed.

    Args:
        stages: as :func:`stays_in_stages` gives them.
    """
    for (source,), rows in stages.partition_by("source", as_dict=True).items():
        total = float(rows["microseconds"].sum()) or 1.0
        unmapped = rows.filter(pl.col("stage_kind").is_null())
        for (status,), part in unmapped.partition_by("stage", as_dict=True).items():
            share = float(part["microseconds"].sum()) / total
            yield Finding(
                str(source),
                "unmapped_status",
                "error",
                f"No stage names the status '{status}', in which items spent {share:.1%} of their "
                "time; add it to a stage in roadworthy.toml.",
                subject=str(status),
                expected=0,
                found=int(part["visits"].sum()),
                share=share,
            )
        proposed = rows.filter("is_proposed")["stage"].unique().sort()
        if len(proposed):
            yield Finding(
                str(source),
                "stages_proposed",
                "info",
                "No stage is declared for this source; "
                f"{counted(len(proposed), 'was', 'were')} proposed from the categories of its "
                f"statuses and the flow observed: {', '.join(proposed)}.",
                found=len(proposed),
            )


def actors(acts: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """Changes whose actor has no role.

    Args:
        acts: source, actor_role, changes (how many).
        policy: what was declared.
    """
    if not policy.role_order:
        yield Finding(
            EVERY_SOURCE,
            "no_roles_declared",
            "info",
            "Nobody's role is declared, so that who moved an item cannot be told from who owns the "
            "stage: every return counts as a rejection, and only a pull request that its author "
            "takes back can be recalled. Declare [roles].",
        )
        return
    by_source = acts.group_by("source").agg(
        pl.col("changes").sum(),
        unknown=pl.col("changes").filter(pl.col("actor_role") == UNKNOWN).sum(),
    )
    for source, changes, unknown in by_source.sort("source").iter_rows():
        if unknown:
            share = unknown / changes
            yield Finding(
                source,
                "unknown_actors",
                "warning" if share > MOST_UNKNOWN else "info",
                f"{unknown:,} of {changes:,} changes were made by somebody without a declared role"
                + (
                    ": what rests on roles is not to be relied on." if share > MOST_UNKNOWN else "."
                ),
                expected=changes,
                found=changes - unknown,
                share=share,
            )


def ends(items: pl.DataFrame, lives: pl.DataFrame, policy: Policy) -> Iterator[Finding]:
    """Ends without evidence in the history, and done items whose resolution says otherwise."""
    joined = lives.join(items.select("item_id", "source", "resolution", "born_at"), on="item_id")
    by_evidence = joined.filter(
        pl.col("is_ended") & (pl.col("visit_count") == 1) & (pl.col("ended_at") > pl.col("born_at"))
    )
    for (source,), rows in sorted(by_evidence.partition_by("source", as_dict=True).items()):
        yield Finding(
            str(source),
            "ended_without_history",
            "warning",
            f"{counted(rows.height, 'item')} ended and no history shows how; the tracker's own "
            "instant of resolution is taken as the end.",
            found=rows.height,
        )
    named = pl.col("resolution").str.to_lowercase().is_in(_NAMES_OF_NOT_DONE)
    if not policy.measures.dropped_resolutions:
        for (source,), rows in sorted(
            joined.filter(pl.col("is_done") & named).partition_by("source", as_dict=True).items()
        ):
            names = ", ".join(rows["resolution"].unique().sort())
            yield Finding(
                str(source),
                "done_but_not_done",
                "info",
                f"{counted(rows.height, 'finished item')} with a resolution such as {names} "
                "counted as done; name such resolutions in measures.dropped_resolutions to count "
                "them as dropped.",
                found=rows.height,
            )


def counts(*, misclicks: int, bulk_changes: int, withheld: Scopes) -> Iterator[Finding]:
    """What was merged, set apart or withheld."""
    if misclicks:
        yield Finding(
            EVERY_SOURCE,
            "misclicks_merged",
            "info",
            f"Merged into the stay around it: {counted(misclicks, 'stay')} shorter than the "
            "debounce, undone at once.",
            found=misclicks,
        )
    if bulk_changes:
        yield Finding(
            EVERY_SOURCE,
            "bulk_changes",
            "info",
            f"Part of bulk edits: {counted(bulk_changes, 'change')}, kept in effect and counted as "
            "no handoff, rejection or slip.",
            found=bulk_changes,
        )
    if withheld.withheld:
        yield Finding(
            EVERY_SOURCE,
            "groups_withheld",
            "info",
            f"Counted in the organisation only: {counted(len(withheld.withheld), 'group')} with "
            "too few people to be shown.",
            found=len(withheld.withheld),
        )


def not_measured(policy: Policy, *, has_handoffs: bool, has_dates: bool) -> Iterator[Finding]:
    """What the report cannot say yet, and what it would need."""
    if not has_handoffs:
        owners = {stage.owner for stage in policy.stages if stage.owner is not None}
        detail = (
            "No handoff can be judged: give the stages in roadworthy.toml the role that owns each."
            if len(owners) < _TWO_ENDS
            else "No handoff can be judged: no history shows an item move from a stage of one role "
            "to a stage of another."
        )
        yield Finding(EVERY_SOURCE, "no_handoffs", "info", detail)
    if policy.ready is None:
        yield Finding(
            EVERY_SOURCE,
            "no_definition_of_ready",
            "info",
            "Readiness is not measured: write a [definition_of_ready] with the stage it guards.",
        )
    if not has_dates:
        yield Finding(
            EVERY_SOURCE,
            "no_dates",
            "info",
            "No item ever had a due date or a dated release: promises cannot be measured.",
        )
