"""Where building begins in each flow, by which doors it is reached, and when each item entered it.

Build begins at the first active stage at or after the commit stage, and is owned by the role that
owns that stage. The doors before it are the stages of a decision and the one guarded by the
definition of ready; where a flow has neither, the queues before it of the role that builds. Edge
cases:

* The stages of a flow are those of its project: one that exists in other projects only is no door.
* An item enters build at its first active stay there or later, one created there at its birth.
* A ticket that is finished without any such stay never entered build; a sub-task has no row, for
  its parent spoke for it.
"""

import polars as pl

_FLOW = ["scope", "project"]
_STAGE = ("stage", "stage_kind", "owner_role", "stage_rank")


def build_flows(
    visits: pl.DataFrame,
    stage_map: pl.DataFrame,
    commit_ranks: pl.DataFrame,
    *,
    guarded_stage: str | None,
) -> pl.DataFrame:
    """Find where build begins in every flow of tickets, and its doors.

    Args:
        visits: kind, scope, project, stage, stage_kind, owner_role, stage_rank.
        stage_map: scope, project (null: all), stage, stage_kind, owner_role, stage_rank.
        commit_ranks: scope, commit_rank: what :func:`pipelines.promises.commitments.commit_ranks`
            found.
        guarded_stage: the stage the definition of ready guards.

    Returns:
        scope, project, build_rank, build_owner (null: nobody is declared), intake_stages (sorted;
        empty: the flow has no door); sorted.
    """
    stages = _stages_of_flows(visits.filter(pl.col("kind") == "ticket"), stage_map)
    before = pl.col("stage_rank") < pl.col("build_rank")
    is_gate = (pl.col("stage_kind") == "decision") | (
        pl.col("stage") == pl.lit(guarded_stage, pl.String)
    ).fill_null(value=False)
    is_queue = (pl.col("stage_kind") == "queue") & (pl.col("owner_role") == pl.col("build_owner"))
    gates, queues = (
        pl.col("stage").filter((before & chosen).fill_null(value=False)).unique().sort()
        for chosen in (is_gate, is_queue)
    )
    flow = [*_FLOW, "build_rank", "build_owner"]
    doors = pl.when(pl.col("gates").list.len() > 0).then("gates").otherwise("queues")
    return (
        stages.join(_beginnings(stages, commit_ranks), on=_FLOW)
        .group_by(flow)
        .agg(gates=gates, queues=queues)
        .select(*flow, intake_stages=doors)
        .sort(_FLOW)
    )


def build_entries(visits: pl.DataFrame, items: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Find the first entry into build of every ticket that did enter it.

    Args:
        visits: item_id, visit_number, kind, scope, project, stage_kind, stage_rank, entered_at,
            group_end.
        items: item_id, is_subtask.
        flows: what :func:`build_flows` found.

    Returns:
        item_id, entered_build_at, group_end, visit_number, build_owner, intake_stages; sorted.
    """
    whole = items.filter(~pl.col("is_subtask"))
    return (
        visits.filter((pl.col("kind") == "ticket") & (pl.col("stage_kind") == "active"))
        .join(whole, on="item_id", how="semi")
        .join(flows, on=_FLOW)
        .filter(pl.col("stage_rank") >= pl.col("build_rank"))
        .sort("item_id", "visit_number")
        .unique("item_id", keep="first", maintain_order=True)
        .select(
            "item_id",
            "group_end",
            "visit_number",
            "build_owner",
            "intake_stages",
            entered_build_at="entered_at",
        )
    )


def with_doors(visits: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Add ``is_door`` to each stay: whether it was at a door of the flow its item was in then.

    Args:
        visits: scope, project, stage.
        flows: what :func:`build_flows` found.
    """
    doors = flows.select(*_FLOW, stage="intake_stages").explode("stage", empty_as_null=False)
    return visits.join(
        doors.with_columns(is_door=pl.lit(True)),
        on=[*_FLOW, "stage"],
        how="left",
        maintain_order="left",
    ).with_columns(pl.col("is_door").fill_null(value=False))


def accepted_items(visits: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """When each item had been let through a door of its flow: item_id, accepted_at.

    That is the first stay after its first at a door that lies further on and is neither another
    door, parked nor dropped: one that still waits at a door, or was sent back, is not accepted.

    Args:
        visits: item_id, visit_number, scope, project, stage, stage_kind, stage_rank, entered_at.
        flows: what :func:`build_flows` found.
    """
    placed = with_doors(visits.join(flows, on=_FLOW, how="semi"), flows)
    at_door = (
        placed.filter("is_door")
        .sort("item_id", "visit_number")
        .unique("item_id", keep="first", maintain_order=True)
        .select("item_id", door="visit_number", door_rank="stage_rank")
    )
    went_on = (
        (pl.col("visit_number") > pl.col("door"))
        & (pl.col("stage_rank") > pl.col("door_rank"))
        & ~pl.col("is_door")
        & ~pl.col("stage_kind").is_in(["parked", "dropped"])
    )
    return (
        placed.join(at_door, on="item_id")
        .filter(went_on)
        .group_by("item_id")
        .agg(accepted_at=pl.col("entered_at").min())
        .sort("item_id")
    )


def _beginnings(stages: pl.DataFrame, commit_ranks: pl.DataFrame) -> pl.DataFrame:
    """The first active stage of each flow at or after the commit stage."""
    is_built = (pl.col("stage_kind") == "active") & (pl.col("stage_rank") >= pl.col("commit_rank"))
    return (
        stages.join(commit_ranks, on="scope")
        .filter(is_built)
        .sort(*_FLOW, "stage_rank", "stage")
        .group_by(_FLOW, maintain_order=True)
        .agg(build_rank=pl.col("stage_rank").first(), build_owner=pl.col("owner_role").first())
    )


def _stages_of_flows(tickets: pl.DataFrame, stage_map: pl.DataFrame) -> pl.DataFrame:
    """Every stage of every flow of tickets; one that only a label gives is seen in the visits."""
    mapped = stage_map.select("scope", *_STAGE, of_project="project")
    seen = tickets.select("scope", *_STAGE, of_project="project")
    of_project = pl.col("of_project")
    return (
        tickets.select(_FLOW)
        .unique()
        .join(pl.concat([mapped, seen]).unique(), on="scope")
        .filter(of_project.is_null() | (of_project == pl.col("project")))
        .select(*_FLOW, *_STAGE)
        .unique()
    )
