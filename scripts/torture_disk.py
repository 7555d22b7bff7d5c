"""A disk whose power can be cut at any moment afterwards: it notes every change and every sync in the order they came.

The program works on real files meanwhile. `survivor` then makes the folder as it could be found after a cut: what was
synced is there; of what was not, each write may be there, missing, torn or zeros, and each change of a name may be
there or not, in any combination. That is harsher than a real file system, which keeps most of the order.
"""

import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from deskmate.records.disk import Disk

SYNCED: Final = "synced"
BYTES: Final = "bytes"
NAME: Final = "name"
GONE: Final = "gone"
MOVED: Final = "moved"
NAMES_SYNCED: Final = "names synced"
MARK: Final = "mark"


class Change(NamedTuple):
    """One thing that happened."""

    kind: str
    path: Path = Path()
    """The name, or the folder whose names were synced."""
    to: Path = Path()
    """The new name."""
    file: int = -1
    """Which file; a new number for each that was made, -1 for a folder."""
    start: int = 0
    data: bytes = b""
    number: int = 0
    """What a mark says."""


class PowerDisk(Disk):
    """Works as any disk, without waiting for the real one.

    Args:
        deaf: calls that do nothing, for the controls: `sync`, `sync_folder`.
    """

    def __init__(self, deaf: Sequence[str] = ()) -> None:
        self.changes: list[Change] = []
        self.deaf = deaf
        self._by_name: dict[Path, int] = {}
        self._by_handle: dict[int, int] = {}
        self._made = 0

    def mark(self, number: int) -> None:
        """Note that something was acknowledged."""
        self.changes.append(Change(MARK, number=number))

    def make_folder(self, folder: Path) -> list[Path]:
        """Note the folders that were made."""
        made = super().make_folder(folder)
        self.changes += [Change(NAME, each) for each in made]
        return made

    def open_append(self, path: Path) -> int:
        """Note a file that is made by it."""
        new = not path.exists()
        handle = super().open_append(path)
        self._by_handle[handle] = self._new(path) if new else self._by_name[path]
        return handle

    def write(self, handle: int, data: bytes) -> None:
        """Note the bytes."""
        start = os.fstat(handle).st_size
        super().write(handle, data)
        self.changes.append(Change(BYTES, file=self._by_handle[handle], start=start, data=data))

    def sync(self, handle: int) -> None:
        """Note that the file's bytes are safe."""
        if "sync" not in self.deaf:
            self.changes.append(Change(SYNCED, file=self._by_handle[handle]))

    def sync_folder(self, folder: Path) -> None:
        """Note that the folder's names are safe."""
        if "sync_folder" not in self.deaf:
            self.changes.append(Change(NAMES_SYNCED, folder))

    def twin(self, handle: int) -> int:
        """It stands for the same file."""
        twin = super().twin(handle)
        self._by_handle[twin] = self._by_handle[handle]
        return twin

    def replace(self, path: Path, data: bytes, *, durable: bool = True) -> None:
        """Note each step of it."""
        draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        draft.write_bytes(data)
        file = self._new(draft)
        self.changes.append(Change(BYTES, file=file, data=data))
        if durable and "sync" not in self.deaf:
            self.changes.append(Change(SYNCED, file=file))
        self.move(draft, path)
        if durable:
            self.sync_folder(path.parent)

    def move(self, path: Path, place: Path) -> None:
        """Note the new name."""
        super().move(path, place)
        self._by_name[place] = self._by_name.pop(path)
        self.changes.append(Change(MOVED, path, place, self._by_name[place]))

    def remove(self, path: Path) -> None:
        """Note that a file's name is gone."""
        if path.is_file():
            self.changes.append(Change(GONE, path))
            self._by_name.pop(path, None)
        super().remove(path)

    def _new(self, path: Path) -> int:
        self._made += 1
        self._by_name[path] = self._made
        self.changes.append(Change(NAME, path, file=self._made))
        return self._made


def survivor(changes: Sequence[Change], root: Path, place: Path, chance: random.Random) -> None:
    """Make in `place` what `root` could be after a power cut at the end of some changes."""
    names = _names(changes, chance)
    bodies = _bodies(changes, chance)
    folders = {root} | {path for path, file in names.items() if file < 0}
    for path, file in sorted(names.items()):
        above = path.parents[: len(path.relative_to(root).parts)]
        if not folders.issuperset(above):
            continue  # a folder on the way to it was lost
        here = place / path.relative_to(root)
        here.parent.mkdir(parents=True, exist_ok=True)
        if file < 0:
            here.mkdir(exist_ok=True)
        else:
            here.write_bytes(bodies.get(file, b""))


def _names(changes: Sequence[Change], chance: random.Random) -> dict[Path, int]:
    """Name to file, -1 for a folder. A folder never goes: an empty one does no harm."""
    synced: dict[Path, int] = {}
    for place, change in enumerate(changes):
        if change.kind == NAMES_SYNCED:
            synced[change.path] = place
    names: dict[Path, int] = {}
    for place, change in enumerate(changes):
        if change.kind not in (NAME, GONE, MOVED):
            continue
        sure = max(synced.get(change.path.parent, -1), synced.get(change.to.parent, -1)) > place
        if not sure and chance.random() < 0.5:
            continue
        if change.kind == NAME:
            names[change.path] = change.file
        else:
            names.pop(change.path, None)
            if change.kind == MOVED:
                names[change.to] = change.file
    return names


def _bodies(changes: Sequence[Change], chance: random.Random) -> dict[int, bytearray]:
    synced = {change.file: place for place, change in enumerate(changes) if change.kind == SYNCED}
    bodies: dict[int, bytearray] = {}
    for place, change in enumerate(changes):
        if change.kind != BYTES:
            continue
        data = change.data
        if synced.get(change.file, -1) < place:
            fate = chance.random()
            if fate < 0.3:
                continue
            if fate < 0.5:
                data = data[: chance.randrange(len(data) + 1)]
            elif fate < 0.6:
                data = bytes(len(data))
        body = bodies.setdefault(change.file, bytearray())
        body.extend(bytes(max(0, change.start - len(body))))
        body[change.start : change.start + len(data)] = data
    return bodies
