"""Stages proposed where nobody declared any: kinds from categories, order from the flow."""

from collections.abc import Sequence

import polars as pl

from pipelines.flow.stage_map import STAGE_MAP
from pipelines.flow.stage_proposal import propose_by_category
from tests.pipelines.frames import frame

CATEGORIES = {
    "Backlog": "new",
    "Building": "indeterminate",
    "Review": "indeterminate",
    "Closed": "done",
}


def moves(*pairs: tuple[str | None, str], resolving: tuple[str, ...] = ()) -> pl.DataFrame:
    """Status changes of an item each; those into a resolving status set a resolution."""
    return lives(*([pair] for pair in pairs), resolving=resolving)


def lives(
    *items: Sequence[tuple[str | None, str]], resolving: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Status changes of several items, each from its first to its last."""
    rows = (
        {
            "item_id": f"item {number}",
            "sequence": sequence,
            "from_text": before,
            "to_text": after,
            "sets_resolution": after in resolving,
        }
        for number, changes in enumerate(items)
        for sequence, (before, after) in enumerate(changes, start=1)
    )
    texts = dict.fromkeys(("item_id", "from_text", "to_text"), pl.String)
    return frame(*rows, **texts, sequence=pl.Int32, sets_resolution=pl.Boolean)


def kinds(proposal: pl.DataFrame) -> dict[str, str]:
    return dict(proposal.select("stage", "stage_kind").iter_rows())


def order(proposal: pl.DataFrame) -> list[str]:
    return proposal.sort("stage_rank")["stage"].to_list()


def test_the_kind_of_a_stage_comes_from_the_key_of_its_category() -> None:
    seen = moves((None, "Backlog"), ("Backlog", "Building"), ("Building", "Closed"))

    assert kinds(propose_by_category("acme", seen, CATEGORIES)) == {
        "Backlog": "queue",
        "Building": "active",
        "Closed": "done",
    }


def test_a_status_that_a_broken_history_leaves_and_nothing_enters_has_a_stage_too() -> None:
    broken = lives([("Backlog", "Building"), ("Review", "Closed")])

    assert order(propose_by_category("acme", broken, CATEGORIES)) == [
        "Backlog",
        "Building",
        "Review",
        "Closed",
    ]


def test_a_name_in_another_language_has_the_kind_of_its_category() -> None:
    seen = moves((None, "Erledigt"))

    assert kinds(propose_by_category("acme", seen, {"Erledigt": "done"})) == {"Erledigt": "done"}


def test_an_undefined_category_is_a_queue_and_an_unheard_of_one_is_work() -> None:
    seen = moves((None, "A"), (None, "B"))

    found = kinds(propose_by_category("acme", seen, {"A": "undefined", "B": "brand-new-key"}))
    assert found == {"A": "queue", "B": "active"}


def test_a_forgotten_status_into_which_most_moves_resolve_is_done() -> None:
    seen = moves(("Building", "Shipped"), ("Building", "Shipped"), resolving=("Shipped",))

    assert kinds(propose_by_category("acme", seen, CATEGORIES))["Shipped"] == "done"


def test_a_forgotten_status_that_was_only_a_beginning_is_a_queue() -> None:
    seen = moves((None, "Intake"), ("Intake", "Building"))

    assert kinds(propose_by_category("acme", seen, CATEGORIES))["Intake"] == "queue"


def test_any_other_forgotten_status_is_work() -> None:
    assert (
        kinds(propose_by_category("acme", moves(("Backlog", "Fixing")), CATEGORIES))["Fixing"]
        == "active"
    )


def test_half_of_the_entries_resolving_are_not_most() -> None:
    seen = pl.concat(
        [moves(("Building", "Parked"), resolving=("Parked",)), moves(("Building", "Parked"))]
    )

    assert kinds(propose_by_category("acme", seen, CATEGORIES))["Parked"] == "active"


def test_within_a_kind_the_order_is_the_way_most_work_flows() -> None:
    seen = moves(
        ("Backlog", "Review"),
        ("Building", "Review"),
        ("Building", "Review"),
        ("Review", "Building"),
    )

    assert order(propose_by_category("acme", seen, CATEGORIES)) == ["Backlog", "Building", "Review"]


def test_stages_without_a_move_between_them_have_an_order_too() -> None:
    categories = dict.fromkeys(("Build", "Analyse", "Ship", "Check"), "indeterminate")
    one = [("Check", "Analyse"), ("Analyse", "Ship"), ("Ship", "Build")]

    assert order(propose_by_category("acme", lives(one, one), categories)) == [
        "Check",
        "Analyse",
        "Ship",
        "Build",
    ]


def test_a_way_back_changes_nothing() -> None:
    categories = dict.fromkeys(("Build", "Review"), "indeterminate")
    there_and_back = [("Review", "Build"), ("Build", "Review"), ("Review", "Build")]

    assert order(propose_by_category("acme", lives(there_and_back), categories)) == [
        "Review",
        "Build",
    ]


def test_queues_come_before_work_and_work_before_done_whatever_flows() -> None:
    seen = moves(("Closed", "Backlog"), ("Closed", "Building"), ("Building", "Backlog"))

    assert order(propose_by_category("acme", seen, CATEGORIES)) == ["Backlog", "Building", "Closed"]


def test_equal_flow_is_ordered_by_name() -> None:
    assert order(
        propose_by_category("acme", moves((None, "Review"), (None, "Building")), CATEGORIES)
    ) == [
        "Building",
        "Review",
    ]


def test_no_owner_is_guessed() -> None:
    proposal = propose_by_category("acme", moves(("Backlog", "Building")), CATEGORIES)

    assert proposal["owner_role"].null_count() == proposal.height
    assert proposal.schema == pl.Schema(STAGE_MAP)
    assert proposal["is_proposed"].all()


def test_a_source_without_items_has_no_stages() -> None:
    assert propose_by_category("acme", moves(), CATEGORIES).is_empty()
