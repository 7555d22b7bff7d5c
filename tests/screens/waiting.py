"""Waiting for the app: until it has nothing left to do.

Textual's own wait ends when the process has used next to no processor for 20 ms. On a busy machine that is also true of
a program that is kept waiting for the processor, and a test then looks at a screen that is half done.
"""

import asyncio
from typing import Any, Final

import pytest
from textual import app, pilot
from textual._context import active_app
from textual.worker import WorkerState

SOON: Final = 0.02
"""Seconds: a timer that rings within them is a part of what is being done, as the painting of a frame is."""
MOST: Final = 2000
"""Looks after which a program that never rests is left as it is."""


async def until_done(*_seconds: float) -> None:
    """Wait until the event loop is at rest and what was saved is told, however many seconds Textual would wait."""
    loop = asyncio.get_running_loop()
    inside: dict[str, Any] = vars(loop)
    for _ in range(MOST):
        await asyncio.sleep(0)
        if inside["_ready"]:
            continue
        now = loop.time()
        if not _saves() and all(each.cancelled() or each.when() - now > SOON for each in inside["_scheduled"]):
            return
        await asyncio.sleep(SOON / 4)


def _saves() -> bool:
    """Whether a thread of the app still waits for the disk."""
    running = active_app.get(None)
    unfinished = (WorkerState.PENDING, WorkerState.RUNNING)
    return running is not None and any(each.group == "sync" and each.state in unfinished for each in running.workers)


def wait_until_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every key and every pause of a pilot wait so."""
    for module in (app, pilot):
        monkeypatch.setattr(module, "wait_for_idle", until_done)
