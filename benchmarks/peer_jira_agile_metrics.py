"""What jira-agile-metrics makes of issues: ``peer_jira_agile_metrics.py ISSUES.ndjson STAGES``.

Run with a Python that has it. Its public ``calculate_cycle_times`` is given a Jira of ours, whose
issues are made from the lines one at a time, as it goes through them; the making is not counted.
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
from jira_agile_metrics.calculators.cycletime import calculate_cycle_times
from jira_agile_metrics.querymanager import QueryManager
from jira_agile_metrics.utils import StatusTypes


class Issues:
    """As many issues as there are lines."""

    def __init__(self, path: Path) -> None:
        """Count them."""
        self.path = path
        self.wall = self.cpu = 0.0
        with path.open(encoding="utf-8") as lines:
            self.count = sum(1 for _ in lines)

    def __len__(self) -> int:
        """How many there are."""
        return self.count

    def __iter__(self) -> Iterator[SimpleNamespace]:
        """Make one at a time, and count what the making takes."""
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                wall, cpu = time.perf_counter(), time.process_time()
                issue = json.loads(line, object_hook=lambda members: SimpleNamespace(**members))
                issue.fields.resolution = None
                issue.fields.Flagged = None
                self.wall += time.perf_counter() - wall
                self.cpu += time.process_time() - cpu
                yield issue


def main(path: Path, stages: list[list[str]]) -> None:
    """Print what it took, and the answer."""
    issues, names = Issues(path), [name for name, _, _ in stages]
    jira = SimpleNamespace(
        _options={"server": "https://acme.example"},
        fields=lambda: [{"id": one, "name": one} for one in ("status", "Flagged")],
        search_issues=lambda *_, **__: issues,
    )
    wall, cpu = time.perf_counter(), time.process_time()
    times = calculate_cycle_times(
        QueryManager(jira, {}), _cycle(stages), {}, names[0], names[-1], [{"jql": "all"}]
    )
    took = time.perf_counter() - wall - issues.wall, time.process_time() - cpu - issues.cpu
    told = {"clock": {"cycle data": took}, "answers": {"cycle data": _entries(times, names)}}
    sys.stdout.write("\n" + json.dumps(told))


def _cycle(stages: list[list[str]]) -> list[dict[str, object]]:
    kinds = {"done": StatusTypes.complete}
    return [
        {"name": name, "statuses": [name], "type": kinds.get(kind, StatusTypes.accepted)}
        for name, kind, _ in stages
    ]


def _entries(times: pd.DataFrame, names: list[str]) -> dict[str, object]:
    lines = sorted(
        f"{row['key']},{name},{row[name].date()}\n"
        for row in times.to_dict("records")
        for name in names
        if not pd.isna(row[name])
    )
    return {
        "entries": len(lines),
        "digest": hashlib.sha256("".join(lines).encode()).hexdigest(),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
