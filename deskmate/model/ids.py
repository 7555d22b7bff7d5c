"""Time-ordered ids (UUID version 7, RFC 9562)."""

import os
import uuid
from datetime import datetime


def new_id(now: datetime) -> str:
    """A new UUIDv7 for a moment: 48 bits of milliseconds, then randomness.

    Args:
        now: the desk's time; ids made later sort later, to the millisecond.

    Returns:
        The 36-character lower-case form.
    """
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    random = int.from_bytes(os.urandom(10), "big")
    value = milliseconds << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(uuid.UUID(int=value))
