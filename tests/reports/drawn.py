"""Reading a chart back from its specification."""

from typing import Any


def records(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the frame that the layers of a chart share."""
    rows: list[dict[str, Any]] = spec["datasets"][spec["data"]["name"]]
    return rows


def layers_on(spec: dict[str, Any], channel: str) -> list[tuple[str, str | None]]:
    """Mark and field of each layer on a channel; null where the channel has a constant."""
    return [
        (layer["mark"]["type"], layer["encoding"].get(channel, {}).get("field"))
        for layer in spec["layer"]
    ]
