"""Where the name of a declared change stands beside its rule."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from reports.charts.declared_changes import declared_changes
from reports.static_chart import static_chart
from reports.theme import framed
from tests.reports import factories as f

WINDOW = (date(2026, 1, 1), date(2026, 12, 31))
WALL, TELEPHONE = 760, 340


@pytest.mark.parametrize(
    ("day", "name", "width", "side"),
    [
        ("2026-02-01", "Product Governance Protocol", TELEPHONE, "start"),
        ("2026-08-20", "Product Governance Protocol", TELEPHONE, "end"),
        ("2026-08-20", "Product Governance Protocol", WALL, "start"),
        ("2026-08-20", "Off-site", TELEPHONE, "start"),
        ("2026-12-20", "Off-site", WALL, "end"),
    ],
)
def test_a_name_stands_where_there_is_room_for_it(
    day: str, name: str, width: int, side: str
) -> None:
    declared = f.frame("interventions", [f.intervention(name, day)])
    layers = [*declared_changes(declared, WINDOW)]
    chart = framed(layers, data=declared.select("intervention"), height=100, description="Names.")
    drawn = static_chart(chart.to_dict(), width)
    [label] = [text for text in ET.fromstring(drawn).iter() if text.text == name]  # noqa: S314
    assert label.get("text-anchor") == side
