"""What could be seen of a change that is yet to be made, in words, by when and how small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from roadworthy.answers import ask, find
from roadworthy.errors import ConfigError
from roadworthy.warehouse import open_published

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that is thought of."""

    starts_on: date
    metrics: tuple[str, ...]
    """By which it would be judged; none named: every metric that can be planned."""
    team: str | None
    """Whom it would concern; None: everybody."""
    washout_days: int

    @property
    def scope(self) -> str:
        """In the words of the tables."""
        return "organisation" if self.team is None else f"team:{self.team}"


def plan(published: Path, asked: Asked) -> list[dict[str, Any]]:
    """The rows of ``what_could_be_seen`` for the metrics asked for.

    Raises:
        ConfigError: nothing is published, or the team or the metric is not there to be planned.
    """
    with open_published(published) as warehouse:
        known = warehouse.frame("select distinct scope, metric from main.visible_effects")
    metrics = sorted(set(known["metric"]))
    scopes = sorted(set(known["scope"]))
    if asked.scope not in scopes:
        raise ConfigError(_no_scope(asked, scopes))
    for metric in asked.metrics:
        if metric not in metrics:
            raise ConfigError(
                f"--metric {metric}: no change can be planned by it; there are: "
                f"{', '.join(metrics) or 'none'}"
            )
    question = find("what_could_be_seen").asked_with(
        {
            "scope": asked.scope,
            "metric": "*",
            "starts_on": asked.starts_on.isoformat(),
            "washout_days": str(asked.washout_days),
        }
    )
    rows = ask(published, question, limit=None, seconds=_SECONDS).rows.to_dicts()
    wanted = asked.metrics or metrics
    return sorted(
        (row for row in rows if row["metric"] in wanted),
        key=lambda row: wanted.index(row["metric"]),
    )


def _no_scope(asked: Asked, scopes: Sequence[str]) -> str:
    teams = ", ".join(one.removeprefix("team:") for one in scopes if one.startswith("team:"))
    if asked.team is None:
        return (
            "a plan needs half a year of work with known outcomes, and there is less; come back "
            "when there is more"
        )
    return (
        f"--team {asked.team}: there is no such team, or it has too few people or too little work "
        f"for a plan; there are: {teams or 'none'}"
    )


def in_words(rows: Sequence[dict[str, Any]], asked: Asked) -> Iterator[str]:
    """The plan as lines of text: per metric what it is now, then what could be seen by when."""
    whom = "everybody" if asked.team is None else asked.team
    yield (
        f"A change on {asked.starts_on} that concerns {whom}, brought in over "
        f"{asked.washout_days} days."
    )
    yield "What is smaller than this would be seen in fewer than four of five cases:"
    metric = None
    for row in rows:
        if row["metric"] != metric:
            metric = row["metric"]
            yield ""
            yield f"{metric}: now {_level(row)}, {row['items_per_week']:.0f} a week"
        yield f"  by {row['seen_on']} ({row['weeks_after']} weeks): {_visible(row)}"


def _level(row: dict[str, Any]) -> str:
    if row["unit"] == "share":
        return f"{row['level_now']:.0%}"
    return f"{row['level_now']:.1f} days"


def _visible(row: dict[str, Any]) -> str:
    told = _improvement(row, "alone")
    if row["smallest_compared"] is None:
        return told
    return f"{told}; with the other teams as comparison {_improvement(row, 'compared')}"


def _improvement(row: dict[str, Any], kind: str) -> str:
    """An effect in its unit and as a part of the level; a share has only so far to go."""
    effect, level = row[f"smallest_{kind}"], row["level_now"]
    if not row[f"is_possible_{kind}"]:
        return "more than there is to improve"
    size = f"{100 * effect:.0f} points" if row["unit"] == "share" else f"{effect:.1f} days"
    return f"{size}, {effect / level:.0%} of it" if level > 0 else size
