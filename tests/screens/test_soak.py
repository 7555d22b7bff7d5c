"""The small dose of scripts/soak.py: what people did at the desk leaves nothing alive."""

from pathlib import Path

import pytest
from textual.widgets import Static

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
RICHEST = (0, 2, 6)
"""A guide with a note box, a phone call in the middle of it, a promise."""


async def test_the_same_again_leaves_nothing_behind(
    app: DeskMateApp, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import soak

    async with app.run_test(size=(80, 24)) as pilot:
        before = None
        for _ in range(2):
            for number in RICHEST:
                await soak.work(app, pilot, clock, number, number + 1)
            first, before = before, await soak.settled(app, pilot, before)
        assert first is not None
        assert soak.grown(first, before) == []
        assert before.screens == len(app.screen_stack), "a closed screen is still held"
        held = [Static(), app.screen.set_interval(60, pilot.pause)]  # a control: what is held is counted
        assert len(soak.grown(before, soak.alive(app))) == len(held) + 1  # a timer is a task, too
