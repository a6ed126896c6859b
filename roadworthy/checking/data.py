"""What the published data can and cannot support, a sentence each with its figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from roadworthy.checking.before_and_after import change_findings
from roadworthy.checking.finding import Fault, Finding, Level
from roadworthy.checking.near import near
from roadworthy.config.load import Loaded
from roadworthy.counting import counted
from roadworthy.warehouse import Warehouse, open_published

_HOURS_PER_DAY: Final = 24
_STALE_HOURS: Final = 7 * _HOURS_PER_DAY
_OF_THE_CONFIGURATION: Final = frozenset({"unmapped_status", "project_not_found"})
_TOLD: Final = _OF_THE_CONFIGURATION | {"unknown_actors", "histories", "role_holders_not_found"}
_LEVELS: Final[dict[str, Level]] = {"error": "error", "warning": "warning", "info": "note"}
_AUDIT: Final = """
    select source, finding, subject, severity, expected, found, detail from main.data_audit
    order by source, finding, subject
"""


@dataclass(frozen=True, slots=True)
class Published:
    """The warehouse that readers see, open."""

    warehouse: Warehouse

    def row(self, query: str) -> Mapping[str, Any]:
        """The only row of a query."""
        return self.warehouse.frame(query).row(0, named=True)

    def rows(self, query: str) -> Iterator[Mapping[str, Any]]:
        """All rows of a query."""
        return self.warehouse.frame(query).iter_rows(named=True)


def data_findings(loaded: Loaded, *, at: datetime) -> Iterator[Finding]:
    """Everything that the published warehouse tells; nothing more where there is none."""
    if not loaded.warehouse.exists():
        yield Finding(
            "note",
            "warehouse",
            "nothing is published yet, so that nothing is known of the data",
            "run 'roadworthy nightly', then check again",
        )
        return
    with open_published(loaded.warehouse) as opened:
        published = Published(opened)
        yield from _build(published, loaded)
        yield from _freshness(published, at)
        yield from _audit(published)
        yield from _handoffs(published)
        yield from _readiness(published, loaded)
        yield from _benchmarks(published, loaded)
        yield from _dates(published)
        yield from _releases(published)
        yield from _reviews(published)
        yield from _interventions(published, loaded)


def _build(published: Published, loaded: Loaded) -> Iterator[Finding]:
    query = """
        select config_hash from raw.runs where command in ('build', 'nightly')
        order by started_at desc, run_id desc limit 1
    """
    if any(row["config_hash"] != loaded.hash for row in published.rows(query)):
        yield Finding(
            "warning",
            "warehouse",
            "was built under another configuration than the present one",
            "run 'roadworthy nightly', then check again",
        )


def _freshness(published: Published, at: datetime) -> Iterator[Finding]:
    for row in published.rows("select source, kind, snapshot_at, records from core.sources"):
        hours = (at - row["snapshot_at"]).total_seconds() / 3600
        is_stale = hours > _STALE_HOURS and row["kind"] != "files"
        told = f"{counted(row['records'], 'record')} as of {row['snapshot_at']:%Y-%m-%d %H:%M} UTC"
        yield Finding(
            "warning" if is_stale else "ok",
            f"source {row['source']}",
            f"{told}, {counted(round(hours / _HOURS_PER_DAY), 'day')} old",
            "run 'roadworthy nightly', and see that a scheduler does" if is_stale else "",
        )


def _audit(published: Published) -> Iterator[Finding]:
    """What concerns statuses, actors and histories, and whatever else is an error."""
    rest = 0
    for row in published.rows(_AUDIT):
        if row["severity"] != "error" and row["finding"] not in _TOLD:
            rest += 1
            continue
        fault: Fault = "configuration" if row["finding"] in _OF_THE_CONFIGURATION else "data"
        is_counted = row["finding"] == "histories" and row["expected"]
        counts = f" ({row['found']:,} of {row['expected']:,})" if is_counted else ""
        yield Finding(
            _level(row), f"{row['source']} {row['finding']}", row["detail"] + counts, fault=fault
        )
    if rest:
        remedy = "'roadworthy sql what_to_know_first' lists all"
        yield Finding(
            "note", "audit", f"{counted(rest, 'finding')} more, no error among them", remedy
        )


def _level(row: Mapping[str, Any]) -> Level:
    if row["finding"] == "histories" and row["severity"] == "info":
        return "ok"
    return _LEVELS[row["severity"]]


def _handoffs(published: Published) -> Iterator[Finding]:
    row = published.row(
        """
        select count(*) as attempts, count(*) filter (where verdict <> 'undecided') as decided,
            min(handed_at)::date as first_on, max(handed_at)::date as last_on
        from main.handoffs
        """
    )
    if row["attempts"]:
        told = f"{row['attempts']:,} can be judged, {row['decided'] / row['attempts']:.0%} decided"
        yield Finding("ok", "handoffs", f"{told}; from {row['first_on']} to {row['last_on']}")
    else:
        remedy = "see the owners of the stages, as no move between two owners was seen"
        yield Finding("warning", "handoffs", "none can be judged", remedy)


def _readiness(published: Published, loaded: Loaded) -> Iterator[Finding]:
    if loaded.config.definition_of_ready is None:
        return
    query = """
        select rule, checks, passes + fails as evaluable from main.readiness_rules
        where scope = 'organisation' order by rule_number
    """
    rows = list(published.rows(query))
    for row in rows:
        share = row["evaluable"] / row["checks"] if row["checks"] else 0.0
        remedy = "see that the field is named right, and the types it is for" if not share else ""
        told = f"can be judged at {share:.0%} of {row['checks']:,} handoffs"
        level: Level = "ok" if share else "warning"
        yield Finding(level, f"rule '{row['rule']}'", told, remedy)
    if not rows:
        remedy = "see the owners of the stage it guards and of those before"
        yield Finding("warning", "definition_of_ready", "was never judged", remedy)


def _benchmarks(published: Published, loaded: Loaded) -> Iterator[Finding]:
    """Normals of a single cause, such as ``queue:Ready for Dev``, that no item ever met."""
    query = "select distinct component from main.latency_components order by component"
    causes = [row["component"] for row in published.rows(query)]
    for name in loaded.config.benchmarks:
        if ":" in name and name not in causes:
            remedy = near(name, causes, otherwise="see the causes in main.latency_components")
            yield Finding("warning", f"benchmarks.{name}", "no item ever met this cause", remedy)


def _dates(published: Published) -> Iterator[Finding]:
    row = published.row(
        """
        select (select count(*) from main.work_items) as items,
            count(*) filter (where subject_kind = 'item') as dated,
            count(*) filter (where subject_kind = 'item' and is_on_time is not null) as judged
        from main.commitments
        """
    )
    if row["dated"]:
        share = row["dated"] / max(row["items"], 1)
        told = (
            f"{share:.0%} of {row['items']:,} items ever had one; {row['judged']:,} can be judged"
        )
        yield Finding("ok", "due dates", told)
    else:
        remedy = "name the field that holds them in measures.target_date_field, if there is one"
        yield Finding("note", "due dates", "no item ever had one", remedy)


def _releases(published: Published) -> Iterator[Finding]:
    row = published.row(
        """
        select count(distinct release_id) filter (where release_on is not null) as dated,
            min(valid_from)::date as since
        from core.release_dates
        """
    )
    if row["dated"]:
        told = (
            f"{row['dated']:,} have a date, seen since {row['since']}; how often they slipped "
            "before is a lower bound, as no tracker keeps it"
        )
        yield Finding("ok", "releases", told)
    else:
        yield Finding("note", "releases", "none has a date, so that no slip of one can be seen")


def _reviews(published: Published) -> Iterator[Finding]:
    row = published.row(
        """
        select count(*) as pulls, count(*) filter (where item_id in (
            select item_id from core.field_changes
            where field = 'status' and to_text in ('approved', 'changes requested')
        )) as reviewed
        from main.work_items where kind = 'pull_request'
        """
    )
    if row["pulls"]:
        share = row["reviewed"] / row["pulls"]
        told = f"{share:.0%} of {row['pulls']:,} pull requests were approved or sent back by one"
        yield Finding("ok", "reviews", told)
    else:
        remedy = "name repositories in a source of kind 'github'"
        yield Finding("note", "reviews", "there are no pull requests", remedy)


def _interventions(published: Published, loaded: Loaded) -> Iterator[Finding]:
    query = """
        select team, min(created_at)::date as first_on, max(observed_until)::date as last_on
        from main.work_items group by team order by team
    """
    teams = {row["team"]: (row["first_on"], row["last_on"]) for row in published.rows(query)}
    yield from change_findings(loaded.config.interventions, teams)
