"""A copy of the house, and what a contributor would put into it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(__file__).parent
LINES = "lines.patch"
"""What of an example goes into files that are there: lines added, as a patch."""
_ROOMS = ("roadworthy", "connectors", "pipelines", "reports", "sql", "docs", "tests", "benchmarks")
_ENOUGH_SECONDS = 900


@dataclass(frozen=True)
class House:
    """A copy of the repository in which an example may be built on."""

    root: Path

    @classmethod
    def copied(cls, root: Path) -> "House":
        """All rooms, and the files beside them."""
        unwanted = shutil.ignore_patterns("__pycache__", "extending")
        for room in _ROOMS:
            shutil.copytree(ROOT / room, root / room, ignore=unwanted)
        for path in ROOT.iterdir():
            if path.is_file() and path.suffix in {".md", ".toml"}:
                shutil.copy(path, root)
        return cls(root)

    def extend(self, example: str) -> list[str]:
        """Put an example in its places; returns the paths of its own files.

        Raises:
            CalledProcessError: a line of it belongs where nothing of the kind is any more.
            FileExistsError: a file of it is there already.
        """
        files = own_files(example)
        for name in files:
            target = self.root / name
            if target.exists():
                raise FileExistsError(f"{name} is there already")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(EXAMPLES / example / name, target)
        patch = EXAMPLES / example / LINES
        if patch.exists():
            # Held outside of any repository, so that the patch is taken to be of this folder.
            own = {**os.environ, "GIT_CEILING_DIRECTORIES": str(self.root.parent)}
            subprocess.run(
                ["git", "apply", str(patch)],  # noqa: S607 - the one that the checkout came with
                cwd=self.root,
                env=own,
                check=True,
                capture_output=True,
                text=True,
            )
        return files

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Let Python run something with the copy in the place of this checkout."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), **variables},
            check=False,
            capture_output=True,
            text=True,
            timeout=_ENOUGH_SECONDS,
        )


def own_files(example: str) -> list[str]:
    """The files that an example adds, by their place in the house."""
    folder = EXAMPLES / example
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != LINES)
    return sorted(
        path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts
    )
