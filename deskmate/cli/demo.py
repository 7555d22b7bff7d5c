"""A throw-away home with a sample week in it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskmate.clock import SystemClock
from deskmate.places import Places, shipped_data


@contextmanager
def throw_away() -> Iterator[Places]:
    """Places in a temporary folder, filled with the sample week, and removed afterwards."""
    from deskmate.desk.sample import fill

    with tempfile.TemporaryDirectory(prefix="deskmate-demo-", ignore_cleanup_errors=True) as folder:
        places = Places(home=Path(folder) / "home", state=Path(folder) / "state", data=shipped_data())
        fill(places, SystemClock().now())
        yield places
