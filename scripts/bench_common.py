"""What the parts of the bench share: one figure, turns taken side by side, and a folder that is removed afterwards."""

import gc
import math
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

TIE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number, beside what it is compared with."""

    part: str
    what: str
    value: float
    unit: str
    n: int
    """How many measurements stand behind it."""
    beside: str = ""
    """What was measured in the same turns."""
    base: float | None = None
    """The other side's number, in the same unit."""
    most: float | None = None
    """The target: the ratio when there is a base, otherwise the value, may be this at most."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the other side; None without one."""
        return None if self.base is None else self.value / max(self.base, TIE)

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None when the figure has none and is only told."""
        if self.most is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.most

    @property
    def target(self) -> str:
        """The target in words."""
        if self.most is None:
            return ""
        return f"<= {self.most:g} {self.unit}" if self.base is None else f"<= {self.most:g}x"

    def plain(self) -> dict[str, Any]:
        """The figure as JSON values."""
        return {
            "part": self.part,
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "n": self.n,
            "beside": self.beside,
            "base": None if self.base is None else round(self.base, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "target": self.target,
            "met": self.met,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Dose:
    """How much is measured."""

    full: bool
    small: int = 1_000
    year: int = 100_000
    """Records of a year at a busy branch: 274 a day."""
    decade: int = 1_000_000

    @property
    def big(self) -> int:
        """The biggest log of this run."""
        return self.decade if self.full else self.year

    def times(self, default: int, full: int) -> int:
        """One of two numbers of repetitions."""
        return full if self.full else default


def take_turns(sides: Mapping[str, Callable[[], float]], rounds: int, *, warm_up: int = 1) -> dict[str, list[float]]:
    """Measure every side once a round, in another order each round, so that a busy moment hits all alike.

    The order is by chance: with a fixed one the same side would always follow, say, the one that emptied the disk's
    queue.

    Args:
        sides: by name, a call that does the thing once and returns what it took.
        rounds: how often; the rounds of the warm-up come on top and are thrown away.
        warm_up: rounds that do not count.
    """
    names = list(sides)
    chance = random.Random(3)
    found: dict[str, list[float]] = {name: [] for name in names}
    gc.collect()
    for turn in range(warm_up + rounds):
        chance.shuffle(names)
        for name in names:
            took = sides[name]()
            if turn >= warm_up:
                found[name].append(took)
    return found


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of 100 do not exceed: the nearest rank, so always one that was measured."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder, removed afterwards; on a real disk, since a memory disk would make every sync free."""
    folder = Path(tempfile.mkdtemp(prefix="deskmate-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
