"""Running commands: in this process for most tests, as a process of their own where that is the point."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from deskmate.places import Places


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on standard output; anything beside it fails."""
        return json.loads(self.out)


class Cli(Protocol):
    """Runs a command on the test's home."""

    def __call__(self, *argv: str, stdin: str = "") -> Result:
        """Run it and return how it ended."""
        ...


def environment_of(places: Places, **more: str) -> dict[str, str]:
    """This process's variables with nothing of DeskMate in them but the test's folders."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DESKMATE_")}
    return {**plain, "DESKMATE_HOME": str(places.home), "DESKMATE_STATE": str(places.state), **more}


def process(
    places: Places, *argv: str, stdin: str = "", folder: Path | None = None, more: Mapping[str, str] | None = None
) -> Result:
    """Run a command as its own process, from a folder that is not the source."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "deskmate", *argv],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=folder or places.home.parent,
        env=environment_of(places, **(more or {})),
        timeout=300,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)
