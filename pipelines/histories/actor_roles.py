"""The role of whoever made a change, at the time of the change.

Bots have the role ``bot``; an actor whom no role names, or whom the tracker does not name, has the
role ``?``. Where an actor holds several roles at once, the one declared first counts. On a pull
request with stages that an ``author`` owns, the person who opened it is that author, and any other
person without a declared role a ``reviewer``, also where the account of the author is gone.

Who is the author of a pull request is said of its stages. What somebody may decide depends on the
role declared for them, whoever opened it: :func:`in_declared_roles`.
"""

import polars as pl

UNKNOWN = "?"
BOT = "bot"
AUTHOR = "author"
MOST_UNKNOWN = 0.2
"""Up to which share of changes by unknown actors figures about roles speak of the roles."""


def with_actor_roles(
    changes: pl.DataFrame,
    *,
    actors: pl.DataFrame,
    actor_roles: pl.DataFrame,
    authors: pl.DataFrame,
    role_order: tuple[str, ...],
) -> pl.DataFrame:
    """Add ``actor_role`` to each change, and ``declared_role`` where a role names the actor.

    Args:
        changes: item_id, sequence, changed_at, actor_id.
        actors: actor_id, is_bot.
        actor_roles: actor_id, role, valid_from, valid_until (null: without bound).
        authors: item_id, author_id (null: the account is gone) of the pull requests with stages an
            author owns.
        role_order: roles in the order of their declaration.
    """
    declared = _declared(changes, actor_roles, role_order)
    bots = actors.filter("is_bot").select("actor_id", is_bot=pl.lit(True))
    return (
        changes.join(declared, on=["item_id", "sequence"], how="left", maintain_order="left")
        .join(bots, on="actor_id", how="left", maintain_order="left")
        .join(
            authors.with_columns(is_authored=pl.lit(True)),
            on="item_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            actor_role=pl.when(pl.col("is_bot").fill_null(value=False))
            .then(pl.lit(BOT))
            .when(pl.col("author_id") == pl.col("actor_id"))
            .then(pl.lit(AUTHOR))
            .when(pl.col("role").is_not_null())
            .then("role")
            .when(pl.col("is_authored") & pl.col("actor_id").is_not_null())
            .then(pl.lit("reviewer"))
            .otherwise(pl.lit(UNKNOWN))
        )
        .rename({"role": "declared_role"})
        .drop("is_bot", "author_id", "is_authored")
    )


def in_declared_roles(changes: pl.DataFrame) -> pl.DataFrame:
    """Changes as those of somebody who decides: an author has the role declared for them.

    Args:
        changes: with what :func:`with_actor_roles` added; ``declared_role`` goes.
    """
    is_author = pl.col("actor_role") == AUTHOR
    declared = pl.when(is_author).then(pl.coalesce("declared_role", "actor_role"))
    return changes.with_columns(actor_role=declared.otherwise("actor_role")).drop("declared_role")


def _declared(
    changes: pl.DataFrame, actor_roles: pl.DataFrame, role_order: tuple[str, ...]
) -> pl.DataFrame:
    """The role each change was made in by declaration: item_id, sequence, role."""
    order = {role: position for position, role in enumerate(role_order)}
    ranked = actor_roles.with_columns(
        declared=pl.col("role").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    )
    return (
        changes.select("item_id", "sequence", "changed_at", "actor_id")
        .join(ranked, on="actor_id")
        .filter(
            (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("changed_at")))
            & (pl.col("valid_until").is_null() | (pl.col("changed_at") < pl.col("valid_until")))
        )
        .sort("item_id", "sequence", "declared", "role")
        .group_by("item_id", "sequence", maintain_order=True)
        .agg(pl.col("role").first())
    )


def unknown_share(changes: pl.DataFrame) -> float:
    """Of the changes by people, those by somebody of unknown role; 0 where there is none.

    Args:
        changes: actor_role.
    """
    by_people = changes.filter(pl.col("actor_role") != BOT)["actor_role"]
    return float((by_people == UNKNOWN).mean() or 0.0)  # type: ignore[arg-type]  # of booleans
