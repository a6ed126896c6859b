"""The reader of the cases refuses whatever it does not understand."""

from pathlib import Path

import pytest

from tests.pipelines.case_core import core_of
from tests.pipelines.case_files import CaseError, cases_in, shared_parts

SHARED = shared_parts(Path(__file__).parents[1] / "cases" / "README.md")
HAPPENED = """
| when             | who   | what               |
|------------------|-------|--------------------|
| 2025-03-03 09:00 | Paula | created in Shaping |
| 2025-03-04 09:00 | -     | snapshot           |
"""
EXPECTED = "\n\n**Expected: handoffs**\n\n*none*\n"


def read(folder: Path, body: str) -> None:
    (folder / "topic.md").write_text(f"# Topic\n\n## A case\n\n{body}")
    for case in cases_in(folder):
        core_of(case, SHARED)


def test_a_whole_case_is_read(tmp_path: Path) -> None:
    read(tmp_path, f"A story.\n\n**What happened**\n{HAPPENED}{EXPECTED}")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        pytest.param(f"A story.\n\n**What happened**\n{HAPPENED}", "tests nothing", id="no end"),
        pytest.param(f"**What happened**\n{HAPPENED}{EXPECTED}", "tell in a line", id="no story"),
        pytest.param(f"A story.{EXPECTED}", "'What happened'", id="nothing happened"),
        pytest.param(f"A story.\n\n**Surprise**\n{HAPPENED}", "'Surprise'", id="unknown block"),
    ],
)
def test_a_case_with_a_part_missing_is_refused(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(CaseError, match=complaint):
        read(tmp_path, body)


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("| who ", "| actor ", "no column"),
        ("Paula", "Paola", "nobody is called 'Paola'"),
        ("created in Shaping", "created at Shaping", "created in STATUS"),
        ("created in Shaping", "created in Shaping; size = 3", "'size' is no field"),
        ("created in Shaping", "created in Shaping; labels + x", "a set takes"),
        ("created in Shaping", "status = Done", "never created"),
        ("2025-03-04 09:00", "4 March", "is no instant"),
        ("2025-03-04 09:00", "2025-03-30 02:30", "twice or never"),
        ("snapshot ", "status = Done ", "when the tracker was read"),
        ("| -     | snapshot           |", "| snapshot |", "a row of 2"),
    ],
)
def test_a_word_nobody_defined_is_refused(
    tmp_path: Path, right: str, wrong: str, complaint: str
) -> None:
    assert right in HAPPENED
    with pytest.raises(CaseError, match=complaint):
        read(tmp_path, f"A story.\n\n**What happened**\n{HAPPENED.replace(right, wrong)}{EXPECTED}")
