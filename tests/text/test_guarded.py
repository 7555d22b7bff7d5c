"""The sentence under a text says what is masked and what stays, and both are true."""

import pytest

from deskmate.text.guard import find, mask
from deskmate.text.guarded import sentence

SUSPECTED = "card 21234567890123"
PHONE = "call 313-555-0142"


@pytest.mark.parametrize(
    ("note", "kept", "said"),
    [
        ("the printer jams", False, ""),
        (PHONE, False, "▲ PRIVATE: phone. Masked when kept; Ctrl+K keeps it."),
        (PHONE, True, "▲ KEPT as typed: phone. Ctrl+K masks it."),
        (SUSPECTED, False, "▲ card number? STAYS as typed: change it if it is one."),
        (SUSPECTED, True, "▲ card number? STAYS as typed: change it if it is one."),
        (f"{SUSPECTED}, {PHONE}", False, "▲ card number? STAYS. Masked when kept: phone. Ctrl+K keeps it."),
        (f"{SUSPECTED}, {PHONE}", True, "▲ card number? STAYS. KEPT as typed: phone. Ctrl+K masks it."),
    ],
)
def test_what_is_only_suspected_is_never_called_masked(note: str, kept: bool, said: str) -> None:
    assert sentence(find(note), kept=kept, key="Ctrl+K") == said
    assert (SUSPECTED in note) == (SUSPECTED in mask(note))
    assert "Ctrl" not in sentence(find(note), kept=kept)
