"""What happened in a case, read row by row into the lives of its items."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.pipelines.case_files import Case, CaseError, Table
from tests.pipelines.case_lives import ACTIVITIES, STANDARD, Field, Life
from tests.pipelines.case_words import EMPTY, Change, changes_of, instant, items_of

_COLUMNS = {"when", "who", "item", "what"}
_ONE_ITEM = "PAY-1"
_IMPORTED = "created at"


class Story:
    """The lives of the items of a case, and the instants at which the tracker was looked at."""

    def __init__(
        self, case: Case, custom_fields: Table, people: Iterable[str], zone: ZoneInfo
    ) -> None:
        self.lives: dict[str, Life] = {}
        self.as_of: datetime | None = None
        self._snapshot: datetime | None = None
        self._zone = zone
        self._people = set(people)
        custom = (Field(row["field"], row["id"], is_custom=True) for row in custom_fields)
        self._fields = {**STANDARD, **{one.name: one for one in custom}}
        for number, row in enumerate(case.tables["What happened"], start=1):
            self._read(row, f"{number:04}")

    @property
    def snapshot(self) -> datetime:
        """The instant at which the tracker was read."""
        if self._snapshot is None:
            raise CaseError("say when the tracker was read: a last row 'snapshot'")
        return self._snapshot

    def _read(self, row: dict[str, str], group: str) -> None:
        if unknown := set(row) - _COLUMNS:
            raise CaseError(f"'What happened' has no column {sorted(unknown)}")
        at, what = instant(row["when"], self._zone), row["what"]
        if what == "as of":
            self.as_of = at
        elif self._snapshot is not None:
            raise CaseError(f"'{what}' comes after the snapshot")
        elif what == "snapshot":
            self._snapshot = at
        else:
            for name in items_of(row.get("item", _ONE_ITEM)):
                self._happen(name, at, self._who(row["who"]), group=group, what=what)

    def _who(self, name: str) -> str | None:
        if name == EMPTY:
            return None
        if name not in self._people:
            raise CaseError(f"nobody is called '{name}'; the README and the case say who is who")
        return name

    def _happen(self, name: str, at: datetime, who: str | None, *, group: str, what: str) -> None:
        if what.startswith("created "):
            if name in self.lives:
                raise CaseError(f"{name} is created twice")
            self.lives[name] = self._created(name, at, who, what)
            return
        life = self.lives.get(name)
        if life is None:
            raise CaseError(f"{name} was never created")
        if life.changes and at < life.changes[-1]["changed_at"]:
            raise CaseError(f"{name}: '{what}' goes back in time")
        if what == "vanishes":
            life.missing_since = at
        elif what in ACTIVITIES:
            life.act(at, who, ACTIVITIES[what])
        else:
            life.record(at, who, group, changes_of(what))

    def _created(self, name: str, at: datetime, who: str | None, what: str) -> Life:
        """``created in STATUS`` or ``created as pull request in STATUS``, and first values."""
        place, _, values = what.partition("; ")
        form, found, status = place.removeprefix("created ").partition("in ")
        is_pull_request = form == "as pull request "
        if not found or (form and not is_pull_request):
            raise CaseError(f"'{place}': write 'created in STATUS'")
        if not name.rpartition("#" if is_pull_request else "-")[2].isdigit():
            raise CaseError(f"'{name}' is no item; write PAY-1, or acme/web#1 for a pull request")
        life = Life(name, self._fields, at, who, is_pull_request)
        begun = [Change("key", "=", name)]
        if not is_pull_request:
            begun.append(Change("type", "=", "Story"))
        given = changes_of(values) if values else []
        for imported in (one for one in given if one.field == _IMPORTED):
            life.created_at = instant(str(imported.value), self._zone)
        rest = [one for one in given if one.field != _IMPORTED]
        life.begin([*begun, Change("status", "=", status), *rest])
        return life
