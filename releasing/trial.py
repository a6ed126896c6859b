"""Install a wheel in each of the ways that we name, and let it do the main job there.

``python -m releasing.trial WHEEL`` needs the network, for what Roadworthy stands on.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"


def run(command: Sequence[str | Path], **variables: Path) -> str:
    """Run a command with some variables more; its output."""
    environment = {**os.environ, **{name: str(path) for name, path in variables.items()}}
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return ended.stdout


def with_the_lock(wheel: Path, folder: Path) -> Path:
    """What the lock names, each file by its hash; then the wheel alone."""
    run([sys.executable, "-m", "venv", folder / "venv"])
    python = str(folder / "venv" / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--require-hashes", "--requirement", LOCK])
    run([*pip, "install", "--quiet", "--no-deps", wheel])
    run([*pip, "check"])
    return folder / "venv" / "bin"


def with_pipx(wheel: Path, folder: Path) -> Path:
    """As somebody who has pipx."""
    pipx = [sys.executable, "-m", "pipx", "install", "--python", sys.executable]
    places = {"PIPX_HOME": "home", "PIPX_BIN_DIR": "bin", "PIPX_MAN_DIR": "man"}
    run([*pipx, wheel], **{name: folder / place for name, place in places.items()})
    return folder / "bin"


def with_uv(wheel: Path, folder: Path) -> Path:
    """As somebody who has uv."""
    uv = [sys.executable, "-m", "uv", "tool", "install", "--python", sys.executable]
    run([*uv, wheel], UV_TOOL_DIR=folder / "tools", UV_TOOL_BIN_DIR=folder / "bin")
    return folder / "bin"


WAYS: Mapping[str, Callable[[Path, Path], Path]] = {
    "pip, with requirements.lock": with_the_lock,
    "pipx": with_pipx,
    "uv tool": with_uv,
}


def tried(wheel: Path, install: Callable[[Path, Path], Path], folder: Path) -> str:
    """What one way came to: the version it says, and the size of the demo's report."""
    program = install(wheel, folder) / "roadworthy"
    said = run([program, "--version"]).strip()
    version = wheel.name.split("-")[1]
    if said != f"roadworthy, version {version}":
        raise SystemExit(f"{program}: says {said!r}, and the wheel is of version {version}")
    report = Path(run([program, "demo", "--out", folder / "demo", "--log", "text"]).strip())
    return f"{said}; {report.name}, {report.stat().st_size:,} bytes"


def main(wheel: Path) -> None:
    """Try every way, each in a folder of its own that is removed again."""
    for name, install in WAYS.items():
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            told = tried(wheel, install, Path(folder))
        print(f"{name}: {told} ({time.monotonic() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
