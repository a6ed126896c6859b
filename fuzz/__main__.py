"""All harnesses one after the other: ``python -m fuzz --seconds 60 [--kept FOLDER] [NAME ...]``.

What a harness finds worth keeping stays in a folder of its name, and the next run begins with it.
A finding is written beside, and told with the command that shows it again.
"""

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fuzz.harness import named, names

_EXECUTIONS: Final = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERAGE: Final = re.compile(r"cov: (\d+) ft: (\d+)")
_FINDING: Final = re.compile(r"Test unit written to (\S+)")
_TRACEBACK: Final = re.compile(r"Uncaught Python exception: ===\n(.*?)\n==\d+==", re.DOTALL)
#: Bytes of an input; what is longer finds nothing that shorter ones do not.
_LONGEST: Final = 4096
#: Seconds for one input, and megabytes for all of it.
_SLOWEST, _LARGEST = 300, 3000
_TOLD: Final = 4000


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one harness."""

    name: str
    executions: int
    branches: int
    features: int
    findings: tuple[str, ...]

    def __str__(self) -> str:
        """A line of the table."""
        found = ", ".join(self.findings) or "nothing"
        return (
            f"{self.name:14}{self.executions:>12,}{self.branches:>10,}{self.features:>10,}  {found}"
        )


def main() -> int:
    """Run what was asked for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}")
    parser.add_argument("--seconds", type=int, default=60, help="for each harness")
    parser.add_argument("--kept", type=Path, default=Path("var/fuzz"), help="what is worth keeping")
    asked = parser.parse_args()
    print(f"{'harness':14}{'executions':>12}{'branches':>10}{'features':>10}  found")
    is_clean = True
    for name in asked.names or names():
        came = _run(name, asked.seconds, asked.kept)
        print(came, flush=True)
        is_clean = is_clean and not came.findings
    return 0 if is_clean else 1


def _run(name: str, seconds: int, kept: Path) -> Told:
    corpus, findings = kept / name, kept / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    harness = named(name)
    for number, seed in enumerate(harness.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    done = subprocess.run(  # noqa: S603 - this program's own modules
        [
            sys.executable,
            "-m",
            "fuzz.child",
            name,
            ",".join(harness.LOOKS_AT),
            *_flags(seconds, findings / f"{name}-"),
            str(corpus),
        ],
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "POLARS_MAX_THREADS": "1"},
        check=False,
    )
    return told(name, done.stdout + done.stderr, done.returncode)


def _flags(seconds: int, prefix: Path) -> list[str]:
    return [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST}",
        f"-timeout={_SLOWEST}",
        f"-rss_limit_mb={_LARGEST}",
        f"-report_slow_units={_SLOWEST}",
        f"-artifact_prefix={prefix}",
        "-print_final_stats=1",
    ]


def told(name: str, output: str, returncode: int) -> Told:
    """What libFuzzer's own words say of a run; a fault is shown as it shows it."""
    executions = _EXECUTIONS.search(output)
    branches, features = (_COVERAGE.findall(output) or [("0", "0")])[-1]
    findings = tuple(_FINDING.findall(output))
    if returncode:
        sys.stderr.write((_TRACEBACK.findall(output) or [output])[-1][-_TOLD:])
    for one in findings:
        sys.stderr.write(f"\n{sys.executable} -m fuzz.replay {name} {one}\n")
    return Told(
        name,
        int(executions[1]) if executions else 0,
        int(branches),
        int(features),
        findings or (("it did not run",) if returncode else ()),
    )


if __name__ == "__main__":
    sys.exit(main())
