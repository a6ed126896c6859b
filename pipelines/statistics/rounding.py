"""Figures as they are published: beyond six digits processors differ, and nobody reads them."""

_DIGITS = 6


def rounded(value: float | None) -> float | None:
    """To six significant digits; what is unknown stays unknown."""
    return None if value is None else float(f"{value:.{_DIGITS}g}")
