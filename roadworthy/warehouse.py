"""The only module that speaks DuckDB: two files, three ways to open them.

*Landing* (``roadworthy.raw.duckdb``) is where a sync stores what trackers sent, page by page; no
reader opens it. The *published* file (``roadworthy.duckdb``) is what people read. A build writes a
new file beside the published one and swaps it in with one rename, so that readers are never
blocked, never see half a build, and keep the old file if a build dies.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb
import polars as pl
import pyarrow as pa

from roadworthy import database_files as files
from roadworthy.bounded import BATCH, gathered
from roadworthy.disk import claim, private
from roadworthy.disk_words import fault_of_the_disk, is_of_the_disk
from roadworthy.engine_words import sentence, stopped_by_hand
from roadworthy.errors import ConfigError, RoadworthyError
from roadworthy.frame_types import as_text
from roadworthy.layout import LANDING, PUBLISHED, grow_up, refuse_not_ours, refuse_older, stamp
from roadworthy.sql_files import in_dependency_order, sql_files

Value: TypeAlias = str | int | float | bool | list[str] | None
_Given: TypeAlias = Sequence[object] | Mapping[str, object]
_Batches: TypeAlias = Iterator[pa.RecordBatchReader]
# Instants in UTC; and no bar of the engine on somebody's screen, or among results.
_PLAIN = "set TimeZone = 'UTC'; set enable_progress_bar = false"


class Warehouse:
    """One open DuckDB file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Wrap an open connection; use the functions below to open one."""
        self._connection = connection
        self._connection.execute(_PLAIN)

    def frame(self, query: str, parameters: Sequence[Value] = ()) -> pl.DataFrame:
        """The rows of a query, instants as UTC microseconds."""
        frame: pl.DataFrame = self._connection.sql(query, params=list(parameters)).pl()
        return frame

    @contextmanager
    def streamed(self, query: str, rows: int, parameters: Sequence[Value] = ()) -> _Batches:
        """The rows of a query, no more than so many at a time; several may be read side by side."""
        [(name,)] = self._connection.execute("select current_database()").fetchall()
        with closing(self._connection.cursor()) as own:  # a connection has one open result
            own.execute(f'{_PLAIN}; use "{name}"')
            yield own.sql(query, params=list(parameters)).to_arrow_reader(rows)

    def execute(self, statement: str, parameters: _Given = ()) -> None:
        """Run statements for their effect."""
        self._connection.execute(statement, parameters).fetchall()

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        """Append rows to a table, columns matched by name; some at a time, for each is copied."""
        for part in frame.iter_slices(files.INSERTED):
            with self.registered("incoming", part):
                self.execute(f"insert into {table} by name select * from incoming")  # noqa: S608 - our own names

    def answer(
        self, question: str, parameters: Mapping[str, str], rows: int | None
    ) -> pl.DataFrame:
        """The rows, or the first of them, of one question in SQL that somebody asks.

        Raises:
            ConfigError: it is no question, or cannot be answered as it stands.
        """
        try:
            _refuse_all_but_one_question(self._connection.extract_statements(question))
            relation = _readable(self._connection.sql(question, params=dict(parameters) or None))
            wanted = relation if rows is None else relation.limit(rows)
            reader = wanted.to_arrow_reader(BATCH)
            return gathered(reader, reader.schema)
        except (duckdb.Error, OSError) as error:  # what is said between two batches is the latter
            if isinstance(error, duckdb.Error) and is_of_the_disk(error):
                raise
            is_ours = isinstance(error, duckdb.OperationalError | duckdb.InternalError)
            kind = RoadworthyError if is_ours else ConfigError
            raise kind(f"the query: {sentence(error)}") from error

    def confine(self) -> None:
        """From here on no file and no variable of ours can be reached, and no setting changed."""
        self.execute("set python_enable_replacements = false")
        self.execute("set enable_external_access = false")
        self.execute("set lock_configuration = true")

    def interrupt(self) -> None:
        """Stop what another thread has this connection do."""
        self._connection.interrupt()

    @contextmanager
    def registered(self, name: str, frame: pl.DataFrame) -> Iterator[None]:
        """Let queries see a frame under a name for a while."""
        self._connection.register(name, frame.to_arrow())
        yield  # after a fault what follows is refused; the next frame of that name takes its place
        self._connection.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what happens inside, or none of it."""
        self._connection.begin()
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()

    @contextmanager
    def attached(self, path: Path, name: str) -> Iterator[None]:
        """Let queries read another file under a name for a while."""
        self.execute(files.attaching(path, name))
        yield
        self.execute(f"detach {name}")

    def run_folder(self, folder: str) -> None:
        """Run every SQL file of a folder of ``sql/``, each after those it reads."""
        for name, text in in_dependency_order(sql_files(folder)):
            try:
                self.execute(text)
            except duckdb.Error as error:
                if is_of_the_disk(error):
                    raise
                raise RoadworthyError(f"sql/{folder}/{name}.sql: {error}") from error


def landing_path(published: Path) -> Path:
    """Where the raw payloads of a warehouse are landed."""
    return published.with_suffix(f".raw{published.suffix}")


@contextmanager
def open_landing(published: Path) -> Iterator[Warehouse]:
    """Open the landing file for writing, with its tables in place; it is for its owner alone.

    Raises:
        NotOursError: another program wrote it, or a newer Roadworthy.
    """
    claim(published.parent)
    path = landing_path(published)
    if path.exists():
        with reading_landing(published):
            pass  # looked at before it is opened in a way that could change it
    elif published.exists():
        with open_published(published, of_any_age=True):
            pass  # what a lost one is made from
    with private(), _opened(path, files.LANDING_DAMAGED) as warehouse:
        grow_up(warehouse, published)
        warehouse.run_folder("landing")
        yield warehouse


@contextmanager
def open_published(published: Path, *, of_any_age: bool = False) -> Iterator[Warehouse]:
    """Open the published file for reading; unless of any age, as this version publishes it.

    Raises:
        ConfigError: nothing has been published there yet, or by another version.
    """
    if not published.exists():
        raise ConfigError(
            f"{published}: there is no warehouse yet; run 'roadworthy nightly' (or sync, build)"
        )
    with _opened(published, files.remedy(landing_path(published)), read_only=True) as warehouse:
        refuse_not_ours(warehouse, published, PUBLISHED)
        if not of_any_age:
            refuse_older(warehouse, published)
        yield warehouse


@contextmanager
def reading_landing(published: Path) -> Iterator[Warehouse]:
    """Open the landing file for reading; only where no run is at work."""
    with _opened(landing_path(published), files.LANDING_DAMAGED, read_only=True) as warehouse:
        refuse_not_ours(warehouse, landing_path(published), LANDING)
        yield warehouse


@contextmanager
def in_memory() -> Iterator[Warehouse]:
    """Open a warehouse that is gone afterwards."""
    with _opened(Path(":memory:"), "") as warehouse:
        yield warehouse


@contextmanager
def building(published: Path) -> Iterator[Warehouse]:
    """A new file beside the published one, swapped in if all ends well; ``landing`` is attached."""
    landing = landing_path(published)
    if not landing.exists():
        raise ConfigError(f"{landing}: nothing has been fetched yet; run 'roadworthy sync' first")
    with open_landing(published):
        pass  # whole, of this version, in a folder that can be written to
    fresh = published.with_name(f".{published.name}.building")
    files.remove(fresh)
    try:
        with private(), _opened(fresh, files.LANDING_DAMAGED, made_from=landing) as warehouse:
            with warehouse.attached(landing, "landing"):
                yield warehouse
                stamp(warehouse, PUBLISHED)
            warehouse.execute("checkpoint")
        files.put_in_force(fresh, published)
    finally:
        files.remove(fresh)


@contextmanager
def _opened(
    path: Path, if_damaged: str, *, read_only: bool = False, made_from: Path | None = None
) -> Iterator[Warehouse]:
    """Open a file; a new one that is made from another, which is at fault if any is damaged."""
    try:
        connection = (
            duckdb.connect(str(path), read_only=read_only, config=files.SETTINGS)
            if made_from is None
            else _new(path)
        )
        with closing(connection), stopped_by_hand():
            yield Warehouse(connection)
    except duckdb.Error as error:
        if told := fault_of_the_disk(error, path, damaged=made_from or path, remedy=if_damaged):
            raise told from error
        raise


def _new(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config=files.settings_of_new(path))
    connection.execute(files.attaching_new(path))
    return connection


def _refuse_all_but_one_question(statements: Sequence[duckdb.Statement]) -> None:
    kinds = [statement.type for statement in statements]
    if kinds not in ([duckdb.StatementType.SELECT], [duckdb.StatementType.EXPLAIN]):
        raise ConfigError(
            "the query: give one question, as in 'select ...' or 'from ...'; the warehouse is "
            "only ever read, and what changes it is a build"
        )


def _readable(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with every column of a type that frames have."""
    columns = as_text(relation.columns, [str(kind) for kind in relation.types])
    return relation if columns is None else relation.project(columns)
