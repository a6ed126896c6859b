"""The two scripts of a page, the data they read, and the policy that lets nothing else run.

The chart library is two fifths of a page as it comes, and less than half of that packed. So a page
carries it packed, and its own script unpacks it; the policy names the library by the hash of what
comes out.
"""

import base64
import gzip
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

import vl_convert

#: What could end a script block, or start markup, from inside a string of JSON.
_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}

_ENDS_A_SCRIPT = ("</script", "<!--")


@cache
def chart_bundle() -> str:
    """The chart library, once for all charts, wrapped so that its names stay its own."""
    library = vl_convert.javascript_bundle()  # type: ignore[call-arg] # its stub demands a snippet
    return _harmless(f"(()=>{{{library}\n}})()")


@cache
def packed_bundle() -> str:
    """The same library as base64 of gzip; it bears no date, so that equal pages are equal."""
    return base64.b64encode(gzip.compress(chart_bundle().encode(), mtime=0)).decode()


@cache
def page_script() -> str:
    """The script that draws the charts of this page."""
    return _harmless(asset("page.js"))


def asset(name: str) -> str:
    """A text file that lies beside this module."""
    return files("reports").joinpath(name).read_text(encoding="utf-8")


def as_data(spec: dict[str, Any]) -> str:
    """A specification as JSON that is safe inside a script block of type application/json."""
    text = json.dumps(_short(spec), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def policy(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """A Content-Security-Policy: these scripts and styles by hash, no address at all."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _short(value: Any) -> Any:  # noqa: ANN401 - JSON of any depth
    """The value with its fractions cut to six figures, more than a chart can show."""
    if isinstance(value, dict):
        return {name: _short(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_short(member) for member in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _hashes(texts: tuple[str, ...]) -> str:
    return " ".join(_hash(text) for text in texts) or "'none'"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _harmless(script: str) -> str:
    for ending in _ENDS_A_SCRIPT:
        if ending in script.lower():
            raise ValueError(
                f"a script of the page contains {ending!r}, which would end its block: "
                "the installed vl-convert-python cannot be embedded, use another version"
            )
    return script
