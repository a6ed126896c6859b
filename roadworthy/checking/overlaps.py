"""Sources that read the same things: items would count twice, and links by key match none."""

from collections.abc import Iterator
from itertools import combinations, product

from roadworthy.checking.finding import Finding
from roadworthy.config.load import Loaded
from roadworthy.config.sources import FilesSource, GitHubSource, JiraSource, LiveSource, Source

_TWICE = "every item in it counts twice, and links to it by key are lost"


def overlap_findings(loaded: Loaded) -> Iterator[Finding]:
    """Every two sources that have something in common, as far as the file alone tells."""
    for one, other in combinations(loaded.config.sources, 2):
        where = f"sources {one.name} and {other.name}"
        for thing in _shared(loaded, one, other):
            told = f"both read {thing}: {_TWICE}"
            yield Finding("error", where, told, "leave it to one of them")
        if isinstance(one, GitHubSource) and isinstance(other, GitHubSource):
            for name in sorted(_claimed(one, other) | _claimed(other, one)):
                told = f"both read {name}, unless it is a fork: {_TWICE}"
                yield Finding("warning", where, told, "leave it to one of them")


def _shared(loaded: Loaded, one: Source, other: Source) -> Iterator[str]:
    """What both certainly read."""
    match one, other:
        case (JiraSource() as left, JiraSource() as right) if _is_one_server(left, right):
            for key in sorted(_folded(left.projects) & _folded(right.projects)):
                yield f"the project {key.upper()}"
            if left.jql is not None and left.jql == right.jql:
                yield "what one and the same query finds"
        case (GitHubSource() as left, GitHubSource() as right) if _is_one_server(left, right):
            yield from sorted(_folded(left.repositories) & _folded(right.repositories))
        case (FilesSource() as left, FilesSource() as right):
            paths = sorted((loaded.resolve(left.path), loaded.resolve(right.path)))
            if paths[1].is_relative_to(paths[0]):
                yield str(paths[1])


def _claimed(all_of: GitHubSource, named: GitHubSource) -> set[str]:
    """Repositories that one source names and of which another reads all that are no forks."""
    if not _is_one_server(all_of, named):
        return set()
    pairs = product(_folded(all_of.repositories), _folded(named.repositories))
    return {
        name
        for owned, name in pairs
        if owned == f"{name.partition('/')[0]}/*" and not name.endswith("/*")
    }


def _is_one_server(one: LiveSource, other: LiveSource) -> bool:
    places = [each.server.partition("://")[2].rstrip("/") for each in (one, other)]
    return len(_folded(places)) == 1


def _folded(names: list[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
