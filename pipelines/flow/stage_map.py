"""Which stage a status belongs to, within a source, a kind of item and a project.

The configuration decides where it names a status of a source. A source of which it names none gets
stages of its own, proposed from the categories of its statuses and the flow observed
(:mod:`pipelines.flow.stage_proposal`); so do the pull requests or the issues of a GitHub of whose
statuses it does not name most. A status that is named nowhere in a flow that is configured belongs
to no stage: it stays visible under its own name and is an error of the audit.
"""

from collections.abc import Iterator

import polars as pl

from pipelines.policy import Stage

STAGE_MAP = pl.Schema(
    {
        "source": pl.String,
        "kind": pl.String,
        "project": pl.String,
        "status_key": pl.String,
        "stage": pl.String,
        "stage_kind": pl.String,
        "owner_role": pl.String,
        "stage_rank": pl.Int32,
        "is_proposed": pl.Boolean,
    }
)
"""``project`` is null where the stage exists in all of them; ``status_key`` is a name or an id."""

_MOST = 0.5
_LABEL = "label:"
_KINDS = ("ticket", "pull_request")


def status_key(name: str) -> str:
    """How names of statuses are compared: without regard to case and outer blanks."""
    return name.strip().lower()


def configured_stages(
    stages: tuple[Stage, ...], sources: list[str], statuses: pl.DataFrame
) -> pl.DataFrame:
    """The map that the configuration declares, for each of these sources.

    A status named as it is called now is found under its former names too, by its id.

    Args:
        stages: the declared stages.
        sources: names of the sources.
        statuses: source, status_id, status: the statuses known by id.
    """
    rows = [
        (source, kind, project, status_key(status), stage.name, stage.kind, stage.owner, stage.rank)
        for source in sources
        for stage in stages
        for kind, status in _kinds_and_names(stage.statuses)
        for project in stage.projects or (None,)
    ]
    schema = {name: dtype for name, dtype in STAGE_MAP.items() if name != "is_proposed"}
    declared = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        is_proposed=pl.lit(False)
    )
    names = statuses.select(
        "source", "status_id", status_key=pl.col("status").str.strip_chars().str.to_lowercase()
    )
    by_id = declared.join(names, on=["source", "status_key"]).with_columns(status_key="status_id")
    return pl.concat([declared, by_id.select(declared.columns)])


def _kinds_and_names(statuses: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The kinds of item a status is meant for: both, unless it names one, as in ticket:closed."""
    for status in statuses:
        if status.startswith(_LABEL):
            continue
        named = [kind for kind in _KINDS if status.startswith(f"{kind}:")]
        for kind in named or _KINDS:
            yield kind, status.removeprefix(f"{kind}:")


def label_stages(stages: tuple[Stage, ...]) -> Iterator[tuple[str, Stage]]:
    """The labels that put an item into a stage while it carries them; the first stage wins."""
    for stage in stages:
        for status in stage.statuses:
            if status.startswith(_LABEL):
                yield status.removeprefix(_LABEL), stage


def flows_to_propose_for(
    observed: pl.DataFrame, configured: pl.DataFrame, protocols: frozenset[str]
) -> list[tuple[str, str]]:
    """The flows (a kind of item in a source) that the configuration does not speak of.

    Args:
        observed: source, kind, status_id, status_text: the statuses seen.
        configured: the configured map.
        protocols: the sources whose statuses are those of a protocol and nobody's choice. One of
            those may be called as a status elsewhere is (a pull request is *closed*, as a ticket
            is), so that the configuration must name most of them to have spoken of them.
    """
    keys = configured.select("source", "kind", "status_key", is_named=pl.lit(True)).unique()
    seen = observed.with_columns(
        pl.col("status_id", "status_text").str.strip_chars().str.to_lowercase()
    )
    for column in ("status_id", "status_text"):
        named = keys.rename({"status_key": column, "is_named": f"{column}_is_named"})
        seen = seen.join(named, on=["source", "kind", column], how="left")
    is_named = pl.any_horizontal("status_id_is_named", "status_text_is_named").fill_null(
        value=False
    )
    shares = seen.group_by("source", "kind").agg(share=is_named.mean())
    is_protocol = pl.col("source").is_in(protocols)
    is_spoken_of = pl.when(is_protocol).then(pl.col("share") > _MOST).otherwise(pl.col("share") > 0)
    flows = shares.filter(~is_spoken_of).sort("source", "kind")
    return list(flows.select("source", "kind").iter_rows())


def with_stages(steps: pl.DataFrame, stage_map: pl.DataFrame) -> pl.DataFrame:
    """Add stage, stage_kind, owner_role, stage_rank and is_proposed to steps.

    Args:
        steps: source, kind, project, status_id, status_text.
        stage_map: as above.

    The most particular entry wins: project before all projects, id before name.
    """
    result = steps.with_columns(
        _name_key=pl.col("status_text").str.strip_chars().str.to_lowercase(),
        _id_key=pl.col("status_id"),
    )
    value_columns = ("stage", "stage_kind", "owner_role", "stage_rank", "is_proposed")
    candidates: list[str] = []
    for scope, within in (("project", True), ("all", False)):
        part = stage_map.filter(pl.col("project").is_not_null() == within)
        keys = ["source", "kind", *(["project"] if within else [])]
        for key in ("_id_key", "_name_key"):
            name = f"_{scope}{key}"
            candidates.append(name)
            entries = part.unique([*keys, "status_key"], keep="first", maintain_order=True).select(
                *keys, pl.col("status_key").alias(key), pl.struct(value_columns).alias(name)
            )
            result = result.join(entries, on=[*keys, key], how="left", maintain_order="left")
    found = pl.coalesce(candidates)
    return result.with_columns(
        *(found.struct.field(column).alias(column) for column in value_columns)
    ).drop("_name_key", "_id_key", *candidates)
