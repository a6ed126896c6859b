"""DuckDB types that Polars frames lack."""

import re
from collections.abc import Sequence

_WITHOUT_A_FRAME = re.compile(r"\b(INTERVAL|UNION|BIT|BIGNUM|VARIANT|TIME WITH TIME ZONE)\b")


def as_text(names: Sequence[str], types: Sequence[str]) -> str | None:
    """What to select so that every column has a type of frames; None where each has one."""
    if not any(map(_WITHOUT_A_FRAME.search, types)):
        return None
    casts = ["::varchar" if _WITHOUT_A_FRAME.search(kind) else "" for kind in types]
    quoted = [name.replace('"', '""') for name in names]
    return ", ".join(
        f'#{place}{cast} as "{name}"'
        for place, (cast, name) in enumerate(zip(casts, quoted, strict=True), start=1)
    )
