"""The order of stages: which of two an item usually enters first."""

import polars as pl

from pipelines.flow.flow_order import flow_order
from tests.pipelines.frames import frame

ENDS = {"Done": "done", "Dropped": "dropped"}


def visits(*walks: str) -> pl.DataFrame:
    """One item for each walk, as in ``Idea > Build > Done``."""
    rows = [
        {
            "source": "acme",
            "kind": "ticket",
            "item_id": f"{number}",
            "visit_number": place,
            "stage": stage,
            "stage_kind": ENDS.get(stage, "active"),
        }
        for number, walk in enumerate(walks)
        for place, stage in enumerate(walk.split(" > "), start=1)
    ]
    return frame(
        *rows,
        source=pl.String,
        kind=pl.String,
        item_id=pl.String,
        visit_number=pl.Int32,
        stage=pl.String,
        stage_kind=pl.String,
    )


def order(*walks: str) -> list[str]:
    return flow_order(visits(*walks)).sort("place")["stage"].to_list()


def test_a_chain_is_in_the_order_in_which_it_is_walked() -> None:
    walk = "Zeal > Yield > Xerox > Wait > Done"
    assert order(walk) == walk.split(" > ")


def test_a_way_back_changes_nothing() -> None:
    assert order("A > B > C > B > C > B > Done") == ["A", "B", "C", "Done"]


def test_stages_without_a_direct_move_between_them_have_an_order_too() -> None:
    assert order("A > B > Done", "B > C > Done", "A > C > Done") == ["A", "B", "C", "Done"]


def test_where_done_work_is_taken_up_again_stands_before_the_work() -> None:
    walk = "Open > Build > Done > Reopened > Build > Done"
    found = order(walk, "Open > Build > Done")
    assert found.index("Reopened") < found.index("Build")


def test_what_most_items_do_outweighs_what_one_does() -> None:
    assert order("B > A > Done", "A > B > Done", "A > B > Done") == ["A", "B", "Done"]


def test_a_stage_that_no_item_shares_with_another_has_a_place_too() -> None:
    assert sorted(order("A", "B > Done")) == ["A", "B", "Done"]
