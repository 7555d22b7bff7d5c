"""The table of notices that were typed at a desk; desks that share the log share them."""

from collections.abc import Callable
from typing import Any

from deskmate.clock import Clock
from deskmate.model.interaction import short_ref
from deskmate.model.notice import StaffNotice
from deskmate.records.actions import Actions
from deskmate.records.layout import NOTICES
from deskmate.records.storage import LogStorage


class Notices:
    """Reads and writes the table. What it does can be undone like anything else in the log.

    A document is a notice, or says that one of the library's file ended early: a desk cannot write into that file.
    """

    def __init__(
        self,
        storage: LogStorage,
        actions: Actions,
        clock: Clock,
        unreadable: Callable[[str, str, Exception], None],
    ) -> None:
        """Use a storage; `unreadable` is told the table, id and error of a document that cannot be read."""
        self._storage = storage
        self._actions = actions
        self._clock = clock
        self._unreadable = unreadable

    def all(self) -> list[StaffNotice]:
        """Every notice that is not removed, run out or not, the oldest first."""
        found = []
        for record_id, document in sorted(self._storage.fresh(NOTICES).docs.items()):
            if "ended" in document:
                continue
            try:
                found.append(StaffNotice.from_document(record_id, document))
            except (KeyError, ValueError, TypeError) as error:
                self._unreadable(NOTICES, record_id, error)
        return found

    def ended(self) -> frozenset[tuple[str, str]]:
        """Id and text of the notices of the library's file that ended early: with another text it is another notice."""
        gone = [document["ended"] for document in self._storage.fresh(NOTICES).docs.values() if "ended" in document]
        return frozenset((str(each.get("id")), str(each.get("text"))) for each in gone if isinstance(each, dict))

    def add(self, notice: StaffNotice, *, say: str) -> None:
        """Save a new one.

        Args:
            notice: what to save.
            say: the words for undo, without its text.

        Raises:
            NotSaved: the disk refused.
        """
        self._put(notice.id, notice.to_document(), say)

    def end(self, notice: StaffNotice, *, say: str) -> None:
        """It holds no longer: a typed one is removed, one of the library's file is named as ended.

        Raises:
            NotSaved: the disk refused.
        """
        if not notice.typed:
            self._put(self._storage.ids.new(), {"v": 1, "ended": {"id": notice.id, "text": notice.text}}, say)
            return
        shard = self._storage.fresh(NOTICES)
        before = shard.revisions.get(notice.id, "")
        if before and notice.id in shard.docs:  # else another desk was quicker
            self._done(notice.id, self._storage.commit(shard, {}, [notice.id]), before, say)

    def _put(self, record_id: str, document: dict[str, Any], say: str) -> None:
        self._done(record_id, self._storage.commit(self._storage.fresh(NOTICES), {record_id: document}), "", say)

    def _done(self, record_id: str, revision: str, before: str, say: str) -> None:
        ref = short_ref(self._clock.now().date(), record_id)
        self._actions.done(NOTICES, record_id, revision, before=before, say=say, ref=ref)
