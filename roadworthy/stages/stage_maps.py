"""The stage map of a build: what is declared, and proposals where nothing is."""

import polars as pl

from pipelines.flow import stage_map, stage_proposal
from pipelines.flow.pull_request_protocol import protocol_stages
from pipelines.histories import history
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core
from roadworthy.stages.protocols import by_protocol

_FLOW = {"source": pl.String, "kind": pl.String}


def stage_map_of(
    items: pl.DataFrame, changes: pl.DataFrame, core: Core, policy: Policy
) -> pl.DataFrame:
    """Every status of every source with its stage and the scope (source and kind) it holds in."""
    placed = changes.join(items.select("item_id", "source", "kind"), on="item_id")
    configured, known = _configured(core, policy), by_protocol(core)
    flows = stage_map.flows_to_propose_for(_observed(items, placed), configured, known)
    proposals = [
        protocol_stages(source).filter(pl.col("kind") == kind)
        if source in known
        else _proposed_from_the_flow(source, items, placed, core)
        for source, kind in flows
    ]
    proposed = pl.DataFrame(flows, schema=_FLOW, orient="row")
    declared = configured.join(proposed, on=["source", "kind"], how="anti", maintain_order="left")
    stages = pl.concat([declared, *proposals]).with_columns(
        scope=pl.concat_str("source", "kind", separator="/")
    )
    return _flow_by_flow(stages)


def undeclared_sources(moves: pl.DataFrame, core: Core, policy: Policy) -> list[str]:
    """The sources whose stages may have to be proposed from the moves of their items.

    Args:
        moves: changes of status of some items, with the source and the kind of each.
        core: its frames that are not of single items.
        policy: what was declared. A source of which some move is declared needs no proposal.
    """
    configured, known = _configured(core, policy), by_protocol(core)
    flows = stage_map.flows_to_propose_for(_moved_between(moves), configured, known)
    return sorted({source for source, _ in flows} - known)


def _configured(core: Core, policy: Policy) -> pl.DataFrame:
    sources = core.sources["source"].to_list()
    return stage_map.configured_stages(policy.stages, sources, core.statuses)


def _flow_by_flow(stages: pl.DataFrame) -> pl.DataFrame:
    """Ranks so that one flow comes after the other: readers see each of them whole.

    Only the order within a flow has a meaning; the declared flow comes first.
    """
    flow = pl.when("is_proposed").then("scope").otherwise(pl.lit(""))
    lengths = (
        stages.group_by(flow.alias("flow"))
        .agg(length=pl.col("stage_rank").max() + 1)
        .sort("flow")
        .with_columns(starts_at=pl.col("length").cum_sum() - pl.col("length"))
    )
    shifted = stages.with_columns(flow=flow).join(
        lengths.select("flow", "starts_at"), on="flow", maintain_order="left"
    )
    return shifted.with_columns(stage_rank=pl.col("stage_rank") + pl.col("starts_at")).drop(
        "flow", "starts_at"
    )


def _observed(items: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    shown = items.select("source", "kind", "status_id", status_text="status")
    return pl.concat([shown, _moved_between(history.of_field(changes, "status"))]).unique()


def _moved_between(moves: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        moves.select("source", "kind", status_id=f"{side}_id", status_text=f"{side}_text")
        for side in ("to", "from")
    )


def _proposed_from_the_flow(
    source: str, items: pl.DataFrame, changes: pl.DataFrame, core: Core
) -> pl.DataFrame:
    """Stages by the ids of statuses, which tell a rename and a namesake elsewhere apart."""
    mine = items.filter(pl.col("source") == source)
    moves = history.of_field(changes.filter(pl.col("source") == source), "status")
    known = core.statuses.filter(pl.col("source") == source).sort("status_id")
    ids = known["status_id"].implode()
    resolving = history.of_field(changes, "resolution").filter(pl.col("to_text").is_not_null())
    groups = resolving.select("item_id", "group_end", sets_resolution=pl.lit(True)).unique()
    flow = moves.join(groups, on=["item_id", "group_end"], how="left").select(
        "item_id",
        "sequence",
        from_text=_unit("from_id", "from_text", ids),
        to_text=_unit("to_id", "to_text", ids),
        sets_resolution=pl.col("sets_resolution").fill_null(value=False),
    )
    never_moved = mine.join(moves, on="item_id", how="anti").select(
        "item_id",
        sequence=pl.lit(0, pl.Int32),
        from_text=pl.lit(None, pl.String),
        to_text=_unit("status_id", "status", ids),
        sets_resolution=pl.lit(False),
    )
    categories = known.drop_nulls("category").select("status_id", "category")
    proposed = stage_proposal.propose_by_category(
        source, pl.concat([flow, never_moved]), dict(categories.iter_rows())
    )
    return _named(proposed, known)


def _unit(status_id: str, text: str, ids: pl.Series) -> pl.Expr:
    """What tells one status from another: its id while the tracker knows it, else its name."""
    return pl.when(pl.col(status_id).is_in(ids)).then(status_id).otherwise(text)


def _named(proposed: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Stages under the present names of their statuses, found by id and by a name of their own."""
    names = known.select(stage="status_id", name="status").drop_nulls()
    named = proposed.join(names, on="stage", how="left", maintain_order="left").with_columns(
        stage=pl.coalesce("name", "stage")
    )
    by_name = named.filter(
        pl.col("name").is_not_null() & (pl.len().over(pl.col("name").str.to_lowercase()) == 1)
    ).with_columns(status_key=pl.col("name").str.strip_chars().str.to_lowercase())
    return pl.concat([named, by_name]).select(proposed.columns)
