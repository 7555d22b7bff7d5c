"""Waiting for the app: until it has nothing left to do.

Textual's own wait ends when the process has used next to no processor for 20 ms. On a busy machine that is also true of
a program that is kept waiting for the processor, and a test then looks at a screen that is half done.
"""

import asyncio
from typing import Any, Final

import pytest
from textual import app, pilot
from textual._context import active_app

SOON: Final = 0.06
"""Seconds: a timer that rings within them is a part of what is being done, as the painting of a frame is (17 ms), and
of what the palette leaves behind (Textual holds it back for 50 ms)."""
LOOK: Final = 0.005
"""Seconds between two looks at what goes on by itself."""
MOST: Final = 2000
"""Looks after which a program that never rests is left as it is."""


async def until_done(*_seconds: float) -> None:
    """Wait until the event loop is at rest and no worker goes on, however many seconds Textual would wait."""
    loop = asyncio.get_running_loop()
    inside: dict[str, Any] = vars(loop)
    for _ in range(MOST):
        await asyncio.sleep(0)
        if inside["_ready"]:
            continue
        now = loop.time()
        if not _works() and all(each.cancelled() or each.when() - now > SOON for each in inside["_scheduled"]):
            return
        await asyncio.sleep(LOOK)


def _works() -> bool:
    """Whether a worker of the app goes on: a thread that waits for the disk, the search of the palette."""
    running = active_app.get(None)
    return running is not None and any(not each.is_finished for each in running.workers)


def wait_until_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every key and every pause of a pilot wait so."""
    for module in (app, pilot):
        monkeypatch.setattr(module, "wait_for_idle", until_done)
