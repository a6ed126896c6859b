"""Is everything there: what a source that shows nothing is told as."""

import polars as pl

from pipelines.findings.completeness import without_items


def test_a_source_without_any_item_is_a_warning() -> None:
    sources = pl.DataFrame({"source": ["acme", "code"]})
    items = pl.DataFrame({"source": ["code", "code"]})

    (finding,) = without_items(sources, items)

    assert (finding.source, finding.finding, finding.severity) == ("acme", "no_items", "warning")
    assert "what its account may see" in finding.detail


def test_sources_with_items_are_none() -> None:
    sources = pl.DataFrame({"source": ["code"]})

    assert list(without_items(sources, pl.DataFrame({"source": ["code"]}))) == []
