"""Whether each entry of ``[roles]`` stands for somebody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.audit import EVERY_SOURCE, Finding, counted


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An entry of ``[roles]`` with nobody behind it, and why."""

    role: str
    entry: str
    reason: Literal["unknown", "unread", "empty"]
    """No payload names the account; no source showed the group; nobody was ever seen in it."""


def role_holders(
    unanswered: Sequence[Unanswered], declared: Mapping[str, int]
) -> Iterator[Finding]:
    """Entries of ``[roles]`` that nobody in the data answers to.

    Args:
        unanswered: those entries.
        declared: how many entries each role has.
    """
    for role, entries in declared.items():
        missing = [one for one in unanswered if one.role == role]
        if not missing:
            continue
        nobody = len(missing) == entries
        reasons = "; ".join(_reasons(missing))
        yield Finding(
            EVERY_SOURCE,
            "role_holders_not_found",
            "warning" if nobody else "info",
            f"Nobody is behind {len(missing)} of {counted(entries, 'entry', 'entries')} of "
            f"[roles] {role}: "
            + reasons
            + (". Nobody is known to hold this role." if nobody else "."),
            subject=role,
            expected=entries,
            found=entries - len(missing),
        )


def _reasons(missing: Sequence[Unanswered]) -> Iterator[str]:
    """Groups by name, accounts by number: a group is no person."""
    if unknown := sum(one.reason == "unknown" for one in missing):
        yield f"{unknown} by account, login or e-mail, which no payload names"
    if unread := _named(missing, "unread"):
        yield (
            f"{unread}, which no source showed (not there, not visible to the account that reads, "
            "or not among the recorded payloads)"
        )
    if empty := _named(missing, "empty"):
        yield f"{empty}, which had no members"


def _named(missing: Sequence[Unanswered], reason: str) -> str:
    return ", ".join(one.entry for one in missing if one.reason == reason)
