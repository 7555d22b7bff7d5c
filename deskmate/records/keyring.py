"""The keys of a library that protects its incident reports with a code. Every cipher is the `cryptography` package's.

A report is sealed with a public key (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM), so that whoever was there can
write one without knowing the code. The private key that reads them is kept wrapped twice (AES-256-GCM): by the code and
by a recovery code, each stretched by Scrypt. Nothing else opens them: without both codes the reports are gone.
"""

import json
import os
import re
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from deskmate.faults import BadUsage, DeskMateError
from deskmate.records.disk import Disk

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

ON: Final = "on"
SEALING: Final = "sealing"
"""The code was set and older reports are being sealed: whoever comes next goes on with it."""
OPENING: Final = "opening"
"""The code is being taken off."""
SHORTEST_CODE: Final = 8
"""Characters. Scrypt slows a guess to about half a second; a short code is guessed all the same."""
COST: Final = 2**17
"""Scrypt's n with r=8, p=1: 128 MB and 0.3 to 0.5 s a try (OWASP, Password Storage Cheat Sheet)."""
_MOST_COST: Final = 2**20
"""A damaged file must not ask for more memory than a desk has: 1 GB."""
_VERSION: Final = 1
_PURPOSE: Final = b"deskmate incident "
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it is taken for something else when it is copied by hand."""
_LENGTH: Final = 24
"""Characters of a recovery code: 120 bits of chance."""
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Wrap:
    """The private key, locked with one code."""

    salt: bytes
    cost: int
    nonce: bytes
    locked: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """What is stored of the keys; it opens nothing without a code."""

    public: bytes
    code: Wrap
    recovery: Wrap
    state: str = ON

    def with_state(self, state: str) -> "Keyring":
        """The same keys in another state."""
        return replace(self, state=state)

    def seal(self, record_id: str, body: bytes) -> str:
        """Lock a report's body; no code is needed.

        Args:
            record_id: the report's id; a body opens only under its own.
            body: the bytes.

        Returns:
            Text that fits in a JSON document.

        Raises:
            DeskMateError: the cryptography package is missing.
        """
        need_library()
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        key = X25519PublicKey.from_public_bytes(self.public)
        return b64encode(_suite().encrypt(body, key, _PURPOSE + record_id.encode())).decode()


class Opened:
    """A keyring that was opened with a code: it reads what was sealed. Forget it to lock the reports again."""

    def __init__(self, private: bytes) -> None:
        self._private = private

    def __repr__(self) -> str:
        return "Opened(...)"  # a key never reaches a log or a traceback

    def unseal(self, record_id: str, sealed: str) -> bytes:
        """Open a report's body.

        Raises:
            DeskMateError: it was damaged, or sealed with other keys.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        key = X25519PrivateKey.from_private_bytes(self._private)
        try:
            return _suite().decrypt(b64decode(sealed, validate=True), key, _PURPOSE + record_id.encode())
        except (InvalidTag, ValueError) as error:
            raise DeskMateError(
                "This report cannot be opened: it is damaged, or was sealed with another code.",
                "Restore the log and its incidents.key from the same backup.",
            ) from error

    def lock(self, code: str, recovery: str, *, cost: int = COST) -> Keyring:
        """Wrap the key with two codes; older codes then open nothing."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public = X25519PrivateKey.from_private_bytes(self._private).public_key()
        return Keyring(
            public=public.public_bytes(Encoding.Raw, PublicFormat.Raw),
            code=_wrap(self._private, _plain(code), cost),
            recovery=_wrap(self._private, _plain_recovery(recovery), cost),
        )


def new_keys() -> Opened:
    """A new key, open.

    Raises:
        DeskMateError: the cryptography package is missing.
    """
    need_library()
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return Opened(X25519PrivateKey.generate().private_bytes_raw())


def new_recovery() -> str:
    """A new recovery code in groups of four, for paper."""
    letters = "".join(_ALPHABET[byte % 32] for byte in os.urandom(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def check_code(code: str) -> None:
    """Refuse a code that is too easy to guess.

    Raises:
        BadUsage: it is too short, or one character again and again.
    """
    plain = _plain(code)
    if len(plain) < SHORTEST_CODE or len(set(plain)) < 4:
        raise BadUsage(
            f"A code needs {SHORTEST_CODE} characters or more, and not one again and again.",
            "Three or four words that only this library would put together are good.",
        )


def unlock(keyring: Keyring, typed: str) -> Opened:
    """Open the keyring with the code or the recovery code; half a second a try, and nothing is ever locked out.

    Raises:
        BadUsage: it is neither.
        DeskMateError: the cryptography package is missing.
    """
    need_library()
    private = _unwrap(keyring.code, _plain(typed)) if typed.strip() else None
    if private is None and is_recovery(typed):
        private = _unwrap(keyring.recovery, _plain_recovery(typed))
    if private is None:
        raise BadUsage(
            "That is neither the code nor the recovery code.",
            "Try it again, or use the recovery code from paper. Everything else works without it.",
        )
    return Opened(private)


def is_recovery(typed: str) -> bool:
    """Whether something has the shape of a recovery code."""
    plain = _plain_recovery(typed)
    return len(plain) == _LENGTH and not set(plain) - set(_ALPHABET.encode())


def same_recovery(typed: str, recovery: str) -> bool:
    """Whether a recovery code was copied right; spaces, dashes, small letters and O for 0 do not matter."""
    return _plain_recovery(typed) == _plain_recovery(recovery)


def read_keyring(path: Path) -> Keyring | None:
    """The stored keys; None when this library has set no code.

    Raises:
        DeskMateError: the file cannot be read; nothing may then be written in plain text.
    """
    try:
        return _keyring(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = "The keys of the incident reports cannot be read, so no report can be opened or written."
        raise DeskMateError(what, f"Restore {path.name} in the log's folder from a backup.") from error


def _keyring(stored: dict[str, Any]) -> Keyring:
    if stored["v"] != _VERSION or stored["state"] not in (ON, SEALING, OPENING):
        raise ValueError("keys of another version")
    code, recovery = _read_wrap(stored["code"]), _read_wrap(stored["recovery"])
    return Keyring(b64decode(stored["public"]), code, recovery, stored["state"])


def write_keyring(path: Path, keyring: Keyring, disk: Disk) -> None:
    """Store the keys, on the disk when this returns.

    Raises:
        OSError: the system refused.
    """
    stored = {"v": _VERSION, "state": keyring.state, "public": b64encode(keyring.public).decode()}
    whole: dict[str, Any] = {**stored, "code": _wrap_json(keyring.code), "recovery": _wrap_json(keyring.recovery)}
    disk.replace(path, json.dumps(whole).encode() + b"\n")


def need_library() -> None:
    """Say how to get the library that does the locking, where it is missing.

    Raises:
        DeskMateError: it is missing.
    """
    try:
        import cryptography.hazmat.primitives.hpke  # noqa: F401 - whether it is there
    except ImportError as error:
        import sys

        raise DeskMateError(
            "A code for incident reports needs the cryptography package (50 or newer), and it is not here.",
            f'Install it: python3 -m pip --python "{sys.executable}" install "cryptography>=50,<52"',
        ) from error


def _suite() -> "Suite":
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _wrap(private: bytes, code: bytes, cost: int) -> Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    return Wrap(salt, cost, nonce, AESGCM(_stretched(code, salt, cost)).encrypt(nonce, private, _PURPOSE))


def _unwrap(wrap: Wrap, code: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_stretched(code, wrap.salt, wrap.cost)).decrypt(wrap.nonce, wrap.locked, _PURPOSE)
    except InvalidTag:
        return None


def _stretched(code: bytes, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(code)


def _plain(code: str) -> bytes:
    """A code as it is compared: the same on every keyboard, spaces around it do not count."""
    return unicodedata.normalize("NFKC", code).strip().encode("utf-8", "surrogatepass")


def _plain_recovery(typed: str) -> bytes:
    letters = re.sub(r"[\s-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    return letters.encode("utf-8", "surrogatepass")


def _wrap_json(wrap: Wrap) -> dict[str, Any]:
    parts = {"salt": wrap.salt, "nonce": wrap.nonce, "locked": wrap.locked}
    return {"n": wrap.cost, **{name: b64encode(value).decode() for name, value in parts.items()}}


def _read_wrap(stored: dict[str, Any]) -> Wrap:
    cost = stored["n"]
    if not isinstance(cost, int) or not 2 <= cost <= _MOST_COST or cost & (cost - 1):
        raise ValueError("no cost for Scrypt")
    return Wrap(b64decode(stored["salt"]), cost, b64decode(stored["nonce"]), b64decode(stored["locked"]))
