"""What ``check`` found, as lines for a person and as JSON for a machine."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from roadworthy.checking.finding import Finding
from roadworthy.errors import RoadworthyError
from roadworthy.harmless import harmless

_LONGEST_LEVEL = len("warning")


def as_text(found: Mapping[str, Sequence[Finding]]) -> str:
    """A line for each, below the area it is of."""
    return "".join(f"{harmless(line)}\n" for line in _lines(found))


def _lines(found: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    for number, (area, findings) in enumerate(found.items()):
        if number:
            yield ""
        yield area
        for one in findings:
            remedy = f"; {one.remedy}" if one.remedy else ""
            yield f"  {one.level:{_LONGEST_LEVEL}}  {one.where}: {one.what}{remedy}"
        if not findings:
            yield "  none"


def as_json(found: Mapping[str, Sequence[Finding]], fault: RoadworthyError | None) -> str:
    """One list of all of them, and the exit code that they come to."""
    findings = [
        {"area": area.lower(), **asdict(one)} for area, ones in found.items() for one in ones
    ]
    told = {"exit_code": fault.exit_code if fault else 0, "findings": findings}
    # In ASCII alone: a name of a tracker may hold what acts on a terminal.
    return json.dumps(told, indent=2) + "\n"
