"""What arrived in, a record or its reason for quarantine out: never neither, never both."""

from collections.abc import Iterator

from connectors.decoding import UnusableError, decode
from connectors.excerpts import excerpt
from connectors.files.listing import ArchiveFile
from connectors.files.reading import Arrival, read
from connectors.files.shape import Shape
from connectors.protocol import Quarantined, Record


def judged(file: ArchiveFile, shape: Shape) -> Iterator[tuple[Arrival, Record | Quarantined]]:
    """Yield everything that stands in a file together with what it is worth."""
    for arrival in read(file):
        yield arrival, _judge(arrival, file.stem, shape)


def quarantined(arrival: Arrival, resource: str, reason: str) -> Quarantined:
    """The arrival set aside, with an excerpt that may be shown."""
    return Quarantined(
        resource=resource, place=arrival.place, reason=reason, excerpt=excerpt(arrival.text)
    )


def _judge(arrival: Arrival, stem: str, shape: Shape) -> Record | Quarantined:
    value: object = None
    try:
        value = _decoded(arrival)
        resource = shape.resource_of(value, stem)
        if not isinstance(value, dict):
            raise UnusableError("not an object")  # noqa: TRY301 - one exit for every reason
        return shape.record(resource, value)
    except UnusableError as error:
        return quarantined(arrival, shape.resource_of(value, stem).name, str(error))


def _decoded(arrival: Arrival) -> object:
    if arrival.fault is not None:
        raise UnusableError(arrival.fault)
    return decode(arrival.text)
