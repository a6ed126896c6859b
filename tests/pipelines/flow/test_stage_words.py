"""Kinds of stages by the words in their names, within what their category allows."""

import pytest

from pipelines.flow.stage_words import kind_by_name, means_not_done


@pytest.mark.parametrize(
    ("name", "by_category", "kind"),
    [
        ("Ready for Dev", "queue", "queue"),
        ("Shaping", "queue", "active"),
        ("Roadmap Decision", "queue", "decision"),
        ("In Review", "active", "approval"),
        ("Ready for Review", "active", "queue"),
        ("Waiting for customer", "active", "external"),
        ("More details needed", "active", "external"),
        ("BLOCKED", "active", "parked"),
        ("On hold", "queue", "parked"),
        ("Warten auf Freigabe", "active", "queue"),
        ("Fnord", "active", "active"),
        ("Fnord", "queue", "queue"),
    ],
)
def test_a_name_says_more_than_its_category(name: str, by_category: str, kind: str) -> None:
    assert kind_by_name(name, by_category) == kind


@pytest.mark.parametrize(
    "name", ["Won't Do", "Won\u2019t fix", "Cancelled", "Duplicate", "Abgelehnt"]
)
def test_an_end_that_is_no_success_is_dropped(name: str) -> None:
    assert kind_by_name(name, "done") == "dropped"
    assert means_not_done(name)


def test_an_end_stays_an_end_whatever_else_its_name_says() -> None:
    assert kind_by_name("Reviewed and closed", "done") == "done"
    assert kind_by_name("Ready", "done") == "done"
