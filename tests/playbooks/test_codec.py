"""Values survive the trip through JSON, and a changed dataclass changes the fingerprint."""

import json
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from deskmate.places import shipped_data
from deskmate.playbooks.codec import decoder, encode, shape
from deskmate.playbooks.model import Choice, Item, Line, Nudge, Playbook, PromisePrompt, Step
from deskmate.playbooks.reader import read

WORDS = st.text(max_size=12)
CONDITIONS = st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=2).map(tuple)), max_size=2).map(tuple)
LINES = st.builds(Line, WORDS, WORDS, CONDITIONS, CONDITIONS)
STEPS = st.builds(
    Step,
    id=WORDS,
    say=st.lists(LINES, max_size=2).map(tuple),
    channels=st.dictionaries(WORDS, st.lists(LINES, max_size=2).map(tuple), max_size=2),
    do=st.lists(st.builds(Item, LINES, WORDS, WORDS), max_size=2).map(tuple),
    nudges=st.lists(st.builds(Nudge, st.integers(), WORDS, WORDS, st.booleans()), max_size=2).map(tuple),
    choices=st.lists(
        st.builds(Choice, WORDS, go=WORDS, when=CONDITIONS, record=st.dictionaries(WORDS, WORDS, max_size=2)),
        max_size=2,
    ).map(tuple),
    promise=st.none() | st.builds(PromisePrompt, WORDS, WORDS),
    line=st.integers(),
)
PLAYBOOKS = st.builds(
    Playbook,
    id=WORDS,
    title=WORDS,
    category=WORDS,
    discreet=st.booleans(),
    also=st.lists(WORDS, max_size=3).map(tuple),
    law=st.dictionaries(WORDS, WORDS, max_size=2),
    steps=st.dictionaries(WORDS, STEPS, max_size=2),
)


@given(book=PLAYBOOKS)
def test_a_playbook_survives_the_trip(book: Playbook) -> None:
    assert decoder(Playbook)(json.loads(json.dumps(encode(book)))) == book


def test_every_shipped_playbook_survives_the_trip() -> None:
    files = list((shipped_data() / "playbooks").rglob("*.yaml"))
    assert files
    for file in files:
        book, _ = read(file.read_text(encoding="utf-8"), str(file))
        assert decoder(Playbook)(json.loads(json.dumps(encode(book)))) == book


def test_fields_at_their_default_are_left_out() -> None:
    assert encode(Line("Hello.")) == {"text": "Hello."}


def test_the_fingerprint_follows_the_fields() -> None:
    @dataclass(frozen=True)
    class One:
        text: str

    before = shape(One)

    @dataclass(frozen=True)
    class Two:
        text: str
        more: tuple[str, ...] = field(default=())

    Two.__name__ = "One"
    assert shape(One) == before
    assert shape(Two) != before
