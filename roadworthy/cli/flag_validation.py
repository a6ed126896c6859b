"""Flags that cannot be meant, refused with a sentence before anything is asked of a tracker."""

import os
import re
from collections.abc import Iterator

from roadworthy.config.sources import REPOSITORY, is_address
from roadworthy.config.variables import PUT_IT_THERE, VARIABLE, may_be_secret, not_set, secret
from roadworthy.errors import ConfigError
from roadworthy.proposals.target import Target


def refuse_unusable(target: Target) -> None:
    """Refuse what is no address, no repository, and no variable with a secret in it.

    Raises:
        ConfigError: what is wrong with the first of them; what may be a secret is not repeated.
    """
    for fault in _faults(target):
        raise ConfigError(fault)


def _faults(target: Target) -> Iterator[str]:
    if target.server is not None and not is_address(target.server):
        yield (
            "--server: is not an address; write one as in https://acme.atlassian.net, without user "
            "and password"
        )
    for name in target.repositories:
        if not re.fullmatch(REPOSITORY, name):
            yield f"--repository '{name}': is no repository; write OWNER/NAME, as in acme/web"
    variables = {"--email-env": target.email_env, "--token-env": target.token_env}
    given = {flag: name for flag, name in variables.items() if name is not None}
    for flag, name in given.items():
        if not re.fullmatch(VARIABLE, name) or may_be_secret(name):
            yield (
                f"{flag}: is no name of a variable, or looks like a secret; give the name of one, "
                "and put the secret into it"
            )
    for flag, name in given.items():
        if secret(name, os.environ) is None:
            yield f"{not_set(name)}; {PUT_IT_THERE}, or name another with {flag}"
