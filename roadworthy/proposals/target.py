"""The one tracker that is looked at, as the flags or the answers of a person name it."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from roadworthy.proposals.toml_text import array, quoted

GITHUB: Final = "https://api.github.com"
_UNREAD: Final = "what changed last before it is never read: put an earlier day, or remove the line"
_HOSTED: Final = (".atlassian.net", ".jira.com")


@dataclass(frozen=True, slots=True)
class Target:
    """A tracker, or an archive of one."""

    tracker: Literal["jira", "github"]
    server: str | None = None
    projects: tuple[str, ...] = ()
    jql: str | None = None
    repositories: tuple[str, ...] = ()
    email_env: str | None = None
    token_env: str | None = None
    since: date | None = None
    archive: Path | None = None

    @property
    def name(self) -> str:
        """A name for the source: that of the site, the owner or the archive."""
        if self.archive is not None:
            told = self.archive.resolve().name.partition(".")[0]
        elif self.repositories:
            told = self.repositories[0].partition("/")[0]
        else:
            host = urlsplit(self.server or "").hostname or ""
            told = host.partition(".")[0] if host.endswith(_HOSTED) else ""
        return re.sub(r"[^A-Za-z0-9_.-]+|^[^A-Za-z0-9]+", "", told)[:64] or self.tracker

    @property
    def has_window(self) -> bool:
        """Whether only what changed since a day is read; an archive is always read whole."""
        return self.archive is None and self.since is not None

    def source_table(self, archive: str = "") -> str:
        """The table ``[[sources]]``; ``archive`` is the path as the file is to name it."""
        if self.archive is not None:
            return "\n".join(
                (
                    *("[[sources]]", 'kind = "files"', f"name = {quoted(self.name)}"),
                    *(f"path = {quoted(archive)}", f"tracker = {quoted(self.tracker)}"),
                )
            )
        opening = ("[[sources]]", f"kind = {quoted(self.tracker)}", f"name = {quoted(self.name)}")
        return "\n".join((*opening, *self._reached()))

    def _reached(self) -> list[str]:
        told = {
            "server": self.server and quoted(self.server),
            "projects": self.projects and array(self.projects),
            "jql": self.jql and quoted(self.jql),
            "repositories": self.repositories and array(self.repositories),
            "since": self.since and f"{self.since.isoformat()} # {_UNREAD}",
            "email_env": self.email_env and quoted(self.email_env),
            "token_env": self.token_env and quoted(self.token_env),
        }
        return [f"{key} = {value}" for key, value in told.items() if value]
