"""How the trackers bear out the configuration: who asks, what is visible, which names exist."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.protocol import ConnectorError
from roadworthy.checking.finding import Finding
from roadworthy.config.load import Loaded
from roadworthy.config.sources import FilesSource, GitHubSource, JiraSource
from roadworthy.errors import ConfigError
from roadworthy.stages.github_checks import github_findings
from roadworthy.stages.inspections import asking_github, asking_jira
from roadworthy.stages.jira_checks import Names, jira_findings
from roadworthy.stages.name_checks import name_findings


@dataclass(slots=True)
class Told:
    """The names that the trackers know, gathered over all sources."""

    names: list[Names] = field(default_factory=list)
    is_partial: bool = False
    """Whether some tracker did not tell its names, so that nothing is known to be missing."""


def tracker_findings(loaded: Loaded) -> Iterator[Finding]:
    """Ask every live tracker a few cheap questions.

    A source whose secret is not set is left out: the file is at fault, and told so already.
    """
    told = Told()
    for source in loaded.config.sources:
        where = f"source {source.name}"
        try:
            match source:
                case JiraSource():
                    yield from _jira(loaded, source, told)
                case GitHubSource():
                    with asking_github(loaded, source) as github:
                        yield from github_findings(loaded, source, github)
                case FilesSource():
                    yield Finding("note", where, "an archive: there is no tracker to ask")
        except ConnectorError as error:
            told.is_partial = True
            told_why = str(error).removeprefix(f"{source.name}: ")
            yield Finding("error", where, told_why, fault="tracker")
        except ConfigError:
            told.is_partial = True
            yield Finding("note", where, "was not asked, as its settings are not complete")
    if told.names and not told.is_partial:
        yield from name_findings(loaded.config, told.names)


def _jira(loaded: Loaded, source: JiraSource, told: Told) -> Iterator[Finding]:
    with asking_jira(loaded, source) as ask:
        names = Names(source.name)
        yield from jira_findings(loaded, source, ask, names)
        told.names.append(names)
