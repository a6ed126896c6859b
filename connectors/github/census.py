"""Whether what is stored is all there is: by counts, and where those differ, by numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from connectors.github.reading import Place, Reader, View
from connectors.github.run import Run
from connectors.instants import instant
from connectors.protocol import Resource


def census(
    run: Run, resource: Resource, known: Collection[str], *, since: datetime | None
) -> frozenset[str] | None:
    """The keys that the repositories show now, or None where their counts agree with the known.

    Where only what was updated since an instant is wanted, counts say nothing: a repository then
    agrees that shows as much, and nothing newer, than when it was read last. What is known and was
    updated earlier is there as long as GitHub has it.
    """
    stored = _by_repository(known)
    views = run.latest()
    differing = [view for view in views if not _agrees(run, view, resource, stored, since)]
    if not differing and stored.keys() <= {view.name for view in views}:
        return None
    same = {view.name for view in views} - {view.name for view in differing}
    kept = [key for name in same for key in stored.get(name, ())]
    found = [
        _shown(run.reader, resource, view, since, frozenset(stored.get(view.name, ())))
        for view in differing
    ]
    return frozenset(kept).union(*found)


def numbers_by_repository(keys: Collection[str]) -> dict[str, list[int]]:
    """The numbers of which the keys are made."""
    return {
        name: sorted(int(key.rpartition("#")[2]) for key in mine)
        for name, mine in _by_repository(keys).items()
    }


def _agrees(
    run: Run,
    view: View,
    resource: Resource,
    stored: Mapping[str, list[str]],
    since: datetime | None,
) -> bool:
    if since is not None:
        return run.is_unchanged(resource, view)
    return view.totals[resource.name] == len(stored.get(view.name, ()))


def _by_repository(keys: Collection[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        found[key.rpartition("#")[0]].append(key)
    return dict(found)


def _shown(
    reader: Reader,
    resource: Resource,
    view: View,
    since: datetime | None,
    known: frozenset[str],
) -> frozenset[str]:
    """The keys of one repository that are wanted, or known and still there."""
    wanted = frozenset(_enumerated(reader, resource, view, since))
    if since is None or known <= wanted:
        return wanted
    # The rest is older, or moved while it was paged through, or is gone: all of them tell which.
    return wanted | known.intersection(_enumerated(reader, resource, view, None))


def _enumerated(
    reader: Reader, resource: Resource, view: View, since: datetime | None
) -> Iterator[str]:
    """Every key of one repository, in order of creation unless only the newest are wanted."""
    place = Place(resource, view.name, is_newest_first=since is not None)
    while True:
        page = reader.numbers(place)
        wanted = [number for number, at in page.updates if not _is_before(at, since)]
        yield from (f"{view.name}#{number}" for number in wanted)
        if page.after is None or len(wanted) < len(page.updates):
            return
        place.moved(page.after)


def _is_before(updated_at: str, since: datetime | None) -> bool:
    at = instant(updated_at)
    return since is not None and at is not None and at < since
