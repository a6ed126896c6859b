"""A faulty file is refused before anything is fetched: where, what, what would be right."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import nan
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from roadworthy.config import load
from roadworthy.config.faults import describe
from roadworthy.config.load import json_schema
from roadworthy.config.model import Config
from roadworthy.config.references import METRICS
from roadworthy.config.remedies import OF_PATTERN
from roadworthy.errors import ConfigError
from roadworthy.sql_files import sql_files

SOURCE = '[[sources]]\nkind = "files"\nname = "a"\npath = "x"\ntracker = "jira"\n'
GITHUB = (
    '[[sources]]\nkind = "github"\nname = "code"\nrepositories = ["acme/web"]\n'
    'token_env = "GITHUB_TOKEN"\n'
)
CHANGE = '[[interventions]]\nname = "Rule"\nkind = "process"\non = 2025-07-01\n'
COSTS = '[costs]\ncurrency = "USD"\n'
STAGE = '[[stages]]\nname = "Build"\nkind = "active"\nstatuses = ["In Progress"]\n'
READY = '[definition_of_ready]\nguards = "Build"\n[[definition_of_ready.rules]]\nname = "r"\n'

FAULTS = {
    'pth = "y"\n': "sources[0].pth: unknown key; did you mean 'path'?",
    "[measure]\nbulk_items = 3\n": "measure: unknown key; did you mean 'measures'?",
    "[privacy]\nminimum_group = 3\n": "privacy.minimum_group = 3: too small; write 5 or more",
    STAGE.replace("active", "activ"): (
        "stages[0].kind = 'activ': write 'queue', 'active', 'decision', 'approval', "
    ),
    STAGE
    + READY
    + 'field = "x"\nrequired = false\n': "required = false: write true, or leave it out",
    STAGE + STAGE: "stages: the name 'Build' is given 2 times",
    STAGE + STAGE.replace("Build", "Work"): "the status 'In Progress' is claimed by",
    STAGE + READY.replace("Build", "Bild") + 'field = "x"\nrequired = true\n': "mean 'Build'?",
    STAGE + READY + 'field = "x"\n': "give exactly one of required, minimum_length",
    STAGE + READY + 'field = "x"\nmatches = "(?=.*Given)"\n': "expression: look-around, including",
    '[measures]\ncommit_stage = "Bulid"\n': "measures.commit_stage = 'Bulid': no such stage",
    '[calendar]\nholidays = "XX"\n': "calendar.holidays = 'XX': no such calendar",
    '[calendars.eng]\nholidays = "XX"\n': "calendars.eng.holidays = 'XX': no such calendar",
    '[calendars.eng]\ntimezone = "Mars"\n': "calendars.eng.timezone = 'Mars': ",
    '[calendar]\nhours = "17:00-09:00"\n': "write opening before closing",
    COSTS + "delay_per_release_week = [-5, 10]\n": "[0] = -5: too small; write 0 or more",
    COSTS + "delay_per_release_week = [1, 2, 3]\n": "[1, 2, 3]: too many; write 2 at most",
    COSTS + "delay_per_release_week = [9, 5]\n": "[9.0, 5.0]: write the lower value first",
    CHANGE + 'primary_metric = "rejection_rates"\n': (
        "interventions 'Rule'.primary_metric = 'rejection_rates': no such metric; "
        "did you mean 'rejection_rate'?"
    ),
    CHANGE + 'placebo_metric = "time_in_stage:Build"\n': ".placebo_metric = 'time_in_stage:Build'",
    '[roles]\nproduct = ["accuont:1"]\n': (
        "roles.product = 'accuont:1': no such kind of holder; did you mean 'account:1'?"
    ),
    '[roles]\nproduct = [{ who = "groups:pm" }]\n': "did you mean 'group:pm'?",
    '[roles]\nproduct = [{ who = "ada", from = 2025-02-01, until = 2025-01-31 }]\n': (
        "roles.product 'ada': from = 2025-02-01 is after until = 2025-01-31"
    ),
    '[[tenures]]\nseat = "po"\naccount = "x"\nfrom = 2025-02-01\nuntil = 2025-01-31\n': (
        "tenures 'po': from = 2025-02-01 is after until = 2025-01-31"
    ),
    STAGE + READY + 'field = "x"\nmatches = "(("\n': (
        ".matches = '((': no regular expression: unclosed group; write one without look-around, as "
        "in Given.*Then"
    ),
    STAGE + READY + 'field = "x"\nmatches = "a{99999999}"\n': (
        "no regular expression: Compiled regex exceeds size limit"
    ),
    "as_of = 2025-01-01\n": (
        "sources[0].as_of = 2025-01-01: not an instant; write day, time and zone without quotation "
        "marks, as in 2025-01-01T00:00:00Z"
    ),
    "as_of = 2025-01-01T00:00:00\n": (
        "sources[0].as_of = 2025-01-01T00:00:00: without a zone; write it behind the time, as in "
        "2025-01-01T00:00:00Z"
    ),
    CHANGE.replace("2025-07-01", '"2025-07-01"'): (
        "interventions[0].on = '2025-07-01': not a day; write it without quotation marks and "
        "without a time, as in 2025-07-01"
    ),
    '[calendar]\nhours = "9-17"\n': "calendar.hours = '9-17': write it as in 09:00-17:00",
    "[calendar]\nhours = 9\n": "calendar.hours = 9: not text; write it in quotation marks",
    COSTS.replace("USD", "usd"): (
        "costs.currency = 'usd': write its three capital letters, as in USD"
    ),
    GITHUB.replace("acme/web", "acme"): (
        "sources[1].repositories[0] = 'acme': write owner/name, as in acme/web, or owner/* for all "
        "of an owner's"
    ),
    GITHUB.replace('["acme/web"]', '"acme/web"'): (
        "sources[1].repositories = 'acme/web': not a list; write it in brackets, as in [\"one\", "
        '"two"]'
    ),
    GITHUB.replace('["acme/web"]', "[]"): "sources[1].repositories = []: write at least 1",
    GITHUB + 'boards = ["acme"]\n': (
        "sources[1].boards[0] = 'acme': write owner/number, as in acme/7"
    ),
    GITHUB.replace('"code"', '"the code"'): (
        "sources[1].name = 'the code': write letters, digits, dots, dashes and underscores alone, "
        "as in acme-web"
    ),
    GITHUB.replace("GITHUB_TOKEN", "GITHUB TOKEN"): (
        "sources[1].token_env: write the name of a variable: letters, digits and underscores"
    ),
    '[measures]\nbulk_items = "3"\n': (
        "measures.bulk_items = '3': not a whole number; write it without quotation marks, as in 20"
    ),
    CHANGE + 'randomised = "no"\n': "interventions[0].randomised = 'no': write true or false",
    SOURCE.replace('kind = "files"\n', ""): (
        "sources[1]: 'kind' is missing; write one of jira, github, files"
    ),
    SOURCE.replace("files", "file"): (
        "sources[1].kind = 'file': no such kind; did you mean 'files'?"
    ),
    SOURCE.replace("files", "trello"): "'trello': no such kind; write one of jira, github, files",
    "no toml": "not valid TOML",
    "[" + "a." * 5000 + "a]\n[teams]\na = " + "[" * 5000: "not valid TOML: nested too deep",
    "[measures]\nbulk_items = " + "9" * 5000: "not valid TOML: Exceeds the limit",
    "[measures]\nbulk_items = " + "9" * 30: "9: too large; write 1000000 or less",
    "[measures]\ncontest_window_days = 4000": (
        "measures.contest_window_days = 4000: too large; write 3660 or less"
    ),
    CHANGE + "useful_effect = 0\n": "useful_effect = 0: too small; write more than 0",
    CHANGE + "useful_effect = 1.0\n": "useful_effect = 1.0: too large; write less than 1",
    GITHUB + 'longest_hours = "long"\n': (
        "longest_hours = 'long': not a number; write it without quotation marks, as in 0.5"
    ),
    GITHUB.replace('"code"', f'"{"x" * 65}"'): "xxx': too long; write 64 characters at most",
    "[teams]\nWeb = 5\n": (
        "teams.Web = 5: not a table; write it below a heading of its own, or in braces, as in "
        '{ name = "value" }'
    ),
    GITHUB.replace('token_env = "GITHUB_TOKEN"', "app = 7"): "sources[1].app = 7: not a table; ",
    "[calendars]\neng = []\n": "calendars.eng = []: not a table; ",
    "[benchmarks]\ndecision_wait_days = -1\n": "decision_wait_days = -1: too small; write 0 or",
    CHANGE.replace("2025", "0001"): "interventions[0].on = 0001-07-01: write a year from 1900 to",
    CHANGE + "rollout = { A = 9999-12-31 }\n": "interventions[0].rollout.A = 9999-12-31: write a",
    CHANGE + "washout_days = 9999999999\n": "washout_days = 9999999999: too large; write 3660",
    "as_of = 0001-01-01T00:00:00Z\n": "sources[0].as_of = 0001-01-01T00:00:00+00:00: write a year",
    COSTS + "delay_per_release_week = [1, inf]\n": "[1] = inf: not a finite number",
    COSTS + "person_hour = 1e300\n": "1e+300: too large; write 1000000000000 or less",
    "[benchmarks]\ndecision_wait_days = inf\n": "decision_wait_days = inf: not a finite number",
    GITHUB + "longest_hours = 1e300\n": "sources[1].longest_hours = 1e+300: too large; write 1000",
    SOURCE.replace('"x"', '""').replace('"a"', '"b"'): "sources[1].path = '': no path; write one",
    SOURCE.replace('"x"', '"x\\u0000"').replace(
        '"a"', '"b"'
    ): "sources[1].path = 'x\\x00': no path",
}


@pytest.mark.parametrize(("text", "sentence"), FAULTS.items())
def test_a_fault_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(SOURCE + text)

    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert sentence in str(caught.value)


_AMISS: list[Any] = [
    *(-1, 0, 10**30, 0.5, 1e300, nan, True, "", "abc", "x" * 200, date(2025, 1, 1)),
    *([], [1], ["x"] * 9, {}, {"a": 1}, datetime(2025, 1, 1, tzinfo=UTC)),
]
"""Values of which each is amiss in most places of the file."""


def test_whatever_is_amiss_is_told_in_our_own_words() -> None:
    """The validator's are of inputs, instances and dictionaries."""
    example = tomllib.loads(Path("roadworthy.example.toml").read_text(encoding="utf-8"))
    told = [
        one
        for amiss in _AMISS
        for changed in _with_one_amiss(example, amiss)
        for one in _faults_of(changed)
    ]
    assert len(told) > 1000
    assert [one for one in told if re.search("[Ii]nput|should|valid dict|instance", one)] == []


def _with_one_amiss(value: Any, amiss: object) -> Iterator[Any]:
    """The same with one of its parts replaced, each in turn."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield {**value, key: amiss}
            yield from ({**value, key: other} for other in _with_one_amiss(part, amiss))
    if isinstance(value, list):
        for place, part in enumerate(value):
            for other in (amiss, *_with_one_amiss(part, amiss)):
                yield [*value[:place], other, *value[place + 1 :]]


def _faults_of(data: Any) -> list[str]:
    try:
        Config.model_validate(data)
    except ValidationError as error:
        return [describe(fault, data) for fault in error.errors()]
    return []


def test_every_pattern_is_told_in_words() -> None:
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json_schema()))
    assert {json.loads(one) for one in patterns} == set(OF_PATTERN)


def test_one_source_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(SOURCE)
    loaded = load(path)

    assert loaded.warehouse == tmp_path / "var/roadworthy.duckdb"
    assert loaded.config.privacy.minimum_group == 5


@pytest.mark.parametrize(
    "text",
    [
        '[roles]\nproduct = ["557058:1", "qm:713020:1", "group:pm", { who = "team:a/b" }]\n',
        CHANGE + 'primary_metric = "time_in_stage_days:Build"\n',
        '[roles]\nproduct = [{ who = "ada", from = 2025-02-01, until = 2025-02-01 }]\n',
    ],
)
def test_what_may_be_said_is_taken(tmp_path: Path, text: str) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(SOURCE + text)
    load(path)


def test_the_metrics_of_an_intervention_are_those_of_every_week() -> None:
    _, _, comment = sql_files("schema/main")["weekly_metrics"].partition(".metric is '")
    told = set(re.findall(r"\b[a-z_]+_(?:rate|yield|days)\b", comment.partition("'")[0]))
    assert told - {"time_in_stage_days"} == METRICS


def test_a_file_that_is_not_there_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file; write one"):
        load(tmp_path / "roadworthy.toml")


def test_the_way_to_a_tracker_is_no_part_of_what_is_declared(tmp_path: Path) -> None:
    one = tmp_path / "one.toml"
    other = tmp_path / "other.toml"
    text = (
        '[[sources]]\nkind = "jira"\nname = "acme"\nprojects = ["PAY"]\n'
        'server = "https://{host}"\ntoken_env = "{variable}"\n'
    )
    one.write_text(text.format(host="a.example", variable="A"))
    other.write_text(text.format(host="b.example", variable="B") + "patience_minutes = 5\n")
    assert load(one).hash == load(other).hash
    other.write_text(other.read_text().replace("PAY", "WEB"))
    assert load(one).hash != load(other).hash


@pytest.mark.parametrize(
    "server",
    ["https://ada:canary@jira.example", "jira.example", "https://jira.example?token=canary"],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(
    server: str, tmp_path: Path
) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(
        f'[[sources]]\nkind = "jira"\nname = "acme"\nprojects = ["PAY"]\nserver = "{server}"\n'
        'token_env = "T"\n'
    )
    with pytest.raises(ConfigError) as refused:
        load(path)
    assert str(refused.value).endswith(
        "sources[0].server: not the address of a server; write one as in "
        "https://acme.atlassian.net, without user, password and query"
    )


@pytest.mark.parametrize("server", ["http://a:99999", "http://a:0", "http://[::1", "http://:80"])
def test_an_address_has_a_host_and_a_port_that_there_is(tmp_path: Path, server: str) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(f'{GITHUB}server = "{server}"\n')
    with pytest.raises(ConfigError, match=r"sources\[0\]\.server: not the address of a server"):
        load(path)


def test_a_mark_at_the_beginning_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(SOURCE, encoding="utf-8-sig")
    assert load(path).config.sources[0].name == "a"


def test_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text("# caf\u00e9\n" + SOURCE, encoding="latin-1")
    with pytest.raises(ConfigError, match=r"no UTF-8 text \(at byte 5\); save it as UTF-8"):
        load(path)


def test_links_that_lead_to_one_another_are_said(tmp_path: Path) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text('warehouse = "a"\n' + SOURCE)
    (tmp_path / "a").symlink_to("a")
    with pytest.raises(ConfigError, match="leads nowhere"):
        _ = load(path).warehouse


@pytest.mark.parametrize("name", ["../a", "a/b", "/etc", ".", "..", "", "a\\b", "a\nb", "-a"])
def test_the_name_of_a_source_is_no_path(tmp_path: Path, name: str) -> None:
    path = tmp_path / "roadworthy.toml"
    path.write_text(SOURCE.replace('"a"', json.dumps(name)), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sources\[0\].name"):
        load(path)


@pytest.mark.parametrize("end", ["\n", "\r", "?token=x", "#x", "\u2028"])
def test_an_address_has_nothing_behind_it(tmp_path: Path, end: str) -> None:
    path = tmp_path / "roadworthy.toml"
    address = json.dumps(f"https://acme.example{end}")
    path.write_text(
        f'[[sources]]\nkind = "jira"\nname = "a"\nprojects = ["A"]\ntoken_env = "T"\n'
        f"server = {address}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"sources\[0\].server: not the address of a server"):
        load(path)
