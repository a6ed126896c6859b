"""How it is measured: the settings of the measures, calendars, and declared values."""

from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from roadworthy.config.bounds import Amount, Count, Days
from roadworthy.config.section import Section

HOURS: Final = r"^\d{2}:\d{2}-\d{2}:\d{2}$"
CURRENCY: Final = r"^[A-Z]{3}$"
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = "no such time zone; name one as in Europe/Berlin or UTC"
        raise ValueError(message) from error
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class Measures(Section):
    """The few settings of the measures; each has the default most organisations want."""

    contest_window_days: Annotated[Days, Field(ge=1)] = 14
    """An opposing change within it is a contest; a verdict not reversed within it holds."""
    debounce_minutes: Annotated[Count, Field(ge=0)] = 5
    """A shorter stay between two stays in one stage is a mis-click."""
    bulk_items: Annotated[Count, Field(ge=2)] = 20
    """As many items changed by one actor within a minute are a bulk edit, which decides nothing."""
    # A Jira allows no blank in a label, a GitHub does.
    decision_flags: list[str] = ["Flagged", "label:blocked:decision", "label:blocked: decision"]
    """While one of them is set, the item waits for a decision."""
    external_flags: list[str] = ["label:blocked:external", "label:blocked: external"]
    """While one of them is set, the item waits for somebody outside."""
    bypass_exempt_types: list[str] = []
    """Types of item that may enter build without intake; counted apart."""
    commit_stage: str | None = None
    """From here on an item is promised; without it the first active stage after intake."""
    clock_starts: Literal["requested", "committed"] = "requested"
    """Whether an item's time runs from its creation, or from the day a date was promised."""
    target_date_field: str | None = None
    """A field that holds the promised date where there is no due date."""
    dropped_resolutions: list[str] = []
    """A done stage entered with one of these resolutions is dropped, not done."""


class Calendar(Section):
    """When people work: the clock of business hours."""

    workdays: Annotated[list[Weekday], Field(min_length=1)] = ["mon", "tue", "wed", "thu", "fri"]
    """Days of the week on which they do."""
    hours: Annotated[str, Field(pattern=HOURS)] = "09:00-17:00"
    """From opening to closing, within one day."""
    holidays: str | None = None
    """A country, or a country and its region, as in ``DE-BY``, whose holidays are no workdays."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        opens, closes = self.hours.split("-")
        if not ("00:00" <= opens < closes <= "24:00" and max(opens[3:], closes[3:]) < "60"):
            message = f"hours = '{self.hours}': write opening before closing, as in 09:00-17:00"
            raise ValueError(message)
        return self


class RoleCalendar(Calendar):
    """When the people of one role work, where they work elsewhere or at other hours.

    What is left out is as in ``[calendar]``.
    """

    timezone: Zone | None = None
    """Where they are."""


class Costs(Section):
    """Declared values; without them no money is ever shown."""

    currency: Annotated[str, Field(pattern=CURRENCY)]
    """Three letters."""
    delay_per_release_week: Annotated[list[Amount], Field(min_length=2, max_length=2)] | None = None
    """What a week's delay of a release costs: the least and the most that you believe."""
    person_hour: Amount | None = None
    """What an hour of rework costs."""


class Privacy(Section):
    """How many people a group must have before anything is said of it."""

    minimum_group: Annotated[Count, Field(ge=5)] = 5
    """Groups of fewer people are merged or left out. Can be raised, not lowered."""


def rates_are_shares(normals: dict[str, float]) -> dict[str, float]:
    """Refuse a rate that is no share."""
    for name, normal in normals.items():
        is_rate = name.endswith("_rate") or name.startswith(("rework:", "scope_rework"))
        if is_rate and normal >= 1:
            message = f"{name} = {normal:g}: a rate lies between 0 and 1, as in {name} = 0.1"
            raise ValueError(message)
    return normals
