"""The library's own words in a line: filled in, left out, or said another way; never a raw `$name`."""

import re

from hypothesis import given
from hypothesis import strategies as st

from deskmate.playbooks.model import Conditions, Line
from deskmate.playbooks.variables import ALWAYS_SET, VARIABLES, fill, holds, is_set, names_in, speak

WORDS = st.text(st.characters(exclude_characters="$"), max_size=20)
NAMES = st.sampled_from([*VARIABLES, "their_own", "x"])
TEXTS = st.lists(st.one_of(WORDS, NAMES.map("${}".format)), max_size=8).map(" ".join)
VALUES = st.dictionaries(NAMES, WORDS, max_size=4)


def test_names_are_found_once_in_their_order_and_a_price_is_none() -> None:
    assert names_in("$library, $phone: $5, or $library again, ${x} and $waive_limit.") == (
        "library",
        "phone",
        "waive_limit",
    )


def test_a_set_name_is_filled_in() -> None:
    assert speak(Line("Hello, $library."), {"library": "Elm Street Library"}) == "Hello, Elm Street Library."


def test_a_name_that_always_has_a_value_needs_no_setting() -> None:
    assert speak(Line("Call $emergency_number."), {}) == "Call 911."
    assert is_set("in_charge", {})


def test_the_number_to_call_is_the_librarys_own_or_that_of_its_country() -> None:
    call = Line("Call $emergency_number.")
    numbers = {"US-MI": "911", "CA-ON": "911", "GB": "999", "IE": "112", "AU-NSW": "000", "NZ": "111"}
    assert {place: speak(call, {"region": place}) for place in numbers} == {
        place: f"Call {number}." for place, number in numbers.items()
    }
    assert speak(call, {"region": "ZA"}) == "Call the emergency number."
    assert speak(call, {"region": "GB", "emergency_number": "9 999"}) == "Call 9 999."


def test_an_unset_name_takes_the_other_wording() -> None:
    line = Line("Say: $address", without="Say the address and the door")
    assert speak(line, {"address": "12 Elm Street"}) == "Say: 12 Elm Street"
    assert speak(line, {}) == "Say the address and the door"
    assert speak(line, {"address": ""}) == "Say the address and the door"


def test_an_unset_name_without_another_wording_says_nothing() -> None:
    assert speak(Line("Ring $extension."), {}) is None


def test_the_other_wording_may_have_names_too() -> None:
    line = Line("Meet at $meeting_point", without="Meet $in_charge outside")
    assert speak(line, {}) == "Meet the person in charge outside"


def test_other_texts_get_a_noun_phrase_for_an_unset_name() -> None:
    assert fill("Waive up to $waive_limit alone.", {}) == "Waive up to your local limit alone."
    assert fill("Ask for $our_own_word.", {}) == "Ask for your our own word."


def test_an_article_at_the_beginning_gets_its_capital_and_a_name_does_not() -> None:
    assert fill("$in_charge knows.", {}) == "The person in charge knows."
    assert fill("$wifi_name is open.", {"wifi_name": "elm-guest"}) == "elm-guest is open."


def test_a_line_is_said_only_where_its_conditions_hold() -> None:
    line = Line("Show me the card.", when=(("region", ("CA-ON", "US")),), unless=(("naloxone", ("staff may give",)),))
    assert speak(line, {"region": "US"}) == "Show me the card."
    assert speak(line, {"region": "GB"}) is None
    assert speak(line, {"region": "US", "naloxone": "Staff may give"}) is None


def test_a_country_holds_for_its_regions_and_not_the_other_way() -> None:
    when: Conditions = (("region", ("US",)),)
    assert holds(when, (), {"region": "US-MI"})
    assert not holds((("region", ("US-MI",)),), (), {"region": "US"})
    assert not holds(when, (), {"region": "USA"})


def test_all_names_of_a_condition_must_hold() -> None:
    both: Conditions = (("region", ("US",)), ("branch", ("Main", "West")))
    assert holds(both, (), {"region": "US", "branch": "west"})
    assert not holds(both, (), {"region": "US", "branch": "East"})
    assert holds((), both, {"region": "US", "branch": "East"})


def test_every_name_has_a_noun_phrase_and_the_always_set_ones_are_among_them() -> None:
    assert all(VARIABLES.values())
    assert set(ALWAYS_SET) <= set(VARIABLES)


@given(text=TEXTS, without=TEXTS, values=VALUES)
def test_no_raw_name_is_ever_shown(text: str, without: str, values: dict[str, str]) -> None:
    raw = re.compile(r"\$[A-Za-z_]")
    assert not raw.search(fill(text, values))
    said = speak(Line(text, without=without), values)
    assert said is None or not raw.search(said)
