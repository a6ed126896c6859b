"""Which stage a status belongs to: by name or id, everywhere or in a project."""

import polars as pl

from pipelines.flow.stage_map import (
    configured_stages,
    flows_to_propose_for,
    label_stages,
    status_key,
    with_stages,
)
from pipelines.policy import Stage
from tests.pipelines.frames import Row, frame

SHAPING = Stage("Shaping", "active", "product", 0, ("Idea", "Shaping"))
READY = Stage("Ready", "queue", "engineering", 1, ("Ready",))
READY_IN_WEB = Stage("Building", "active", "engineering", 2, ("Ready",), ("WEB",))
BY_ID = Stage("Review", "active", "engineering", 3, ("10004",))
STATUSES = dict.fromkeys(("source", "status_id", "status"), pl.String)
NO_STATUSES = frame(**STATUSES)
NOBODY: frozenset[str] = frozenset()


def stage_of(
    *stages: Stage,
    status: str,
    status_id: str | None = None,
    project: str = "PAY",
    source: str = "acme",
    known: pl.DataFrame = NO_STATUSES,
) -> str | None:
    step = {
        "source": source,
        "kind": "ticket",
        "project": project,
        "status_id": status_id,
        "status_text": status,
    }
    steps = frame(step, **dict.fromkeys(step, pl.String))
    found: str | None = with_stages(steps, configured_stages(stages, ["acme"], known))["stage"][0]
    return found


def observed(*rows: Row) -> pl.DataFrame:
    columns = ("source", "kind", "status_id", "status_text")
    return frame(*({"kind": "ticket", **row} for row in rows), **dict.fromkeys(columns, pl.String))


def test_several_statuses_may_belong_to_one_stage() -> None:
    assert stage_of(SHAPING, status="Idea") == "Shaping"
    assert stage_of(SHAPING, status="Shaping") == "Shaping"


def test_case_and_outer_blanks_make_no_difference() -> None:
    assert status_key("  In REVIEW ") == "in review"
    assert stage_of(SHAPING, status=" SHAPING ") == "Shaping"


def test_a_status_nobody_named_belongs_to_no_stage() -> None:
    assert stage_of(SHAPING, status="Limbo") is None


def test_a_status_of_another_source_belongs_to_no_stage() -> None:
    assert stage_of(SHAPING, status="Shaping", source="other") is None


def test_a_status_may_be_named_by_its_id() -> None:
    assert stage_of(BY_ID, status="Peer review", status_id="10004") == "Review"


def test_a_status_named_as_it_is_called_now_is_found_under_its_former_name() -> None:
    known = frame({"source": "acme", "status_id": "31", "status": "Shaping"}, **STATUSES)

    assert stage_of(SHAPING, status="Concept", status_id="31", known=known) == "Shaping"
    assert stage_of(SHAPING, status="Concept", status_id="32", known=known) is None


def test_a_status_of_that_name_in_another_source_lends_no_id() -> None:
    known = frame({"source": "other", "status_id": "31", "status": "Shaping"}, **STATUSES)

    assert stage_of(SHAPING, status="Concept", status_id="31", known=known) is None


def test_the_id_goes_before_the_name() -> None:
    assert stage_of(READY, BY_ID, status="Ready", status_id="10004") == "Review"


def test_the_project_goes_before_all_projects() -> None:
    assert stage_of(READY, READY_IN_WEB, status="Ready", project="WEB") == "Building"
    assert stage_of(READY, READY_IN_WEB, status="Ready", project="PAY") == "Ready"


def test_the_project_goes_even_before_the_id() -> None:
    found = stage_of(BY_ID, READY_IN_WEB, status="Ready", status_id="10004", project="WEB")

    assert found == "Building"


def test_a_stage_of_one_project_does_not_exist_in_another() -> None:
    assert stage_of(READY_IN_WEB, status="Ready", project="PAY") is None


def test_of_two_stages_that_claim_a_status_the_first_wins() -> None:
    twice = Stage("Second", "active", None, 1, ("Idea",))

    assert stage_of(SHAPING, twice, status="Idea") == "Shaping"


def test_the_map_says_kind_owner_and_rank() -> None:
    found = configured_stages((READY,), ["acme"], NO_STATUSES).filter(pl.col("kind") == "ticket")

    assert found.row(0, named=True) == {
        "source": "acme",
        "kind": "ticket",
        "project": None,
        "status_key": "ready",
        "stage": "Ready",
        "stage_kind": "queue",
        "owner_role": "engineering",
        "stage_rank": 1,
        "is_proposed": False,
    }


def test_a_label_is_no_status() -> None:
    waiting = Stage("Waiting", "external", None, 4, ("label:supplier", "Waiting"))

    assert configured_stages((waiting,), ["acme"], NO_STATUSES)[
        "status_key"
    ].unique().to_list() == ["waiting"]
    assert list(label_stages((SHAPING, waiting))) == [("supplier", waiting)]


def test_stages_are_proposed_for_the_sources_of_which_no_status_is_named() -> None:
    seen = observed(
        {"source": "acme", "status_text": "Shaping"},
        {"source": "acme", "status_text": "Limbo"},
        {"source": "ops", "status_text": "Open"},
    )
    declared = configured_stages((SHAPING,), ["acme", "ops"], NO_STATUSES)

    assert flows_to_propose_for(seen, declared, NOBODY) == [("ops", "ticket")]


def test_one_status_named_by_id_is_enough_to_be_configured() -> None:
    seen = observed({"source": "acme", "status_id": "10004", "status_text": "Peer review"})
    declared = configured_stages((BY_ID,), ["acme"], NO_STATUSES)

    assert flows_to_propose_for(seen, declared, NOBODY) == []


def test_without_any_stage_they_are_proposed_for_all() -> None:
    seen = observed({"source": "b", "status_text": "x"}, {"source": "a", "status_text": "y"})
    declared = configured_stages((), ["a", "b"], NO_STATUSES)

    assert flows_to_propose_for(seen, declared, NOBODY) == [("a", "ticket"), ("b", "ticket")]


def test_a_ticket_that_is_closed_says_nothing_of_pull_requests() -> None:
    closed = Stage("Closed", "done", None, 2, ("Closed", "Done"))
    pull_requests = [
        {"source": "code", "kind": "pull_request", "status_text": name}
        for name in ("draft", "review required", "approved", "merged", "closed")
    ]
    issues = [{"source": "code", "status_text": name} for name in ("open", "closed")]
    seen = observed({"source": "acme", "status_text": "Done"}, *issues, *pull_requests)
    declared = configured_stages((closed,), ["acme", "code"], NO_STATUSES)

    flows = flows_to_propose_for(seen, declared, frozenset({"code"}))

    assert flows == [("code", "pull_request"), ("code", "ticket")]


def test_issues_of_a_github_may_be_configured_and_its_pull_requests_not() -> None:
    stages = (
        Stage("Open", "queue", None, 0, ("open",)),
        Stage("Closed", "done", None, 1, ("closed",)),
    )
    seen = observed(
        {"source": "code", "status_text": "open"},
        {"source": "code", "status_text": "closed"},
        {"source": "code", "kind": "pull_request", "status_text": "merged"},
        {"source": "code", "kind": "pull_request", "status_text": "closed"},
    )
    declared = configured_stages(stages, ["code"], NO_STATUSES)

    flows = flows_to_propose_for(seen, declared, frozenset({"code"}))

    assert flows == [("code", "pull_request")]
