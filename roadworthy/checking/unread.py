"""Settings that are valid but have no effect, or two: another name was probably meant."""

from collections.abc import Iterator
from typing import Final

from roadworthy.checking.finding import Finding
from roadworthy.checking.near import near
from roadworthy.config.model import Config

NORMALS: Final = {
    "approval_wait_days": "approval_wait",
    "decision_wait_days": "decision_wait",
    "external_wait_days": "external",
    "queue_wait_days": "queue",
    "rejection_rate": "rework",
    "scope_rework_rate": "scope_rework",
}
"""The benchmarks, and the kinds of causes that are compared with them; one has its own name."""
_OF_REVIEWS: Final = frozenset({"author", "reviewer", "maintainer"})


def unread_findings(config: Config) -> Iterator[Finding]:
    """Calendars of no role, benchmarks of nothing, and fields of two rights."""
    yield from _calendars(config)
    yield from _benchmarks(config)
    yield from _shared_fields(config)


def _calendars(config: Config) -> Iterator[Finding]:
    owners = {stage.owner for stage in config.stages if stage.owner is not None}
    rights = config.decision_rights.values()
    deciders = {role for right in rights for role in (right.decides, right.override) if role}
    roles = sorted({*config.roles, *owners, *deciders, *_OF_REVIEWS})
    for role in config.calendars:
        if role not in roles:
            told = f"no stage, right or holder has the role '{role}'"
            remedy = near(role, roles, otherwise="remove it, or declare the role")
            yield Finding("warning", f"calendars.{role}", told, remedy)


def _benchmarks(config: Config) -> Iterator[Finding]:
    for name in config.benchmarks:
        if name not in NORMALS and name.partition(":")[0] not in NORMALS.values():
            remedy = near(name, NORMALS, otherwise=f"known are {' and '.join(NORMALS)}")
            yield Finding("warning", f"benchmarks.{name}", "nothing is compared with it", remedy)


def _shared_fields(config: Config) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, right in config.decision_rights.items():
        for field in right.fields:
            other = first.setdefault(field.casefold(), name)
            if other != name:
                told = f"'{field}' is a field of '{other}' as well"
                remedy = "leave it to one of them: whose it is cannot be told from its changes"
                yield Finding("warning", f"decision_rights {name}.fields", told, remedy)
