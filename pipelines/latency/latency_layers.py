"""The layers of latency: what each item was waiting for or being worked on, and what owns it.

A layer says of an item that from one instant to another a component had a claim on its time. Of the
claims on one second the strongest owns it: an external block before a wait for a decision before
one for an approval before rework before scope rework before the queue or the work of the stage
before a pause. Edge cases:

* Flags outrank the stage they are raised in: an item that is blocked in development is blocked.
* A flag that has been answered is no longer waited for, however long it stays up.
* A done or dropped stay that was left again is a pause: nobody worked on what was thought finished.
* A status that is mapped to no stage is ``unmapped:<status>``.
* A clock that started before the first visit belongs, until that begins, to the stage of it.
"""

import polars as pl

from pipelines.handoffs.rework import rework_intervals

PRECEDENCE = (
    "external",
    "decision_wait",
    "approval_wait",
    "rework",
    "scope_rework",
    "queue",
    "touch",
    "parked",
    "unmapped",
)
"""Kinds of cause, the strongest claim first; the stages of the last four never compete."""
LAYERS = pl.Schema(
    {
        "item_id": pl.String(),
        "since": pl.Datetime("us", "UTC"),
        "until": pl.Datetime("us", "UTC"),
        "precedence": pl.Int32(),
        "component": pl.String(),
    }
)
_OF_STAGES = {
    "external": pl.lit("external"),
    "decision": pl.format("decision_wait:{}", "stage"),
    "approval": pl.format("approval_wait:{}", "stage"),
    "queue": pl.format("queue:{}", "stage"),
    "active": pl.format("touch:{}", "stage"),
    "parked": pl.lit("parked"),
    "done": pl.lit("parked"),
    "dropped": pl.lit("parked"),
}


def cause_kind() -> pl.Expr:
    """The kind of cause of a component: the word before the colon."""
    return pl.col("component").str.extract(r"^([^:]*)")


def layers(
    items: pl.DataFrame,
    *,
    visits: pl.DataFrame,
    flags: pl.DataFrame,
    decisions: pl.DataFrame,
    handoffs: pl.DataFrame,
    scope_reworks: pl.DataFrame,
) -> pl.DataFrame:
    """Every claim on the time of every item, sorted.

    Args:
        items: item_id, clock_from, ended_at.
        visits: item_id, visit_number, stage, stage_kind, status_text, entered_at, until.
        flags: item_id, waits_for (decision or external), decision_right, raised_at, lifted_at
            (null while raised).
        decisions: item_id, channel, decision_right, requested_at, decided_at (null where not):
            what became of the flags that asked for one.
        handoffs: as :func:`pipelines.handoffs.rework.rework_intervals` reads them.
        scope_reworks: item_id, since, until, of :mod:`pipelines.latency.scope_rework`.
    """
    parts = [
        _of_visits(visits, items),
        _of_flags(flags, _answers(decisions), items),
        rework_intervals(handoffs),
        scope_reworks.with_columns(component=pl.lit("scope_rework")),
    ]
    columns = ["item_id", "since", "until", "component"]
    order = {kind: place for place, kind in enumerate(PRECEDENCE)}
    return (
        pl.concat([part.select(columns) for part in parts])
        .with_columns(
            precedence=cause_kind().replace_strict(order, return_dtype=pl.Int32),
        )
        .select(LAYERS.names())
        .sort("item_id", "since", "precedence", "component", "until")
    )


def _of_visits(visits: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    component = pl.format("unmapped:{}", pl.col("status_text").fill_null("?"))
    for kind, name in _OF_STAGES.items():
        component = pl.when(pl.col("stage_kind") == kind).then(name).otherwise(component)
    is_first = pl.col("visit_number") == 1
    begun = pl.when(is_first).then(pl.min_horizontal("entered_at", "clock_from"))
    return visits.join(items.select("item_id", "clock_from"), on="item_id").select(
        "item_id", "until", component=component, since=pl.coalesce(begun, "entered_at")
    )


def _answers(decisions: pl.DataFrame) -> pl.DataFrame:
    """When what flags had asked for was given; two may ask for one thing at one instant."""
    return (
        decisions.filter(pl.col("channel") == "flag")
        .group_by("item_id", "decision_right", raised_at="requested_at")
        .agg(waits_for=pl.lit("decision"), answered_at=pl.col("decided_at").max())
    )


def _of_flags(flags: pl.DataFrame, answers: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    right = pl.format("decision_wait:{}", "decision_right")
    is_external = pl.col("waits_for") == "external"
    asked = ["item_id", "waits_for", "decision_right", "raised_at"]
    return (
        flags.join(items.select("item_id", "ended_at"), on="item_id")
        .join(answers, on=asked, how="left")
        .select(
            "item_id",
            since="raised_at",
            until=pl.coalesce(pl.min_horizontal("lifted_at", "answered_at"), "ended_at"),
            component=pl.when(is_external).then(pl.lit("external")).otherwise(right),
        )
    )
