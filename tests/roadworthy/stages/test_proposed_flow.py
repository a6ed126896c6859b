"""Stages of a proposal: their order, their kinds, their names, and what they guard."""

from typing import Any, TypeAlias

from pipelines.flow.stage_evidence import STAGE_EVIDENCE
from roadworthy.proposals.proposal import StageProposal
from roadworthy.stages.proposed_flow import commit_stage, guarded_stage, proposed_stages
from roadworthy.stages.role_names import roles_of
from tests.pipelines.frames import frame

Workflow: TypeAlias = tuple[tuple[str, str | None], ...]


def row(stage: str, category: str, **more: Any) -> dict[str, Any]:
    usual = {"source": "acme", "kind": "ticket", "stage_rank": 0, "stays": 3, "items": 2}
    return {**usual, "stage": stage, "stage_kind": category, "time_share": 0.5, "ends": 0, **more}


def flow(
    *rows: dict[str, Any], workflow: Workflow = (), categorised: bool = True
) -> list[StageProposal]:
    known = frozenset(one["stage"] for one in rows if categorised)
    return list(proposed_stages(frame(*rows, **STAGE_EVIDENCE), workflow, categorised=known))


COMMON = (
    row("Idea", "queue"),
    row("Shaping", "queue"),
    row("Ready for Dev", "queue"),
    row("Blocked", "active"),
    row("Building", "active"),
    row("Done", "done"),
)


def test_parked_stages_and_ends_stand_behind_the_flow() -> None:
    assert [(one.name, one.kind) for one in flow(*COMMON)] == [
        ("Idea", "queue"),
        ("Shaping", "active"),
        ("Ready for Dev", "queue"),
        ("Building", "active"),
        ("Blocked", "parked"),
        ("Done", "done"),
    ]


def test_the_first_work_by_its_category_commits_and_the_queue_before_it_is_guarded() -> None:
    stages = tuple(flow(*COMMON))
    assert commit_stage(stages) == "Building"
    assert guarded_stage(stages) == "Ready for Dev"


def test_without_a_queue_before_it_the_work_itself_is_guarded() -> None:
    assert guarded_stage(tuple(flow(row("Idea", "queue"), row("Building", "active")))) == "Building"


def test_where_there_is_no_work_nothing_is_guarded() -> None:
    stages = tuple(flow(row("Idea", "queue"), row("Done", "done")))
    assert (commit_stage(stages), guarded_stage(stages)) == (None, None)


def test_a_status_that_nothing_was_in_has_a_stage_before_or_behind_the_work() -> None:
    new = (("IDEA ", "new"), ("Selected", "new"), ("Testing", "indeterminate"), ("Gone", "done"))
    names = [one.name for one in flow(*COMMON, workflow=new)]
    assert names.index("Ready for Dev") < names.index("Selected") < names.index("Building")
    assert names.index("Building") < names.index("Testing") < names.index("Blocked")
    assert names[-1] == "Gone"
    assert "IDEA " not in names


def test_names_that_differ_in_case_alone_are_one_stage() -> None:
    [found] = flow(row("Open", "queue"), row("OPEN", "queue"))
    assert found.statuses == ("Open", "OPEN")


def test_a_status_that_looks_like_a_label_is_named_as_the_status_it_is() -> None:
    [found] = flow(row("label:urgent", "active"))
    assert found.statuses == ("ticket:label:urgent",)


def test_what_is_no_category_is_called_a_guess() -> None:
    [guessed] = flow(row("X", "active"), categorised=False)
    assert "a guess" in guessed.evidence


def test_pull_requests_keep_the_order_in_which_they_work() -> None:
    pulls = {"kind": "pull_request", "owner_role": "author"}
    stages = flow(
        row("review required", "queue", **{**pulls, "owner_role": "reviewer"}, stage_rank=1),
        row("draft", "active", **pulls),
        row("changes requested", "active", **pulls),
        row("closed", "dropped", **{**pulls, "owner_role": None}, stage_rank=4),
        row("closed", "done"),
    )
    assert [one.statuses[0] for one in stages] == [
        "pull_request:changes requested",
        "pull_request:draft",
        "pull_request:review required",
        "pull_request:closed",
        "ticket:closed",
    ]
    assert len({one.name for one in stages}) == 5
    assert commit_stage(tuple(stages)) == "draft"
    assert guarded_stage(tuple(stages)) == "review required"


def test_groups_whose_names_mean_the_same_hold_one_role() -> None:
    entries = ("group:Product-Managers", "team:acme/web-devs", "group:engineers", "group:Blue")
    assert roles_of(entries) == {
        "product": ("group:Product-Managers",),
        "engineering": ("team:acme/web-devs", "group:engineers"),
        "Blue": ("group:Blue",),
    }
