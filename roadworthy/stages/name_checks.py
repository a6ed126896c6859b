"""Names in the file against those that the trackers know: fields and statuses."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipelines.histories.field_names import known_names
from roadworthy.checking.finding import Finding
from roadworthy.checking.near import near
from roadworthy.config.model import Config
from roadworthy.config.sources import JiraSource
from roadworthy.stages.jira_checks import Names

_OF_GITHUB: Final = ("pull_request:", "label:")
_GITHUBS: Final = frozenset(
    ("open", "closed", "draft", "review required", "changes requested", "approved", "merged")
)


def name_findings(config: Config, jiras: Sequence[Names]) -> Iterator[Finding]:
    """Fields and statuses that the file names and no Jira has, and statuses that no stage names."""
    yield from _fields(config, jiras)
    if config.stages:
        yield from _named_statuses(config, jiras)
        yield from _unnamed_statuses(config, jiras)


def _fields(config: Config, jiras: Sequence[Names]) -> Iterator[Finding]:
    known = {name for one in jiras for found in one.fields for name in (found.id, found.name)}
    folded = {name.casefold() for name in known} | known_names()
    is_only_jira = all(isinstance(source, JiraSource) for source in config.sources)
    missing = 0
    for place, field in _used_fields(config):
        if field.casefold() in folded:
            continue
        missing += 1
        where = "in no Jira" if is_only_jira else "in no Jira that can be asked"
        yield Finding(
            "error" if is_only_jira else "warning",
            place,
            f"the field '{field}' is {where}",
            near(field, known, otherwise="name it as the tracker does, or by its id"),
        )
    if not missing and any(True for _ in _used_fields(config)):
        yield Finding("ok", "fields", "every field that the file names is there")


def _used_fields(config: Config) -> Iterator[tuple[str, str]]:
    ready = config.definition_of_ready
    for rule in ready.rules if ready else ():
        if rule.field is not None:
            yield f"rule '{rule.name}'.field", rule.field
    for name, right in config.decision_rights.items():
        for field in right.fields:
            yield f"decision_rights {name}.fields", field
    if config.measures.target_date_field is not None:
        yield "measures.target_date_field", config.measures.target_date_field


def _named_statuses(config: Config, jiras: Sequence[Names]) -> Iterator[Finding]:
    names = {status.name for one in jiras for status in one.statuses}
    known = {_folded(name) for name in names}
    known |= {status.id for one in jiras for status in one.statuses} | _GITHUBS
    for stage in config.stages:
        for status in stage.statuses:
            name = status.removeprefix("ticket:")
            if status.startswith(_OF_GITHUB) or _folded(name) in known:
                continue
            remedy = near(name, names, otherwise="it is fine as a former name that histories have")
            what = f"no workflow has the status '{name}'"
            yield Finding("warning", f"stages '{stage.name}'", what, remedy)


def _unnamed_statuses(config: Config, jiras: Sequence[Names]) -> Iterator[Finding]:
    claimed = {
        _folded(status.removeprefix("ticket:"))
        for stage in config.stages
        for status in stage.statuses
    }
    for one in jiras:
        if not one.is_bounded:
            continue
        unnamed = {
            status.name
            for status in one.statuses
            if _folded(status.name) not in claimed and status.id not in claimed
        }
        for name in sorted(unnamed):
            yield Finding(
                "warning",
                f"source {one.source}",
                f"no stage names the status '{name}' of its workflow",
                "add it to one: work that enters it would be in no stage",
            )
        if not unnamed:
            yield Finding("ok", f"source {one.source}", "every status of its workflow has a stage")


def _folded(name: str) -> str:
    return name.strip().casefold()
