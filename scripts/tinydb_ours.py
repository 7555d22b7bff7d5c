"""What TinyDB's own tests get instead of its storages: ours, under our table or under TinyDB's own.

`scripts/tinydb_suite.py` puts this beside the fetched tests as their `conftest.py`. The environment variable `TABLE`
says which table; ids are numbers as those tests expect, since that is a table's own choice.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinydb
import tinydb.storages
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Table

sys.path.insert(0, os.environ["DESKMATE_SOURCE"])

from deskmate.clock import SystemClock
from deskmate.records.disk import Disk
from deskmate.records.storage import LogStorage
from deskmate.records.table import LogTable
from deskmate.records.writer import WriterSlot


class OurStorage(LogStorage):
    """The log's storage in a folder of its own, made as TinyDB's tests make theirs: without arguments."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=Path.cwd()))
        disk = Disk()
        super().__init__(folder / "log", WriterSlot(folder / "state", disk), SystemClock(), disk=disk, durable=False)


class OurTable(LogTable):
    """Our table with numbers as ids."""

    document_id_class = int  # type: ignore[assignment]  # back to TinyDB's own
    _get_next_id = Table._get_next_id  # noqa: SLF001 - the method that ours replaced


def table(storage: Any, name: str, **options: Any) -> Table:
    """Our table where it can stand: directly on our storage."""
    return (OurTable if isinstance(storage, LogStorage) else Table)(storage, name, **options)


TheirStorage = tinydb.storages.MemoryStorage
tinydb.storages.MemoryStorage = OurStorage  # type: ignore[assignment,misc]  # whoever imports it from now on gets ours
if os.environ["TABLE"] == "ours":
    tinydb.TinyDB.table_class = staticmethod(table)  # type: ignore[assignment]  # it is only ever called


@pytest.fixture
def db() -> Iterator[tinydb.TinyDB]:
    """What TinyDB's fixture of this name holds."""
    made = tinydb.TinyDB(storage=OurStorage)
    made.drop_tables()
    made.insert_multiple({"int": 1, "char": letter} for letter in "abc")
    yield made
    made.close()


@pytest.fixture
def storage() -> Any:
    """TinyDB's fixture of this name: its users look into their storage's `memory` and write what are no tables."""
    return CachingMiddleware(TheirStorage)()  # type: ignore[no-untyped-call]  # TinyDB's own
