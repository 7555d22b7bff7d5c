"""Every call to the operating system that saving depends on: append, sync, lock, replace, wipe.

They sit in one class so that the three systems differ in one place, and so that a test can hand in a disk that is
full, short or broken. Sources: `man 2 fdatasync`, `man 2 fsync` of macOS (only F_FULLFSYNC reaches the platter), the
PostgreSQL and SQLite notes on failed syncs (never retry on the same file).
"""

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from deskmate.faults import Notice, NotSaved

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_ASK_FOR_RIGHT = "Ask for the right to write there, or choose another folder with DESKMATE_HOME."
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What file systems that cannot sync a folder (some network shares) answer."""


class ShortWrite(OSError):
    """The system took only a part of the bytes; what it took is an unfinished line."""


class Lock:
    """A file that one process at a time may hold; the system frees it when the process ends, however it ends."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle = handle
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self, *, remove: bool = False) -> None:
        """Let it go; twice does no harm.

        Args:
            remove: also delete the file, while it is still held, so that nobody holds a file without a name.
        """
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        if remove and sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        os.close(handle)
        if remove and sys.platform == "win32":
            self.path.unlink(missing_ok=True)


class Disk:
    """The real disk. Every method raises OSError when the system refuses."""

    def make_folder(self, folder: Path) -> list[Path]:
        """Create a folder and those above it, open to this user only.

        Returns:
            The folders that were created, the uppermost first.
        """
        missing: list[Path] = []
        while not folder.is_dir():
            missing.append(folder)
            if folder.parent == folder:
                break
            folder = folder.parent
        missing.reverse()
        for each in missing:
            each.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        return missing

    def open_append(self, path: Path) -> int:
        """Open a file for appending, created when it is missing; its bytes can be read too.

        Returns:
            The handle. Every write goes to the end, wherever the end is by then.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        return os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), _FILE_MODE)

    def write(self, handle: int, data: bytes) -> None:
        """Append bytes in one call.

        Raises:
            ShortWrite: the system took fewer; there is no second call, because two calls are not one line.
        """
        taken = os.write(handle, data)
        if taken != len(data):
            raise ShortWrite(errno.ENOSPC, f"only {taken} of {len(data)} bytes were written")

    def sync(self, handle: int) -> None:
        """Wait until what was written is on the disk."""
        if sys.platform == "darwin":
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            except OSError as error:
                if error.errno not in _NO_FOLDER_SYNC:
                    raise
                os.fsync(handle)  # a network share does not know F_FULLFSYNC
        elif sys.platform == "win32":
            os.fsync(handle)
        else:
            os.fdatasync(handle)

    def sync_folder(self, folder: Path) -> None:
        """Wait until a folder's list of names is on the disk; nothing to do where the system has no such call."""
        if sys.platform == "win32":
            return
        try:
            handle = os.open(folder, os.O_RDONLY)
        except PermissionError:
            return  # a folder above ours that we may pass through but not read
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(handle)

    def twin(self, handle: int) -> int:
        """A second handle on the same open file, so that one may be closed while the other is being synced."""
        return os.dup(handle)

    def close(self, handle: int) -> None:
        """Give a handle back."""
        os.close(handle)

    def end(self, handle: int) -> int:
        """The size of the file behind a handle, in bytes."""
        return os.fstat(handle).st_size

    def ends_with_newline(self, handle: int) -> bool:
        """Whether the last byte is a newline; an empty file counts as yes."""
        if not os.fstat(handle).st_size:
            return True
        os.lseek(handle, -1, os.SEEK_END)
        return os.read(handle, 1) == b"\n"

    def lock(self, path: Path, *, wait: bool = False) -> Lock | None:
        """Hold a lock file.

        Args:
            path: the file; created when it is missing, its folder must exist.
            wait: wait until it is free instead of giving up.

        Returns:
            The lock, or None when another process holds it.
        """
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), _FILE_MODE)
            try:
                held = _hold(handle, wait=wait)
            except BaseException:
                os.close(handle)
                raise
            if not held:
                os.close(handle)
                return None
            if _same_file(handle, path):
                return Lock(handle, path)
            os.close(handle)  # its last holder deleted it between our open and our hold: take the new one

    def replace(self, path: Path, data: bytes, *, durable: bool = True) -> None:
        """Write a whole file so that a reader sees the old one or the new one, never a half.

        Args:
            path: the file.
            data: what it shall hold.
            durable: wait for the disk; False for what can be rebuilt.
        """
        draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), _FILE_MODE)
        try:
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(handle, rest) :]
                if durable:
                    self.sync(handle)
            finally:
                os.close(handle)
            self.move(draft, path)
        except OSError:
            self.remove(draft)
            raise
        if durable:
            self.sync_folder(path.parent)

    def swap(self, path: Path, read: int, data: bytes) -> bool:
        """Put other bytes in a file's place although another program may hold it open to append.

        Args:
            path: the file.
            read: how many of its bytes `data` was made from; what was appended since is carried over.
            data: what it shall hold.

        Returns:
            Whether something was carried over.
        """
        if sys.platform == "win32":  # a file that anybody has open cannot be replaced: nothing can come meanwhile
            self.replace(path, data)
            return False
        old = self.open_append(path)
        try:
            self.replace(path, data)
            more = self.end(old) - read
            if more > 0:
                new = self.open_append(path)
                try:
                    os.lseek(old, read, os.SEEK_SET)
                    self.write(new, os.read(old, more))
                    self.sync(new)
                finally:
                    self.close(new)
            return more > 0
        finally:
            self.close(old)

    def overwrite(self, path: Path, start: int, data: bytes) -> None:
        """Put bytes over those at a place in a file, on the disk when this returns."""
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(handle, start, os.SEEK_SET)
            self.write(handle, data)
            self.sync(handle)
        finally:
            os.close(handle)

    def replaced(self, handle: int, path: Path) -> bool:
        """Whether the file behind a handle has lost its name.

        Another file was put in its place, or it was deleted; or its whole folder was, when an older copy came back.
        """
        return not _same_file(handle, path)

    def move(self, path: Path, place: Path) -> None:
        """Give a file another name, on the same file system; what had that name before is gone."""
        path.replace(place)

    def remove(self, path: Path) -> None:
        """Delete a file, or an empty folder; nothing happens when it is not there."""
        try:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
        except FileNotFoundError:
            return

    def may_write(self, folder: Path) -> bool:
        """Whether something can be made in a folder, or in the first one above it that is there."""
        while not folder.is_dir() and folder.parent != folder:
            folder = folder.parent
        by_effective_user = os.access in os.supports_effective_ids
        return os.access(folder, os.W_OK | os.X_OK, effective_ids=by_effective_user)

    def wipe(self, path: Path) -> bool:
        """Overwrite a file's bytes with zeros, then remove it.

        Returns:
            Whether there was one. A disk that copies blocks on write (most SSDs) may keep the old ones out of reach.
        """
        try:
            handle = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return False
        try:
            os.write(handle, bytes(os.fstat(handle).st_size))
            self.sync(handle)
        finally:
            os.close(handle)
        self.remove(path)
        self.sync_folder(path.parent)
        return True

    def sizes(self, folder: str, suffix: str = ".jsonl") -> dict[str, tuple[int, int]]:
        """The files of a folder that end in `suffix`: name to (file number, size in bytes); empty without a folder."""
        try:
            with os.scandir(folder) as entries:
                return {entry.name: _number_and_size(entry) for entry in entries if entry.name.endswith(suffix)}
        except (FileNotFoundError, NotADirectoryError):
            return {}

    def folders(self, folder: Path) -> list[str]:
        """The names of the folders in a folder, in no order; empty without it."""
        try:
            with os.scandir(folder) as entries:
                return [entry.name for entry in entries if entry.is_dir()]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def computer(self) -> str:
        """This computer's name on its network."""
        if sys.platform == "win32":
            return os.environ.get("COMPUTERNAME", "")
        return os.uname().nodename

    def read(self, path: str, start: int = 0) -> bytes:
        """The bytes of a file from `start` to its end."""
        with open(path, "rb") as file:  # noqa: PTH123 - a Path costs 3 us on each read of each table
            if start:
                file.seek(start)
            return file.read()


def not_saved(error: OSError) -> NotSaved:
    """What the person at the desk reads when the system refused a write or a sync."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NotSaved("NOT SAVED: the disk is full.", "Free some space, then save again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotSaved("NOT SAVED: the log's folder cannot be written to.", _ASK_FOR_RIGHT)
    reason = error.strerror or str(error)
    return NotSaved(f"NOT SAVED: the disk answered with an error ({reason}).", "Save again; if it stays, tell IT.")


def cannot_write(folder: Path) -> Notice:
    """What is told before anybody tries to save into a folder that takes nothing."""
    return Notice("Nothing can be saved: this folder cannot be written to.", _ASK_FOR_RIGHT, str(folder))


def _hold(handle: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _number_and_size(entry: os.DirEntry[str]) -> tuple[int, int]:
    # Windows keeps an open file's size out of the folder's list until it is closed.
    found = Path(entry.path).stat() if sys.platform == "win32" else entry.stat()
    return found.st_ino, found.st_size
