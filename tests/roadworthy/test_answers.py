"""Questions to the warehouse: what they may do, how long, and what their answers look like."""

import io
import json
from pathlib import Path

import polars as pl
import pytest

from roadworthy import bounded
from roadworthy.answers import find, parameters_of, ready_made, render
from roadworthy.cli import output
from roadworthy.errors import ConfigError
from roadworthy.warehouse import building
from tests.roadworthy.conftest import Place, settled

ENDLESS = (
    "select count(*) from range(100000000) a, range(100000) b where (a.range * b.range) % 7 = 3"
)


def csv_of(*values: object) -> str:
    return render(pl.DataFrame({"title": values}, strict=False), "csv").decode()


def test_a_table_has_numbers_to_the_right_and_a_dash_for_no_value() -> None:
    rows = pl.DataFrame({"stage": ["Review", None], "days": [12.5, 3.0]})
    assert render(rows, "table").decode() == (
        "stage   days\n──────  ────\nReview  12.5\n\N{EN DASH}          3\n"
    )


def test_a_table_of_no_rows_is_its_header() -> None:
    assert render(pl.DataFrame({"stage": []}), "table").decode() == "stage\n─────\n"


def test_a_cell_of_marks_that_take_no_room_is_cut_too() -> None:
    rows = pl.DataFrame({"title": ["a" + "\u0301" * 1_000_000]})
    assert len(render(rows, "table")) < 1000


def test_a_megabyte_in_a_cell_is_cut_in_a_table_and_whole_elsewhere() -> None:
    rows = pl.DataFrame({"title": ["\x1b[2J=x" * 200_000]})
    assert len(render(rows, "table")) < 1000
    for form in ("csv", "json", "markdown"):
        text = render(rows, form)
        assert len(text) > 1_000_000
        assert b"\x1b" not in text


def test_a_person_sees_the_names_of_columns_apart_and_a_pipe_sees_no_colour() -> None:
    rows = pl.DataFrame({"stage": ["Review"]})
    coloured = render(rows, "table", is_coloured=True).decode()
    assert coloured == "\x1b[1mstage\x1b[0m\n\x1b[2m──────\x1b[0m\nReview\n"
    for form in ("csv", "json", "markdown", "parquet"):
        assert render(rows, form, is_coloured=True) == render(rows, form)


@pytest.mark.parametrize(
    ("variables", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_a_terminal_that_wants_them(
    published: Place,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    *,
    is_coloured: bool,
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert output.wants_colour(Terminal()) is is_coloured
    assert output.wants_colour(io.StringIO()) is False
    assert "\x1b" not in published.call("sql", "select 1 as n").output


class Terminal(io.StringIO):
    """A stream that a person watches."""

    def isatty(self) -> bool:
        return True


def test_a_wide_letter_takes_two_columns() -> None:
    rows = pl.DataFrame({"title": ["日本", "abcd"], "n": [1, 2]})
    assert render(rows, "table").decode().splitlines()[2:] == ["日本   1", "abcd   2"]


def test_a_table_draws_what_would_act_on_a_terminal() -> None:
    rows = pl.DataFrame({"title": ["a\x1b]0;x\x07\nb\u202e\x9b"]})
    shown = render(rows, "table").decode().splitlines()[2]
    assert shown == "a␛]0;x␇␊b⟨U+202E⟩⟨U+009B⟩"


def test_a_long_cell_is_cut_in_a_table_and_whole_elsewhere() -> None:
    rows = pl.DataFrame({"title": ["x" * 100]})
    assert render(rows, "table").decode().splitlines()[2] == "x" * 79 + "…"
    assert render(rows, "csv").decode() == "title\n" + "x" * 100 + "\n"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "\"'\r'=1\""),
        ("\n=1", "\"'\n'=1\""),
        (" =1", "' =1"),
        ("done;=1+1;", "done;'=1+1;"),
        ("done; \t@SUM(A1)", "done;' \t'@SUM(A1)"),
        ("one\r\n=2", "\"one\r'\n'=2\""),
        ("a; b;c", "a; b;c"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-5", "-5"),
        ("+1.5e3", "+1.5e3"),
        ("a=1", "a=1"),
    ],
)
def test_no_text_becomes_a_formula_in_a_spreadsheet(title: str, written: str) -> None:
    assert csv_of(title) == f"title\n{written}\n"


def test_a_name_of_a_column_becomes_no_formula_either() -> None:
    assert render(pl.DataFrame({"=1+1": [1]}), "csv").decode() == "'=1+1\n1\n"


def test_a_number_is_never_quoted() -> None:
    assert csv_of(-5.5) == "title\n-5.5\n"


def test_a_cell_of_csv_keeps_its_comma_quote_and_line_end() -> None:
    assert csv_of('a,"b"\nc') == 'title\n"a,""b""\nc"\n'


def test_csv_tells_an_empty_text_from_no_value() -> None:
    assert csv_of("", None) == 'title\n""\n\n'


def test_json_has_numbers_lists_and_instants_and_nothing_a_terminal_acts_on() -> None:
    rows = pl.DataFrame(
        {"title": ["\x1b\x9b\u202eü"], "rules": [["a", None]], "share": [float("nan")]},
    ).with_columns(at=pl.datetime(2026, 3, 31, 12, time_zone="UTC"))
    written = render(rows, "json").decode()
    assert written == (
        '[\n{"title": "\\u001b\\u009b\\u202eü", "rules": ["a", null], "share": null, '
        '"at": "2026-03-31T12:00:00Z"}\n]\n'
    )
    assert json.loads(written)[0]["title"] == "\x1b\x9b\u202eü"


def test_json_of_no_rows_is_an_empty_list() -> None:
    assert render(pl.DataFrame({"title": []}), "json") == b"[]\n"


def test_markdown_cannot_be_broken_out_of() -> None:
    rows = pl.DataFrame({"title": ["a|b\n<img src=x> [l](javascript:x) `c`"], "n": [1]})
    assert render(rows, "markdown").decode() == (
        "| title | n |\n| --- | ---: |\n"
        "| a\\|b␊\\<img src=x\\> \\[l\\](javascript:x) \\`c\\` | 1 |\n"
    )


def test_parquet_goes_to_a_file_and_comes_back_the_same(published: Place, tmp_path: Path) -> None:
    out = tmp_path / "x.parquet"
    question = "select 1::integer as n, interval 3 hours as took"
    result = published.call("sql", question, "--format", "parquet", "--out", str(out))
    assert result.exit_code == 0
    assert pl.read_parquet(out).rows() == [(1, "03:00:00")]


def test_parquet_without_a_file_is_refused(published: Place) -> None:
    result = published.call("sql", "select 1", "--format", "parquet")
    assert result.exit_code == 2
    assert "name a file for it with --out" in result.stderr


def test_a_table_is_cut_at_1000_rows_and_says_so(published: Place) -> None:
    result = published.call("sql", "from range(1001)")
    assert result.stdout.splitlines()[-1].strip() == "999"
    assert "only the first 1,000 rows; --limit 0 gives all of them" in result.stderr


def test_just_as_many_rows_as_asked_for_is_not_cut(published: Place) -> None:
    result = published.call("sql", "from range(3)", "--limit", "3", "--format", "csv")
    assert result.stdout == "range\n0\n1\n2\n"
    assert result.stderr == ""


def test_csv_is_whole_unless_a_limit_is_given(published: Place) -> None:
    assert published.call("sql", "from range(5000)", "--format", "csv").stdout.count("\n") == 5001


def test_a_query_that_takes_too_long_is_stopped(published: Place) -> None:
    result = published.call("sql", ENDLESS, "--timeout", "0.3")
    assert result.exit_code == 2
    assert "not answered within 0.3 seconds, and stopped" in result.stderr


def test_an_answer_too_large_to_hold_is_stopped(
    published: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "LARGEST_ANSWER", 10_000_000)
    endless = "select a.range, repeat('x', 500) from range(100000000) a, range(100000) b"
    result = published.call("sql", endless, "--format", "csv", "--out", str(published.folder / "x"))
    assert result.exit_code == 2
    assert "the answer is larger than 10 MB; ask for fewer rows" in result.stderr
    assert not (published.folder / "x").exists()


def test_an_answer_of_many_batches_is_whole(published: Place) -> None:
    rows = published.call("sql", "select range as n from range(250000)", "--format", "csv").stdout
    assert rows.splitlines() == ["n", *map(str, range(250_000))]


def test_a_fault_in_the_middle_of_an_answer_is_told_in_one_sentence(published: Place) -> None:
    late = "select if(range = 250000, 'x', '1')::integer from range(300000)"
    result = published.call("sql", late, "--format", "csv")
    assert result.exit_code == 2
    assert "Could not convert string 'x' to INT32" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "moment", ["date 'infinity'", "timestamptz '-infinity'", "date '15715-01-01'"]
)
def test_a_day_that_has_no_year_is_told_in_one_sentence(published: Place, moment: str) -> None:
    result = published.call("sql", f"select {moment} as until union all select null")
    assert result.exit_code == 2
    assert "'until' holds days before the year 1 or after 9999" in result.stderr
    assert published.call("sql", f"select ({moment})::varchar as until").exit_code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "drop table visits",
        "create table x (a integer)",
        "copy visits to 'x.csv'",
        "attach 'x.duckdb'",
        "set threads = 1",
        "install httpfs",
        "load httpfs",
        "insert into visits select * from visits",
        "create temp table x as select 1",
        "export database 'x'",
        "pragma database_list",
        "call pragma_version()",
        "select 1; drop table visits",
        "",
    ],
)
def test_only_a_question_can_be_asked(published: Place, statement: str) -> None:
    result = published.call("sql", statement or " ")
    assert result.exit_code == 2
    assert "the warehouse is only ever read" in result.stderr


@pytest.mark.parametrize("reader", ["read_csv('{}')", "read_text('{}')", "'{}'", "glob('{}')"])
def test_a_question_reaches_no_other_file(published: Place, reader: str) -> None:
    secret = published.folder / "secret.csv"
    secret.write_text("token\nhunter2\n", encoding="utf-8")
    result = published.call("sql", f"from {reader.format(secret)}")
    assert result.exit_code == 2
    assert "hunter2" not in result.output


def test_nobody_is_told_to_install_what_a_question_may_not_load(published: Place) -> None:
    result = published.call("sql", "from iceberg_scan('x')")
    assert result.exit_code == 2
    assert "exists in the iceberg extension." in result.stderr
    assert "Please" not in result.stderr


def test_while_a_build_is_at_work_the_old_file_answers_and_then_the_new_one(
    published: Place,
) -> None:
    asked = ("sql", "select count(*) as n from duckdb_tables() where table_name = 'x'")
    with building(published.warehouse) as fresh:
        fresh.execute("create table main.x (a integer)")
        assert published.call(*asked, "--format", "csv").stdout == "n\n0\n"
    assert published.call(*asked, "--format", "csv").stdout == "n\n1\n"


@pytest.mark.parametrize("name", ["warehouse", "statements", "parameters", "pl"])
def test_a_question_reaches_no_variable_of_the_program(published: Place, name: str) -> None:
    result = published.call("sql", f"from {name}")
    assert result.exit_code == 2
    assert f"Table with name {name} does not exist!" in result.stderr


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("from vists", 'Did you mean "visits"?'),
        ("select elapsed_hour from visits", '"elapsed_hours"'),
        ("from zzzzzz", "does not exist! 'roadworthy tables' tells what there is"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    published: Place, question: str, nearest: str
) -> None:
    result = published.call("sql", question)
    assert result.exit_code == 2
    assert nearest in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_misspelt_question_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'where_work_waits'"):
        find("where-work-wait")


def test_a_parameter_is_given_by_name(published: Place) -> None:
    asked = ("sql", "select $team as team, $n::integer + 1 as n", "--param", "team=a=b")
    result = published.call(*asked, "--param", "n=1", "--format", "csv")
    assert result.stdout == "team,n\na=b,2\n"


@pytest.mark.parametrize("query", ["select 1", "select $b"])
def test_a_value_that_the_query_has_no_place_for_is_told(published: Place, query: str) -> None:
    result = published.call("sql", query, "--param", "a=1", "--param", "b=2")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "the query: it has no place for a value that was given; write $NAME where the value of "
        "--param NAME=VALUE belongs, or leave it out\n"
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("from visits where team = $team", "$team has no value; give it with --param team=VALUE"),
        ("select $a + 1", "$a has no value; give it with --param a=VALUE"),
        ("select ?", "$1 has no value; give it with --param 1=VALUE"),
        (
            "select $a || $b",
            "$a and $b have no value; give each of them, as in --param a=VALUE --param b=VALUE",
        ),
        (
            "select $a || $b || $c",
            (
                "$a, $b and $c have no value; give each of them, as in --param a=VALUE "
                "--param b=VALUE --param c=VALUE"
            ),
        ),
    ],
)
def test_a_value_that_is_missing_is_asked_for(published: Place, query: str, told: str) -> None:
    result = published.call("sql", query)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"the query: {told}\n")


def test_a_value_that_is_no_text_to_the_query_is_to_be_cast(published: Place) -> None:
    asked = ("sql", "select $a + 1 as more", "--param", "a=1")
    result = published.call(*asked)
    assert result.exit_code == 2
    assert result.stderr.endswith(
        'the query: the engine cannot tell which function is meant by "+(STRING_LITERAL, '
        'INTEGER_LITERAL)"; a value of --param is text, as one in quotation marks is: cast it, as '
        "in $NAME::integer\n"
    )
    cast = published.call("sql", "select $a::integer + 1 as more", *asked[2:], "--format", "csv")
    assert cast.stdout == "more\n2\n"


@pytest.fixture(scope="module")
def of_a_team(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where a warehouse shows the organisation and a team."""
    place = settled(tmp_path_factory.mktemp("of a team"))
    place.publish(
        "insert into metric_summaries by name select 'slip_rate' as metric, scope, 1 as items, "
        "0 as open_items from (values ('organisation'), ('team:PAY')) as rows (scope)"
    )
    return place


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            "where_work_waits",
            "scope=team:PAX",
            "no scope 'team:PAX' is shown; did you mean 'team:PAY'?",
        ),
        ("items_sent_back_most", "team=PAX", "no team 'PAX' is shown; did you mean 'PAY'?"),
        (
            "trend_by_week",
            "metric=slip_rates",
            "no metric 'slip_rates' is shown; did you mean 'slip_rate'?",
        ),
        (
            "where_work_waits",
            "scope=zzz",
            "no scope 'zzz' is shown; there are: organisation, team:PAY",
        ),
        (
            "rules_that_fail",
            "scope=team:PAY",
            "no rows: the tables of 'rules_that_fail' have nothing of scope 'team:PAY'",
        ),
        (
            "trend_by_week",
            "metric=*",
            "no rows: the tables of 'trend_by_week' have nothing of metric '*'",
        ),
        ("what_changes_were_compared_with", "metric=*", None),
        ("rules_that_fail", "scope=organisation", None),
        ("work_in_progress", "team=PAY", None),
    ],
)
def test_no_rows_for_a_value_there_is_not_is_told(
    of_a_team: Place, name: str, given: str, told: str | None
) -> None:
    result = of_a_team.call("sql", name, "--param", given)
    assert result.exit_code == 0
    assert (told in result.stderr) if told else (result.stderr == "")


def test_a_parameter_a_question_does_not_have_is_refused() -> None:
    with pytest.raises(
        ConfigError, match="'where_work_waits' has no such parameter; it has: scope"
    ):
        find("where_work_waits").asked_with({"scop": "x"})


@pytest.mark.parametrize(
    ("name", "parameter", "value", "instead"),
    [
        ("decisions_that_wait", "bots", "true", "one of yes, no"),
        ("decisions_that_wait", "channel", "reviews", r"one of \*, stage, flag, review, approval"),
        ("numbers_to_doubt", "severity", "warnings", "one of error, warning, info"),
        ("scope_that_grew", "kind", "Epic", r"one of \*, release, sprint, epic"),
        ("oldest_open_work", "rows", "ten", "a whole number"),
        ("oldest_open_work", "rows", "-1", "a whole number"),
        ("oldest_open_work", "rows", "2.5", "a whole number"),
        ("what_could_be_seen", "washout_days", "", "a whole number"),
        ("what_could_be_seen", "starts_on", "1.2.2026", "a day, as in 2026-01-01"),
    ],
)
def test_a_value_that_a_parameter_cannot_have_is_refused(
    name: str, parameter: str, value: str, instead: str
) -> None:
    told = f"--param {parameter}={value}: it is {instead}$"
    with pytest.raises(ConfigError, match=told):
        find(name).asked_with({parameter: value})


@pytest.mark.parametrize("pair", ["scope", "=x", ""])
def test_a_parameter_is_written_as_name_and_value(pair: str) -> None:
    with pytest.raises(ConfigError, match="write it as name=value"):
        parameters_of([pair])


def test_a_query_can_come_from_standard_input(published: Place) -> None:
    assert published.call("sql", "-", "--format", "csv", typed="select 7 as n").stdout == "n\n7\n"


def test_without_a_query_the_questions_are_listed_with_what_may_be_changed(place: Place) -> None:
    listed = place.call("sql").stdout
    assert (
        "where_work_waits\n    In which stages does work spend its time?\n    On the demo: "
        in listed
    )
    assert listed.count("?\n    On the demo: ") == len(ready_made())
    assert "    --param scope=organisation  whose: organisation, or as in team:PAY" in listed


def test_the_list_of_questions_has_the_format_asked_for(place: Place) -> None:
    told = json.loads(place.call("sql", "--format", "json").stdout)
    assert [one["name"] for one in told] == list(ready_made())
    (waits,) = (one for one in told if one["name"] == "where_work_waits")
    assert waits["question"] == "In which stages does work spend its time?"
    assert (waits["parameters"], waits["on_the_demo"] != "") == ("scope=organisation", True)
    out = place.folder / "questions.csv"
    assert place.call("sql", "--format", "csv", "--out", str(out)).stdout == ""
    assert out.read_text("utf-8").startswith("name,question,parameters,on_the_demo\n")


def test_what_belongs_to_a_query_is_refused_where_there_is_none(place: Place) -> None:
    result = place.call("sql", "--param", "scope=team:PAY")
    assert result.exit_code == 2
    assert "--param scope=team:PAY: there is no query that it belongs to; name a" in result.stderr


def test_where_nothing_is_published_the_answer_says_what_to_run(place: Place) -> None:
    result = place.call("sql", "select 1")
    assert result.exit_code == 2
    assert "there is no warehouse yet; run 'roadworthy nightly" in result.stderr


def test_the_folder_of_a_file_is_made(published: Place) -> None:
    out = published.folder / "new" / "x.csv"
    result = published.call("sql", "select 1 as n", "--format", "csv", "--out", str(out))
    assert (result.exit_code, out.read_text("utf-8")) == (0, "n\n1\n")


def test_a_file_is_written_whole_in_place_of_the_old_one(published: Place) -> None:
    out = published.folder / "x.csv"
    out.write_text("old", encoding="utf-8")
    result = published.call("sql", "select 1 as n", "--format", "csv", "--out", str(out))
    assert (result.stdout, out.read_text("utf-8")) == ("", "n\n1\n")
    assert not list(published.folder.glob(".x.csv*"))
