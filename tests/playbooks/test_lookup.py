"""The look-up on a few candidates: what is found, why, how surely, and what is never empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.playbooks.hit import LAST_RESORT, Hit
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.lookup import Lookup
from deskmate.playbooks.packing import Candidate, pack

LEXICON = """\
kid, toddler, little boy = child
passed out, fainted = unconscious
bath bomb ! bomb
fire tablet = tablet ! fire
photobomb ! bomb
shooting for ... film = camera ! shooting
guy, lady, customer = -
"""
TYPED = (
    "kid missing and the printer jammed",
    "priner jamed by a guy",
    "shooting for a school film",
    "bath bomb and a man with a knife",
    "greet newcomers at the desk",
    "a the of",
)
CANDIDATES = (
    Candidate("lost-child", title="Lost child", also=("missing child", "wandered off"), urgency="emergency"),
    Candidate("medical", title="Medical emergency", also=("unconscious", "chest pain"), urgency="emergency"),
    Candidate("bomb-threat", title="Bomb threat", also=("explosive", "suspicious call"), urgency="emergency"),
    Candidate("fire", title="Fire", also=("smoke", "alarm going off"), urgency="emergency"),
    Candidate("weapon", title="Weapon", also=("gun", "shooting", "knife"), urgency="emergency"),
    Candidate("device-help", title="Help with a phone or tablet", also=("ipad", "wi-fi on my phone")),
    Candidate("printing", title="Printing", also=("printer jammed", "colour copy machine", "print from phone")),
    Candidate("filming", title="Filming", also=("camera", "recording staff"), urgency="urgent"),
    Candidate("greeting", title="Welcome people", also=("new here", "greet newcomers"), form="habit"),
    Candidate("newcomers", title="New borrower", also=("greet newcomers at the desk", "join")),
    Candidate("colour-price", kind="fact", title="What does a colour copy cost?", also=("colour copy", "copy price")),
    Candidate("legal-clinic", kind="directory", title="Legal clinic", also=("free lawyer",)),
    Candidate(LAST_RESORT, title="I can find out", also=("no idea",)),
)


def make(*more: Candidate) -> Lookup:
    lexicon, notices = parse_lexicon(("lexicon.txt", n, line) for n, line in enumerate(LEXICON.splitlines(), 1))
    assert notices == []
    return Lookup(pack((*CANDIDATES, *more), lexicon))


def ids(query: str, *more: Candidate) -> list[str]:
    return [hit.id for hit in make(*more).search(query)]


def first(query: str, *more: Candidate) -> Hit:
    return make(*more).search(query)[0]


def test_the_words_of_a_title_or_synonym_find_it() -> None:
    assert first("printer jammed").id == "printing"
    assert first("guy with a gun").id == "weapon"


def test_a_word_of_the_lexicon_finds_its_meaning_and_says_so() -> None:
    hit = first("toddler missing")
    assert hit.id == "lost-child"
    assert "toddler = child" in hit.matched


def test_a_phrase_of_the_lexicon_finds_its_meaning() -> None:
    hit = first("customer passed out")
    assert hit.id == "medical"
    assert hit.matched[0] == "passed out = unconscious"


def test_a_number_of_the_lexicon_has_a_meaning_and_another_number_none() -> None:
    lexicon, _ = parse_lexicon([("lexicon.txt", 1, "911 = ambulance")])
    lookup = Lookup(pack([Candidate("medical", title="Ambulance"), Candidate("printing", title="Printing")], lexicon))
    assert lookup.search("911")[0].matched == ("911 = ambulance",)
    assert lookup.search("17 printing")[0].confident


def test_the_lexicon_also_reads_the_candidates() -> None:
    assert "noisy" not in ids("dog", Candidate("noisy", title="Screaming toddlers"))
    assert "noisy" in ids("child", Candidate("noisy", title="Screaming toddlers"))


def test_a_slip_is_mended_and_told_and_never_confident() -> None:
    hit = first("priner jamed")
    assert hit.id == "printing"
    assert "priner ~ printer" in hit.matched
    assert not hit.confident


@pytest.mark.parametrize("typed", ["pr", "prin", "print", "printer ja", "printer jam"])
def test_a_half_typed_last_word_is_enough(typed: str) -> None:
    assert first(typed).id == "printing"


def test_the_first_letter_already_shows_something() -> None:
    assert "printing" in ids("p")


@pytest.mark.parametrize("typed", ["wifi", "wi fi", "Wi-Fi"])
def test_wifi_is_found_however_it_is_written(typed: str) -> None:
    assert first(typed).id == "device-help"


def test_a_fact_answers_its_very_words_first() -> None:
    assert first("colour copy").id == "colour-price"
    assert first("colour copy machine jammed").id == "printing"


def test_a_directory_line_is_found() -> None:
    assert first("free lawyer").id == "legal-clinic"


@pytest.mark.parametrize("typed", ["bath bomb", "bath bom", "photobomb", "selling a bath bomb"])
def test_a_phrase_that_only_sounds_like_an_emergency_brings_none_up_first(typed: str) -> None:
    hit = first(typed)
    assert hit.id != "bomb-threat"
    assert not hit.confident


def test_the_sounding_phrase_can_have_a_meaning_of_its_own() -> None:
    assert first("fire tablet").id == "device-help"
    assert first("shooting for a school film").id == "filming"


def test_a_real_emergency_beside_the_sounding_phrase_is_still_found() -> None:
    assert first("fire tablet is on fire, smoke").id == "fire"
    assert first("bath bomb and a man with a knife").id == "weapon"


def test_a_near_tie_goes_to_the_emergency() -> None:
    calm = Candidate("calm", title="Siren drill")
    urgent = Candidate("storm", title="Siren alert", urgency="emergency")
    assert ids("siren", calm, urgent)[:2] == ["storm", "calm"]


def test_a_habit_comes_after_what_fits_as_well() -> None:
    assert ids("greet newcomers")[:2] == ["newcomers", "greeting"]


def test_a_habit_alone_is_still_found() -> None:
    assert first("welcome people").id == "greeting"


def test_two_situations_in_one_line_both_appear() -> None:
    found = ids("kid missing and the printer jammed")
    assert {"lost-child", "printing"} <= set(found[:3])


def test_a_learned_phrase_wins_over_what_shipped() -> None:
    assert first("the usual jam", Candidate("usual", title="Other", learned=("the usual jam",))).id == "usual"


def test_a_clear_winner_that_explains_the_words_is_confident() -> None:
    assert first("chest pain").confident
    assert not first("help with something about a phone call from a lady").confident


def test_only_the_first_hit_can_be_confident() -> None:
    assert not any(hit.confident for hit in make().search("printer jammed")[1:])


@pytest.mark.parametrize("typed", ["", "   ", "\t"])
def test_blanks_find_nothing(typed: str) -> None:
    assert make().search(typed) == ()


@pytest.mark.parametrize("typed", ["zzzyqx", "???", "бомба", "12345", "the of to"])
def test_nonsense_ends_in_the_last_resort_without_confidence(typed: str) -> None:
    found = make().search(typed)
    assert found[-1].id == LAST_RESORT
    assert not any(hit.confident for hit in found)


def test_without_a_last_resort_nonsense_still_finds_something() -> None:
    lexicon, _ = parse_lexicon([])
    assert Lookup(pack([Candidate("only", title="Printing")], lexicon)).search("zzzyqx")
    assert Lookup(pack([], lexicon)).search("printer") == ()


def test_the_limit_holds_even_with_the_last_resort() -> None:
    lookup = make()
    assert len(lookup.search("phone", 2)) <= 2
    assert len(lookup.search("zzzyqx phone unheard words", 1)) == 1
    assert lookup.search("phone", 0) == ()


@given(st.text(max_size=60))
def test_any_line_gets_an_answer_and_the_same_one_again(line: str) -> None:
    found = LOOKUP.search(line)
    assert bool(found) == bool(line.strip())
    assert found == LOOKUP.search(line)
    assert [hit.score for hit in found[:-1]] == sorted((hit.score for hit in found[:-1]), reverse=True)
    assert len({hit.id for hit in found}) == len(found)


@given(st.text("abcdefghiklmnoprstuwy  '", max_size=24) | st.sampled_from(TYPED))
def test_typed_letter_by_letter_or_at_once_a_line_gets_the_same_answer(line: str) -> None:
    typed = make()
    for end in range(len(line)):
        typed.search(line[:end])
    assert typed.search(line) == make().search(line)


def test_a_pasted_page_is_cut_short() -> None:
    assert make().search("printer jammed " * 10_000)[0].id == "printing"


LOOKUP = make()
