"""One harness under atheris: ``python -m fuzz.child NAME FLAGS-OF-LIBFUZZER``."""

import sys

import atheris

_NAME = sys.argv[1]
# What guides the fuzzer must be imported here first, and nowhere before.
_LOOKED_AT = [*sys.argv[2].split(","), "fuzz.harnesses"]
with atheris.instrument_imports(include=_LOOKED_AT, enable_loader_override=False):
    from fuzz.harness import named

    harness = named(_NAME)

atheris.Setup([_NAME, *sys.argv[3:]], harness.one)
atheris.Fuzz()
