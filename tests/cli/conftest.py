"""Commands run in this process, on the test's own home."""

import io

import pytest

from deskmate.cli.main import run
from deskmate.places import Places
from tests.cli.running import Cli, Result


@pytest.fixture
def cli(places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run commands on the home of `places`."""
    monkeypatch.setenv("DESKMATE_HOME", str(places.home))
    monkeypatch.setenv("DESKMATE_STATE", str(places.state))
    for name in ("DESKMATE_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*argv: str, stdin: str = "") -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = run(argv)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return call
