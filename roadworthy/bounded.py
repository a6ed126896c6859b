"""An answer, gathered batch by batch until it is whole or too large to hold."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from roadworthy.errors import ConfigError

if TYPE_CHECKING:
    import pyarrow as pa

#: Bytes of rows: what is written of them takes several times as much while it is written.
LARGEST_ANSWER = 500_000_000
#: Rows from one look at the size to the next.
BATCH = 20_000


def gathered(batches: Iterable["pa.RecordBatch"], schema: "pa.Schema") -> pl.DataFrame:
    """The rows of all batches.

    Raises:
        ConfigError: there are more bytes than an answer may have.
    """
    import pyarrow as pa  # noqa: PLC0415 - slow to import

    held, size = [], 0
    for batch in batches:
        size += batch.nbytes
        if size > LARGEST_ANSWER:
            raise ConfigError(
                f"the query: the answer is larger than {LARGEST_ANSWER / 1e6:.0f} MB; ask for "
                "fewer rows or columns, as with --limit 100000"
            )
        held.append(batch)
    frame = pl.from_arrow(pa.Table.from_batches(held, schema))
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - of a table, never of a column
    return frame
