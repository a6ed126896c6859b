"""Counts as a sentence has them."""


def counted(count: int, thing: str) -> str:
    """``1 item``, ``1,204 items``."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
