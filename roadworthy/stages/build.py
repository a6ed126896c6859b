"""Landing into the published warehouse: conform, compute, present, audit, swap."""

from dataclasses import dataclass

import polars as pl

from pipelines.at_once import AT_ONCE
from pipelines.audit import Finding
from pipelines.findings import completeness
from pipelines.findings.role_holders import Unanswered
from reports import format as words
from roadworthy import people
from roadworthy.config.load import Loaded
from roadworthy.database_files import HOLDING_LITTLE, HOLDING_MORE
from roadworthy.errors import ConfigError
from roadworthy.progress import Progress
from roadworthy.runs import Run
from roadworthy.stages import buckets, roles
from roadworthy.stages.audits import RoleAnswers, audit_table
from roadworthy.stages.buckets import Engine, Understanding, facts_by_bucket
from roadworthy.stages.core_frames import Core
from roadworthy.stages.cores import on_every_core
from roadworthy.stages.item_facts import ItemFacts, for_estimates, together
from roadworthy.stages.kept_facts import laid_down, room_for_facts
from roadworthy.stages.main_tables import MainTables, main_tables
from roadworthy.stages.policies import policy_for, policy_of
from roadworthy.stages.pseudonym_key import kept_pseudonyms
from roadworthy.stages.published_figures import TOLD, published_figures, told_before
from roadworthy.stages.survey import Survey
from roadworthy.stages.surveyed import surveyed
from roadworthy.warehouse import Warehouse, building

_LINKS = """
    insert into core.item_links by name
    from staging.item_links
    where item_id in (select item_id from core.items)
        and linked_item_id in (select item_id from core.items)
    order by all
"""
_RAW_TABLES = {
    # As they were landed: to sort gigabytes of payloads takes more memory than a build may hold.
    "records": "",
    "cursors": "order by source, resource",
    "quarantine": "order by source, resource, place",
    "syncs": "order by source, started_at, run_id",
    "runs": "order by started_at, run_id",
}
_MANY = 2_000
"""Items from which on more than one process makes the estimates, of facts on the disk: little work
takes less time than to begin a process."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was published."""

    items: int
    """Those of ``main.work_items``: what was created after the snapshot is none of them."""
    audit_errors: int
    audit_warnings: int


def build(
    loaded: Loaded, run: Run, progress: Progress, engine: Engine | None = None
) -> BuildResult:
    """Build the warehouse anew from what was landed, and publish it in one step.

    Args:
        loaded: what was declared.
        run: whose build it is.
        progress: who is told.
        engine: what understands the items, where it is not this machine.
    """
    progress.started("build", "reading what was fetched")
    before = told_before(loaded, progress)
    with building(loaded.warehouse) as warehouse:
        configured = [source.name for source in loaded.config.sources]
        forgotten = copy_raw(warehouse, configured)
        answers = RoleAnswers.of(loaded.config, conform(warehouse, loaded, progress))
        warehouse.execute(HOLDING_LITTLE)
        with room_for_facts(loaded.warehouse) as folder, on_every_core(folder) as cores:
            core, facts = understood(warehouse, loaded, engine or buckets.on(cores, folder))
            progress.advanced("build", core.items.height)
            is_much = core.items.height >= _MANY
            if is_much:  # under the name of what was held in memory, which is let go of
                facts = laid_down(facts, folder)
            executor = cores if is_much else AT_ONCE
            tables = main_tables(core, facts, loaded.config, answers, executor)
        warehouse.execute(HOLDING_MORE)
        standing = [
            *completeness.forgotten_sources(forgotten),
            *completeness.unread_sources(configured, warehouse.frame("from raw.syncs")),
        ]
        audit = _compute(warehouse, tables, standing)
        _remember(warehouse, loaded, core, before)
        warehouse.run_folder("marts")
        severities = audit["severity"].value_counts().rows()
        counts: dict[str, int] = dict(severities)
        items = tables.tables["work_items"].height
        result = BuildResult(items, counts.get("error", 0), counts.get("warning", 0))
        _close_run(warehouse, run, result)
    errors = words.counted(result.audit_errors, "audit error")
    progress.finished("build", f"{words.counted(result.items, 'item')}, {errors}")
    return result


def copy_raw(warehouse: Warehouse, sources: list[str]) -> list[str]:
    """Take over the raw data of the configured sources; returns the others that were landed."""
    for schema in ("raw", "staging", "core"):
        warehouse.execute(f"create schema {schema}")
    warehouse.run_folder("schema/raw")
    for table, order in _RAW_TABLES.items():
        chosen = "" if table == "runs" else "where list_contains(?, source)"
        warehouse.execute(
            f"insert into raw.{table} by name from landing.raw.{table} {chosen} {order}",
            [sources] if chosen else [],
        )
    landed = warehouse.frame("select distinct source from landing.raw.records order by source")
    return [source for source in landed["source"] if source not in sources]


def conform(warehouse: Warehouse, loaded: Loaded, progress: Progress) -> list[Unanswered]:
    """Staging and core; returns the entries of ``[roles]`` nobody answers to."""
    for folder in ("schema/staging", "staging", "schema/core"):
        warehouse.run_folder(folder)
    warehouse.insert("staging.organisation", pl.DataFrame({"timezone": [loaded.config.timezone]}))
    accounts = warehouse.frame("from staging.accounts")
    pseudonyms = kept_pseudonyms(loaded, warehouse, progress)
    everybody = roles.Everybody(accounts, warehouse.frame("from staging.group_members"))
    held, unresolved = roles.actor_roles(everybody, loaded.config, pseudonyms)
    # The statuses of pull requests hang on who is a bot: that must be told before core is made.
    bots = roles.declared_bots(accounts, held, pseudonyms)
    warehouse.insert("staging.declared_bots", bots)
    with warehouse.registered("aliases", people.aliases(accounts, pseudonyms)):
        warehouse.run_folder("core")
    warehouse.execute(_LINKS)
    warehouse.insert("core.actors", people.actors(accounts, bots, pseudonyms))
    warehouse.insert("core.actor_roles", held)
    holders = roles.seat_holders(everybody, loaded.config, pseudonyms)
    warehouse.insert("core.seat_holders", holders)
    return unresolved


def understood(warehouse: Warehouse, loaded: Loaded, engine: Engine) -> tuple[Core, ItemFacts]:
    """What is not of single items, and the facts of all items, understood bucket by bucket.

    Raises:
        ConfigError: there is nothing to understand yet.
    """
    declared = policy_of(loaded.config, years=range(0))
    core = surveyed(warehouse, declared)
    if core.sources.is_empty():
        raise ConfigError(
            f"{loaded.path}: no source was read to its end yet; run 'roadworthy sync' first"
        )
    policy = policy_for(loaded.config, core.items)
    survey = Survey.of(core, policy)
    understanding = Understanding(core.without_items(), survey, policy)
    parts = list(facts_by_bucket(warehouse, understanding, engine=engine))
    shared = core.once_understood()
    return shared, for_estimates(together(parts, shared, survey))


def _compute(warehouse: Warehouse, computed: MainTables, standing: list[Finding]) -> pl.DataFrame:
    """Fill ``main``; returns the audit, with what is to be said of whole sources."""
    warehouse.run_folder("schema/main")
    for name, frame in computed.tables.items():
        _store(warehouse, f"main.{name}", frame)
    _store(warehouse, "core.replay_mismatches", computed.replay_mismatches)
    audit = audit_table(warehouse, [*computed.findings, *standing])
    _store(warehouse, "main.data_audit", audit)
    return audit


def _remember(
    warehouse: Warehouse, loaded: Loaded, core: Core, before: pl.DataFrame | None
) -> None:
    """Add what this build says to what earlier ones said."""
    said = {name: warehouse.frame(f"from main.{name}") for name in TOLD}
    figures = published_figures(said, before, snapshot_at=core.snapshot_at, config_hash=loaded.hash)
    _store(warehouse, "main.published_figures", figures)


def _store(warehouse: Warehouse, table: str, frame: pl.DataFrame) -> None:
    """Fill a table with the columns it declares; a frame may carry more than readers are shown."""
    declared = warehouse.frame(f"select * from {table} limit 0").columns  # noqa: S608 - our own names
    warehouse.insert(table, frame.select(declared))


def _close_run(warehouse: Warehouse, run: Run, result: BuildResult) -> None:
    """The published file shows its own run as it will have ended: it can only be read once it has.

    A night of which a source failed has its error on record by now.
    """
    outcome = "done_with_audit_errors" if result.audit_errors else "done"
    warehouse.execute(
        """
        update raw.runs set
            finished_at = ?, outcome = case when error is null then ? else 'failed' end
        where run_id = ?
        """,
        [run.clock(), outcome, run.run_id],
    )
