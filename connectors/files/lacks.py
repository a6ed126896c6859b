"""What an archive cannot supply, in sentences for the reader of an audit."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from connectors.files.listing import Listing
from connectors.files.shape import Shape
from connectors.files.survey import Survey

WITHOUT_HISTORY: Final = "came without"
"""How a sentence on items begins whose history is not there: each looks as if it never changed."""
_NAMED: Final = 5  # of the files left unread; of more than these the number is enough


def lacks(
    survey: Survey, *, listing: Listing, shape: Shape, as_of: datetime | None
) -> tuple[str, ...]:
    """Every sentence that applies, in a fixed order."""
    return (
        *_resources(survey, listing, shape),
        *_histories(survey, shape),
        *_unread(listing),
        *_instant(survey, as_of),
    )


def _resources(survey: Survey, listing: Listing, shape: Shape) -> Iterator[str]:
    # A side file may be there and empty: a project without versions lacks nothing.
    side_files = (shape.side_file(file.stem) for file in listing.files)
    present = {resource.name for resource in side_files if resource}
    present |= {resource for resource, _ in survey.kept}
    yield from (sentence for name, sentence in shape.lacking.items() if name not in present)


def _histories(survey: Survey, shape: Shape) -> Iterator[str]:
    total = Counter(resource for resource, _ in survey.kept)
    bare = Counter(resource for (resource, _), copy in survey.kept.items() if not copy.has_history)
    for name, consequence in shape.lacking_history.items():
        if bare[name]:
            yield f"{bare[name]:,} of {total[name]:,} {name} {WITHOUT_HISTORY} {consequence}"


def _unread(listing: Listing) -> Iterator[str]:
    if listing.unread:
        others = len(listing.unread) - _NAMED
        more = (f"{others:,} more",) if others > 0 else ()
        named = ", ".join((*listing.unread[:_NAMED], *more))
        yield f"not read, being of no known form or elsewhere: {named}"


def _instant(survey: Survey, as_of: datetime | None) -> Iterator[str]:
    if as_of and survey.latest and survey.latest > as_of:
        yield (
            f"records speak of {survey.latest.isoformat()}, which is later than the declared "
            f"as_of {as_of.isoformat()}"
        )
