"""A push names no account; the product knows whose it was all the same."""

import json
from pathlib import Path

from roadworthy.config import load
from roadworthy.warehouse import open_published

from .conftest import run_all
from .test_declared_bots import ADA, PULL, ROBOT

REFUSED = {
    "event": "reviewed",
    "id": 30,
    "user": ROBOT,
    "state": "changes_requested",
    "submitted_at": "2025-03-04T10:00:00Z",
}
PUSHED = {"event": "committed", "sha": "a1", "committer": {"date": "2025-03-05T10:00:00Z"}}


def test_a_push_is_no_change_by_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    pull = {**PULL, "timeline": [REFUSED, PUSHED]}
    (tmp_path / "archive/items.ndjson").write_text(json.dumps(pull))
    (tmp_path / "roadworthy.toml").write_text(
        '[[sources]]\nkind = "files"\nname = "code"\npath = "archive/"\ntracker = "github"\n'
        "as_of = 2025-04-01T00:00:00Z\n\n"
        f'[roles]\nengineering = ["login:{ADA["login"]}", "login:{ROBOT["login"]}"]\n'
    )
    loaded = load(tmp_path / "roadworthy.toml")
    run_all(loaded)

    with open_published(loaded.warehouse) as warehouse:
        statuses = "select to_text from core.field_changes where field = 'status' order by sequence"
        path = warehouse.frame(statuses)["to_text"].to_list()
        found = warehouse.frame("from main.data_audit where finding = 'unknown_actors'")
    assert path == ["review required", "changes requested", "review required"]
    assert found.is_empty()
