"""What pm4py makes of a log of events; run with a Python that has it: ``peer_pm4py.py LOG.csv``.

Time in status is the sum of its performance graph over what follows each status, handovers are its
handover-of-work network, the counts behind it those of its directly-follows graph, returns the
cases in which an activity comes again.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd
import pm4py


def main(path: str) -> None:
    """Print what it took, and the answers."""
    clock: dict[str, tuple[float, float]] = {}
    log = _log(clock, path)

    def ask(question: str, answer: Callable[[], Any]) -> Any:  # noqa: ANN401 - pm4py's own
        return _timed(clock, question, answer)

    graph, _, _ = ask(
        "time in status", lambda: pm4py.discover_performance_dfg(log, perf_aggregation_key="sum")
    )
    again = ask("returns", lambda: pm4py.get_rework_cases_per_activity(log))
    follows, _, _ = ask("handovers", lambda: pm4py.discover_dfg(log))
    ask("handover network", lambda: pm4py.discover_handover_of_work_network(log))
    spent: defaultdict[str, float] = defaultdict(float)
    for (status, _), seconds in graph.items():
        spent[status] += seconds
    answers = {
        "time in status": {status: round(seconds) for status, seconds in spent.items()},
        "returns": {status: int(count) for status, count in again.items()},
        "handovers": {f"{one} > {other}": int(count) for (one, other), count in follows.items()},
    }
    sys.stdout.write("\n" + json.dumps({"clock": clock, "answers": answers}))


def _log(clock: dict[str, tuple[float, float]], path: str) -> pd.DataFrame:
    read = _timed(clock, "reading", lambda: pd.read_csv(path, parse_dates=["at"]))
    names = {"case_id": "case", "activity_key": "activity", "timestamp_key": "at"}
    log = _timed(clock, "formatting", lambda: pm4py.format_dataframe(read, **names))
    return log.assign(**{"org:resource": log["resource"]})


def _timed(clock: dict[str, tuple[float, float]], question: str, answer: Callable[[], Any]) -> Any:  # noqa: ANN401 - pm4py's own
    """Ask, and keep what it took on the wall and on the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    told = answer()
    clock[question] = (time.perf_counter() - wall, time.process_time() - cpu)
    return told


if __name__ == "__main__":
    main(sys.argv[1])
