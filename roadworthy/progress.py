"""What is happening, told to whoever listens: a person's terminal, a log, or nobody."""

from typing import Protocol


class Progress(Protocol):
    """The listener; commands give one, so that the stages print nothing themselves."""

    def started(self, stage: str, detail: str) -> None:
        """A stage begins."""

    def advanced(self, stage: str, count: int) -> None:
        """So many more records were processed."""

    def finished(self, stage: str, detail: str) -> None:
        """A stage ended, with its result in a few words."""

    def noted(self, message: str) -> None:
        """Something worth knowing meanwhile."""
