"""The back-ups that this machine made: what is erased here is taken out of them too, where they still are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from deskmate.clock import Clock
from deskmate.desk.privacy import periods_of
from deskmate.faults import DeskMateError, Notice
from deskmate.places import Places
from deskmate.records.backup import Made, alone_with_backups, known
from deskmate.records.disk import Disk
from deskmate.records.erase import Eraser
from deskmate.records.erase_asked import FOLDER, Asks
from deskmate.records.erase_periods import Retention
from deskmate.records.incidents import KEYRING, IncidentTables
from deskmate.records.keyring import OPENING
from deskmate.records.layout import table_name
from deskmate.records.line import seal, unseal
from deskmate.records.log import Log
from deskmate.settings import Settings

_MARKS: Final = "copies.json"
_VERSION: Final = 1


@dataclass(slots=True)
class Round:
    """What became of the back-ups in one go."""

    cleaned: int = 0
    """How many lost something."""
    away: list[Made] = field(default_factory=list)
    """Those that are not where they were written: they could not be looked at."""
    refused: list[Notice] = field(default_factory=list)
    """Those that are damaged, or on a disk that takes nothing."""
    whole: bool = True
    """False: somebody wanted to leave before all were looked at."""


class Copies:
    """Keeps this machine's back-ups in step with the log. It may run in a second thread: no table is held for it.

    Args:
        log: the record.
        settings: the periods.
        places: where this machine notes its back-ups.
        clock: the desk's time.
    """

    def __init__(self, log: Log, settings: Settings, places: Places, clock: Clock) -> None:
        self._log = log
        self._settings = settings
        self._state = places.state
        self._path = places.cache / _MARKS
        self._clock = clock
        self._disk = Disk()
        self._asks = Asks(log.root / FOLDER, clock, self._disk)
        self._eraser = Eraser(log.db.storage, log.root / FOLDER, clock)

    def known(self) -> list[Made]:
        """Every back-up that this machine made, wherever it is now."""
        return known(self._state)

    def due(self) -> list[Made]:
        """Those that are where they were written and may hold what is erased; none during a legal hold."""
        if self._asks.hold_since is not None or self._log.db.storage.read_only:
            return []
        if not any(map(table_name, self._disk.folders(self._log.root))):
            return []  # a log that is not there may be about to come back from one of them
        made = [each for each in self.known() if each.is_there]
        marks, asked = self._marks() if made else {}, self._asked()
        return [each for each in made if not self._is_clean(each, marks.get(each.path), asked)]

    def clean(self, going: Callable[[int, int], bool] = lambda _done, _of: True) -> Round:
        """Go through those that are due; each is replaced as a whole or stays as it was.

        Args:
            going: told after each table how many files of a back-up are done, of how many; False ends it.

        Raises:
            NotSaved: this machine's state folder takes nothing.
        """
        from deskmate.records.backup_clean import Stopped

        done = Round(away=[each for each in self.known() if not each.is_there])
        if not self.due():
            return done
        with alone_with_backups(self._state):
            for made in self.due():  # another program may have dealt with some meanwhile
                try:
                    done.cleaned += self._clean(made, going)
                except Stopped:
                    done.whole = False
                    break
                except DeskMateError as fault:
                    done.refused.append(Notice(fault.what, fault.cure, made.path))
        return done

    def _clean(self, made: Made, going: Callable[[int, int], bool]) -> bool:
        from deskmate.records.backup_clean import Rules, clean

        path = Path(made.path)
        marks, asked, today = self._marks(), self._asked(), self._clock.now().date().isoformat()
        mark, keyring = marks.get(made.path), IncidentTables(self._log.db.storage).keyring
        old: dict[str, str] = (
            mark["next"] if mark and mark["print"] == _print(path) and mark["how"] == self._how else {}
        )
        wished = set() if mark and mark["asked"] == asked else {each.table for each in self._asks.all()}

        def is_due(table: str) -> bool:
            return table not in old or table in wished or "" < old[table] <= today

        rules = Rules(
            retention=Retention(periods_of(self._settings), self._clock.now().date()),
            asked=self._asks.all(),
            here=lambda table: self._eraser.read(table).bodies,
            contacts_from=self._contacts_from,
            keyring=keyring if keyring is not None and keyring.state != OPENING else None,
            keys=self._keys() if keyring is not None else b"",
            is_due=is_due,
        )
        found = clean(path, rules, going)
        marks[made.path] = {
            "print": _print(path), "how": self._how, "asked": asked, "day": today, "next": {**old, **found.next},
        }  # fmt: skip
        self._write({each.path: marks[each.path] for each in self.known() if each.path in marks})
        return found.files > 0

    @property
    def _how(self) -> str:
        """By what rules: what was done under other periods, or other keys of the reports, has to be done again."""
        return f"{crc32(repr(self._settings.privacy).encode() + self._keys()):08x}"

    def _keys(self) -> bytes:
        """The library's keys as they are stored; empty without a code."""
        try:
            return self._disk.read(str(self._log.root / KEYRING))
        except OSError:
            return b""

    @property
    def _contacts_from(self) -> int:
        """A contact older than both periods together is over them, whenever its promise was closed."""
        periods = self._settings.privacy
        oldest = self._clock.now() - timedelta(days=periods.contact_days + periods.contact_days_open)
        return int(oldest.timestamp() * 1000)

    def _asked(self) -> str:
        return f"{crc32(' '.join(self._asks.ids()).encode()):08x}"

    def _is_clean(self, made: Made, mark: Any, asked: str) -> bool:
        today = self._clock.now().date().isoformat()
        return bool(mark) and (mark["day"], mark["asked"], mark["how"]) == (today, asked, self._how) and (
            mark["print"] == _print(Path(made.path))
        )  # fmt: skip

    def _marks(self) -> dict[str, Any]:
        """What was seen of each, by its path."""
        try:
            body = unseal(self._disk.read(str(self._path)).removesuffix(b"\n"))
        except OSError:
            body = None
        return body["files"] if body is not None and body.get("v") == _VERSION else {}

    def _write(self, marks: dict[str, Any]) -> None:
        """Keep the marks; a folder that takes nothing only costs looking again."""
        try:
            self._disk.make_folder(self._path.parent)
            self._disk.replace(self._path, seal({"v": _VERSION, "files": marks}), durable=False)
        except OSError:
            return


def _print(path: Path) -> str:
    """What a file looks like from outside: it changes whenever the file is written anew."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_ino}.{found.st_size}.{found.st_mtime_ns}"
