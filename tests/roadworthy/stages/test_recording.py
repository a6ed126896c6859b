"""What came, written as an archive."""

from pathlib import Path

from roadworthy.stages.recording import record
from roadworthy.warehouse import open_landing

LANDED = """
    insert into raw.records by name
    select 'acme' as source, 'jira' as tracker, 'issues' as resource, '1' as key,
        '{}'::json as payload, '' as digest, timestamptz '2026-03-31 06:00:00Z' as fetched_at,
        'run1' as run_id, 'run1' as first_run_id
"""
SYNCED = """
    insert into raw.syncs by name
    select 'acme' as source, 'jira' as tracker, 'jira' as kind, 'run1' as run_id,
        timestamptz '2026-03-31 06:00:00Z' as started_at, started_at as finished_at,
        started_at as snapshot_at, 1 as records, 0 as quarantined, 1 as requests
"""


def test_a_recording_is_for_its_owner_alone(tmp_path: Path) -> None:
    with open_landing(tmp_path / "roadworthy.duckdb") as landing:
        landing.execute(LANDED)
        landing.execute(SYNCED)
        assert record(landing, ["acme"], tmp_path / "kept") == (tmp_path / "kept/acme",)
    made = [tmp_path / "kept", *sorted((tmp_path / "kept").rglob("*"))]
    assert [path.name for path in made] == ["kept", "acme", "issues.ndjson.gz", "acme.toml"]
    assert [path.stat().st_mode & 0o077 for path in made] == [0, 0, 0, 0]
