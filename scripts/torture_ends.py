"""The power is cut while people are helped, saved and let go: each is in the log or still live, never in neither."""

import random
from collections.abc import Sequence
from pathlib import Path

from torture_common import NOON, Dose, check, scratch
from torture_disk import PowerDisk
from torture_power import power_cuts

from deskmate.desk.live import LiveBoard
from deskmate.desk.service import Desk
from deskmate.places import Places, find_places
from deskmate.playbooks.library import Library, load
from deskmate.records.disk import Disk
from deskmate.records.live import Journals
from deskmate.records.log import Log


def open_board(folder: Path, library: Library, disk: Disk) -> tuple[Desk, LiveBoard]:
    """A desk in a folder, as the screens open it, on a disk of ours."""
    places: Places = find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(folder / "home"))
    desk = Desk(places, NOON, environment={}, durable=False)
    desk.library = library
    desk.log = Log(places.log, places.state, NOON, durable=False, disk=disk)
    desk.journals = Journals(places.live, NOON, disk=disk)
    return desk, desk.live


def _help(folder: Path, library: Library, disk: PowerDisk, chance: random.Random) -> list[str]:
    """Five people, one after the other; a mark says how many were safe."""
    desk, board = open_board(folder, library, disk)
    people: list[str] = []
    for _ in range(5):
        people.append(board.begin("angry-patron").id)
        board.act("choose", "1")
        desk.journals.sync()
        disk.mark(len(people))
        board.end()
        quick = chance.random() < 0.5  # the next look-up is typed before the disk has answered
        if quick:
            board.leave()
        if chance.random() < 0.8:
            desk.log.flush()
        if not quick:
            board.leave()
        board.settle()
    return people


def _judge(folder: Path, library: Library, sure: Sequence[str]) -> None:
    desk, board = open_board(folder, library, Disk())
    back = {live.id for live in board.restore()}
    saved = {record.id for record in desk.log.day(NOON.now().date())}
    lost = [each for each in sure if each not in back | saved]
    check(not lost, f"of {len(sure)} people {len(lost)} are neither in the log nor live")
    desk.close()


def ends(dose: Dose) -> str:
    """Whoever was helped and synced is in the log or live after a power cut at any moment."""
    chance = random.Random(11)
    count = 0
    with scratch() as name:
        library = load(find_places({"DESKMATE_STATE": f"{name}/state"}, home=f"{name}/home"))
        for turn in range(max(dose.histories // 10, 2)):
            folder, disk = Path(name) / f"here-{turn}", PowerDisk()
            folder.mkdir()
            people = _help(folder, library, disk, chance)
            for after, sure in power_cuts(disk, folder, dose, chance):
                count += 1
                _judge(after, library, people[:sure])
    return f"{count} power cuts, everybody is in the log or live"
