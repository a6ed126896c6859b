"""How many nights are kept."""

from typing import Annotated

from pydantic import Field

from roadworthy.config.bounds import Count
from roadworthy.config.section import Section


class Retention(Section):
    """How much is kept of what grows by one every night."""

    reports: Annotated[Count, Field(ge=1)] = 400
    """Reports of earlier nights; those of ``report --as-of`` are not counted and stay."""
    runs: Annotated[Count, Field(ge=10)] = 2000
    """Runs on record; what is needed for the histories of dates stays."""
