from types import ModuleType

import pytest

from reports.charts import time_in_stage
from reports.figure import paragraph


def test_the_paragraph_under_a_chart_is_the_docstring_of_its_module() -> None:
    text = paragraph(time_in_stage)
    assert text.startswith("Every stay of a work item in a stage counts here")
    assert "\n" not in text


def test_a_module_that_lost_its_docstring_is_refused() -> None:
    with pytest.raises(ValueError, match=r"bare has no docstring.*run Python without -OO"):
        paragraph(ModuleType("bare"))
