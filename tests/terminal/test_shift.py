"""The small dose of scripts/shift.py: some contacts of a shift on a real terminal, by keys alone and by mouse alone."""

from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.mark.parametrize("hand", ["keys", "mouse"])
def test_a_short_shift(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hand: str) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import shift

    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(shift.SETTINGS, encoding="utf-8")
    shown: list[str] = []
    desk = shift.shift(home, mouse=hand == "mouse", contacts=3, show=lambda name, screen: shown.append(name))
    assert desk.logged == len(shift.records(home)) == 4
    assert {"the phone rings", "HELP", "times", "the hand-over", "the next person's Desk"} <= set(shown)
