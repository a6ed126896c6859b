"""The key of the pseudonyms, and what is said where it was lost.

Nothing is refused: a key may have been deleted on purpose, no figure depends on it, and a copy of
the old one can still be put back.
"""

from roadworthy.config.load import Loaded
from roadworthy.people import Pseudonyms, key_path, load_pseudonyms
from roadworthy.progress import Progress
from roadworthy.warehouse import Warehouse


def kept_pseudonyms(loaded: Loaded, warehouse: Warehouse, progress: Progress) -> Pseudonyms:
    """The pseudonyms of a warehouse; a key that is new to what was landed is told.

    Args:
        loaded: what was declared.
        warehouse: landing, or what is built of it, with its ``raw.records``.
        progress: who is told.
    """
    path = key_path(loaded.warehouse)
    was_lost = not path.exists() and _has_records(warehouse)
    pseudonyms = load_pseudonyms(loaded.warehouse)
    if was_lost:
        progress.noted(
            f"{path}: the key of the pseudonyms was gone, so a new one was made, and everybody has "
            "another pseudonym from now on; if there is a copy of the old one, put it back; with "
            "either key, run 'roadworthy sync --full' and 'roadworthy build', so that whom [roles] "
            "names by e-mail is found"
        )
    return pseudonyms


def _has_records(warehouse: Warehouse) -> bool:
    found = warehouse.frame("select count(*) > 0 as has_any from raw.records")
    return bool(found["has_any"].item())
