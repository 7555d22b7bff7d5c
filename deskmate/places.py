"""Where everything lives: the library's own folder, this machine's state, and the data that ships with DeskMate."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from deskmate.faults import DeskMateError

NOT_SETTINGS: Final = ("DESKMATE_HOME", "DESKMATE_STATE", "DESKMATE_DEBUG")
"""Variables of ours that say where and how this run works; the settings would look for a slip in them."""
PACKAGE = Path(__file__).resolve().parent


class Places(NamedTuple):  # not a dataclass, as in `faults`
    """Every folder and file DeskMate reads or writes.

    `home` may be on a network share that several desks see. `state` is always on this machine: the machine's id, the
    journals of live interactions and the caches live there.
    """

    home: Path
    state: Path
    data: Path
    """The shipped playbooks, facts, lexicon, directory and samples; never written."""

    @property
    def settings(self) -> Path:
        """The library's settings, commented, written on the first start."""
        return self.home / "settings.toml"

    @property
    def playbooks(self) -> Path:
        """The library's own playbooks, laid over the shipped ones."""
        return self.home / "playbooks"

    @property
    def facts(self) -> Path:
        """The library's own facts: hours, prices, rooms."""
        return self.home / "facts.yaml"

    @property
    def directory(self) -> Path:
        """The library's own directory: desks, agencies, lines."""
        return self.home / "directory.yaml"

    @property
    def lexicon(self) -> Path:
        """The library's own words for the look-up."""
        return self.home / "lexicon.txt"

    @property
    def cards(self) -> Path:
        """The library's own cards for patrons, one file a language, laid over the shipped ones."""
        return self.home / "cards"

    @property
    def practice(self) -> Path:
        """The library's own scenes to practise, laid over the shipped ones."""
        return self.home / "practice"

    @property
    def notices(self) -> Path:
        """The library's own notices to staff."""
        return self.home / "notices.yaml"

    @property
    def pledge(self) -> Path:
        """What this library's visitors can count on."""
        return self.home / "pledge.yaml"

    @property
    def phrases(self) -> Path:
        """What staff typed elsewhere, for the look-up."""
        return self.data / "phrases.txt"

    @property
    def meanings(self) -> Path:
        """Where common words lie in meaning, for the look-up."""
        return self.data / "words.vec"

    @property
    def mappings(self) -> Path:
        """The library's own mapping files, which tell how another program's table becomes records."""
        return self.home / "mappings"

    @property
    def log(self) -> Path:
        """The record: day tables and the rest."""
        return self.home / "log"

    @property
    def learned(self) -> Path:
        """The table of the log that holds the phrases that were learned here."""
        return self.log / "phrases"

    @property
    def live(self) -> Path:
        """Journals of interactions that have not been saved yet."""
        return self.state / "live"

    @property
    def lull(self) -> Path:
        """What this desk was asked about forgotten hours, and whether it wants to be."""
        return self.state / "lull.json"

    @property
    def cache(self) -> Path:
        """What can be rebuilt: parsed playbooks, snapshots, roll-ups."""
        return self.state / "cache"


def shipped_data() -> Path:
    """The data that ships with DeskMate: inside the installed package, or beside it in a source tree.

    Raises:
        DeskMateError: neither is there.
    """
    for folder in (PACKAGE / "data", PACKAGE.parent / "data"):
        if (folder / "playbooks").is_dir():
            return folder
    raise DeskMateError("The playbooks that ship with DeskMate are missing.", "Install DeskMate again.")


def find_places(environment: Mapping[str, str] | None = None, *, home: str | None = None) -> Places:
    """Decide where everything lives, without touching the disk.

    Args:
        environment: the process's variables; `DESKMATE_HOME` and `DESKMATE_STATE` override the system's folders.
        home: the `--home` option, which overrides both.

    Returns:
        The places. Each home has a state folder of its own, so that two homes on one machine never share a journal.
    """
    environment = os.environ if environment is None else environment
    chosen = home or environment.get("DESKMATE_HOME")
    state = environment.get("DESKMATE_STATE")
    if chosen:
        folder = Path(chosen).expanduser().absolute()
    else:
        import platformdirs  # 4 ms that a run with DESKMATE_HOME need not spend

        folder = Path(platformdirs.user_data_dir("deskmate", appauthor=False))
    if state:
        local = Path(state).expanduser().absolute()
    else:
        from hashlib import sha256

        import platformdirs

        name = sha256(str(folder).encode()).hexdigest()[:12]
        local = Path(platformdirs.user_state_dir("deskmate", appauthor=False)) / name
    return Places(home=folder, state=local, data=shipped_data())
