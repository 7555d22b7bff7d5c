"""Another machine that adds records: `python appending.py ROOT STATE COUNT` prints each id that is confirmed."""

import sys
from pathlib import Path

from deskmate.clock import SystemClock
from deskmate.model.interaction import Interaction
from deskmate.records.log import Log


def main(root: str, state: str, count: str) -> None:
    """Add them, each on the disk before its id is printed."""
    clock = SystemClock()
    with Log(Path(root), Path(state), clock) as log:
        for number in range(int(count)):
            now = clock.now()
            record = Interaction(id=log.new_id(), asked_at=now, added_at=now, note=f"needle {number}")
            log.add(record)
            sys.stdout.write(f"{record.id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
