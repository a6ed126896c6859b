"""What holds the house together and no linter checks."""

import ast
import pkgutil
import re
import runpy
from pathlib import Path

import pytest

from roadworthy.config import load
from roadworthy.warehouse import in_memory

ROOT = Path(__file__).parent.parent
PACKAGES = ("roadworthy", "connectors", "pipelines", "reports")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SQL = sorted((ROOT / "sql").rglob("*.sql"))
SQL_OF_STAGING = [path for path in SQL if path.parent == ROOT / "sql" / "staging"]
NAMELESS = {"utils", "helpers", "common", "models", "base", "misc"}
LONGEST_MODULE = 250


def imported(path: Path) -> set[str]:
    """The top-level modules a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names}


def called(path: Path) -> set[str]:
    """The bare names a file calls."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.func.id
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_only_the_warehouse_speaks_duckdb() -> None:
    assert [relative(path) for path in MODULES if "duckdb" in imported(path)] == [
        "roadworthy/warehouse.py"
    ]


def test_nothing_prints_but_the_command_line() -> None:
    printing = [relative(path) for path in MODULES if "print" in called(path)]
    assert [path for path in printing if not path.startswith("roadworthy/cli/")] == []


def test_no_pipeline_names_a_tracker() -> None:
    named = re.compile(r"""["'](jira|github)["']""")
    pure = [path for path in MODULES if path.is_relative_to(ROOT / "pipelines")]
    assert [relative(path) for path in pure if named.search(path.read_text())] == []


def test_no_pipeline_reads_a_clock() -> None:
    clocks = re.compile(r"\.(now|today|utcnow)\(|current_(date|timestamp)")
    pure = [path for path in MODULES if path.is_relative_to(ROOT / "pipelines")] + SQL
    assert [relative(path) for path in pure if clocks.search(path.read_text())] == []


def stale_references(path: Path) -> list[str]:
    """What the docstrings of a file refer to that is nowhere.

    They may name it in full, as it is called in that file, or as its neighbour in the package.
    """
    names = re.findall(r":(?:mod|func|class|data|meth|attr):`([\w.]+)`", path.read_text())
    package = ".".join(path.relative_to(ROOT).parent.parts)
    places = ("", f"{package}.{path.stem}.", f"{package}.")
    return [name for name in names if not any(is_there(place + name) for place in places)]


def is_there(name: str) -> bool:
    """Whether a dotted name is that of a module, or of something in one."""
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_whatever_a_docstring_refers_to_is_there() -> None:
    texts = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
    stale = {relative(path): stale_references(path) for path in texts}
    assert {path: names for path, names in stale.items() if names} == {}


def test_every_module_says_what_it_is_for_and_has_a_name_of_its_own() -> None:
    for path in MODULES:
        assert path.stem not in NAMELESS, relative(path)
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), relative(path)


def test_no_module_grows_into_several() -> None:
    lengths = {relative(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


@pytest.mark.parametrize("path", SQL, ids=relative)
def test_every_sql_file_opens_with_what_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- ")


@pytest.mark.parametrize(
    "path",
    [path for path in SQL if path.parent.name in ("staging", "core", "main", "marts")],
    ids=relative,
)
def test_an_sql_object_has_the_name_of_its_file(path: Path) -> None:
    created = re.search(r"create (table|view|macro) \w+\.(\w+)", path.read_text(encoding="utf-8"))
    assert created is not None
    assert created[2] == path.stem


def test_what_a_tracker_has_of_a_shape_is_part_of_what_core_reads() -> None:
    staged = {path.stem: path.read_text(encoding="utf-8") for path in SQL_OF_STAGING}
    for name in staged:
        shape = name.partition("_")[2]
        if shape in staged:
            assert f"from staging.{name}" in staged[shape], f"{shape}.sql leaves out {name}"
    core = [path.read_text(encoding="utf-8") for path in (ROOT / "sql/core").glob("*.sql")]
    read = {name for text in core for name in re.findall(r"\bstaging\.(\w+)", text)}
    assert [name for name in sorted(read) if name.startswith(("jira_", "github_"))] == []


def test_every_table_and_column_of_every_schema_has_a_comment() -> None:
    with in_memory() as warehouse:
        for schema in ("raw", "staging", "core"):
            warehouse.execute(f"create schema {schema}")
        for folder in ("schema/raw", "schema/staging", "staging", "schema/core"):
            warehouse.run_folder(folder)
        warehouse.execute(
            "create temp table aliases (source varchar, alias varchar, actor_id varchar)"
        )
        for folder in ("core", "schema/main", "marts"):
            warehouse.run_folder(folder)
        bare = warehouse.frame(
            """
            select schema_name, table_name, column_name from duckdb_columns()
            where not internal and schema_name in ('raw', 'staging', 'core', 'main')
                and comment is null and table_name <> 'aliases'
            union all
            select schema_name, table_name, null from duckdb_tables()
            where not internal and comment is null and table_name <> 'aliases'
            union all
            select schema_name, view_name, null from duckdb_views()
            where not internal and comment is null
            """
        )
    # What a tracker supplies of a shape has the columns of that shape, and their meaning from it.
    shapes = {path.stem for path in SQL_OF_STAGING}
    assert [
        (schema, table, column)
        for schema, table, column in bare.rows()
        if column is None or table.partition("_")[2] not in shapes
    ] == []


def test_the_documents_are_those_of_the_code() -> None:
    generated = runpy.run_path(str(ROOT / "docs" / "generate.py"))["documents"]()
    written = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in generated}
    assert written == generated


@pytest.mark.parametrize(
    "path",
    [ROOT / "roadworthy.example.toml", *sorted((ROOT / "examples").glob("*.toml"))],
    ids=relative,
)
def test_every_example_is_a_valid_configuration(path: Path) -> None:
    assert load(path).config.sources


def test_every_metric_has_a_heading() -> None:
    headings = set(re.findall(r"^## (\w+)", (ROOT / "docs/metrics.md").read_text(), re.MULTILINE))
    tables = {path.stem for path in (ROOT / "sql/schema/main").glob("*.sql")}
    described_elsewhere = {"interventions", "weekly_metrics", "metric_summaries"}
    assert tables - headings == described_elsewhere


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    forbidden = re.compile(r"/work/|/root/|files\.pythonhosted|pypi\.org/simple|deb\.debian")
    texts = [
        *MODULES,
        *SQL,
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *(path for path in ROOT.glob("examples/**/*") if path.is_file()),
        ROOT / "pyproject.toml",
    ]
    assert [relative(path) for path in texts if forbidden.search(path.read_text())] == []


@pytest.mark.xdist_group("what is shared")
def test_groups_of_tests_stay_together(request: pytest.FixtureRequest) -> None:
    """Tests that share what takes long to make run on one worker, or it is made on each."""
    if getattr(request.config.option, "loadgroup", False):
        assert request.node.nodeid.endswith("@what is shared")
