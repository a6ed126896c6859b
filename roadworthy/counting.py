"""Counts as words in a sentence."""


def counted(count: int, thing: str, things: str | None = None) -> str:
    """``1 item``, ``1,204 items``; ``things`` where another letter than an s makes the plural."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
