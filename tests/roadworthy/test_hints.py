"""Commands that are advised can be copied as they stand."""

from pathlib import Path

import pytest

from roadworthy.cli.hints import with_config


@pytest.mark.parametrize(
    ("config", "added"),
    [
        ("roadworthy.toml", ""),
        ("etc/a.toml", " --config etc/a.toml"),
        ("our own.toml", ' --config "our own.toml"'),
    ],
)
def test_an_advised_command_reads_the_same_configuration(config: str, added: str) -> None:
    message = "x: run 'roadworthy build', then 'roadworthy sql a --limit 3'"
    assert with_config(message, Path(config)) == (
        f"x: run 'roadworthy build{added}', then 'roadworthy sql a --limit 3{added}'"
    )


def test_what_needs_no_configuration_and_other_quotes_stay() -> None:
    message = "'roadworthy tables' tells what there is of 'visits'"
    assert with_config(message, Path("a.toml")) == message
