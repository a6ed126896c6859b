"""Flags that cannot be meant, refused with a sentence before anything is asked of a tracker."""

import os
import re
from collections.abc import Iterator
from typing import Final

from roadworthy.errors import ConfigError
from roadworthy.proposals.target import Target

_ADDRESS: Final = re.compile(r"https?://[^\s/@]+(/[^\s@?#]*)?")
_REPOSITORY: Final = re.compile(r"[\w.-]+/([\w.-]+|\*)")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOKEN: Final = re.compile(r"(gh[a-z]_|github_pat_|ATATT)")
"""How tokens begin that would pass for the name of a variable."""


def refuse_malformed(target: Target) -> None:
    """Refuse what is no address, no repository and no name of a variable.

    Raises:
        ConfigError: what is wrong with the first of them; what may be a secret is not repeated.
    """
    for fault in _faults(target):
        raise ConfigError(fault)


def require(variable: str | None) -> None:
    """See that a variable that holds a secret is set.

    Raises:
        ConfigError: it is not.
    """
    if variable is not None and not os.environ.get(variable, "").strip():
        raise ConfigError(
            f"the environment variable {variable} is not set; put the secret there, for this "
            "program alone to read, or name another with --token-env or --email-env"
        )


def _faults(target: Target) -> Iterator[str]:
    if target.server is not None and not _ADDRESS.fullmatch(target.server):
        yield (
            "--server: is no address; write one as in https://acme.atlassian.net, without user "
            "and password"
        )
    for name in target.repositories:
        if not _REPOSITORY.fullmatch(name):
            yield f"--repository '{name}': is no repository; write OWNER/NAME, as in acme/web"
    for flag, variable in (("--email-env", target.email_env), ("--token-env", target.token_env)):
        if variable is None:
            continue
        if not _VARIABLE.fullmatch(variable) or _TOKEN.match(variable):
            yield f"{flag}: is no name of a variable; give the name, and put the secret into it"
