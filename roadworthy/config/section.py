"""What every table of the file has in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the file: strict, closed, unchangeable once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
