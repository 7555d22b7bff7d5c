"""The checker: a playbook that follows every rule has no problem, and each broken rule is told where it is."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from deskmate.faults import NotFound
from deskmate.places import Places
from deskmate.playbooks.check import Rank, check_library
from deskmate.playbooks.check_shape import rows_needed
from deskmate.playbooks.library import Library
from deskmate.playbooks.model import Choice, Item, Line, Step
from deskmate.playbooks.sources import Problem

TODAY = date(2026, 11, 22)
GOOD = """\
title: "Phone rings at the desk"
category: phone-queue
form: full
urgency: routine
also:
  - "ringing"
  - "line two"
  - "both at once"
  - "who is first"
  - "hold"
  - "caller waiting"
  - "pick up"
  - "busy line"
  - "answer or serve"
  - "two people"
  - "call and queue"
  - "interrupted"
examples:
  - "it keeps ringing and I have a queue"
  - "do I answer or serve"
  - "someone here and a call"
memory:
  - "One person at a time"
why: "Nobody wonders when their turn comes."
authority: "Offer a call back alone."
escalate:
  - when: "A second line rings"
    who: "$in_charge"
    how: "Ask for one more person."
  - when: "The caller names danger"
    who: "emergency"
    how: "Call $emergency_number."
law:
  US: "A relay call is a call; check your library's procedure."
sources: [SPOKANE, S2-33]
reviewed: 2026-11-22
steps:
  open:
    say:
      - "Excuse me one moment."
      - "What can I do for you?"
    how: "eyes to the person first"
    do:
      - {do: "Ask before you hold", id: asked}
      - "Wait for the yes"
    avoid:
      - {not: "Hold please", instead: "May I ask you to hold?"}
      - {not: "Turning away", instead: "Stay facing the person."}
      - {not: "Sighing", instead: "Breathe out, then speak."}
      - {not: "Two talks at once", instead: "One person at a time."}
    nudge: {after: 1 min, since: "tick:asked", text: "A minute on hold."}
    ask: "What does the caller say?"
    choices:
      - {answer: "Can hold", go: hold}
      - {answer: "Cannot hold", go: later}
  hold:
    say: ["I'm back with you now."]
    choices:
      - {answer: "Answered", go: close}
      - {answer: "Needs more", go: later}
  later:
    say: ["I'll call you by two."]
    promise: {ask: "By when?", due: "tomorrow 10:00"}
    choices:
      - {answer: "Promised", go: close}
      - {answer: "Not needed", go: left}
  close:
    say: ["Is there anything else I can do?"]
    end: answered
  left:
    say: ["Thank you for calling."]
    end: left
"""
ID = "phone-rings"


def found_by_words(library: Library) -> Rank:
    """A look-up that only knows whole examples: enough to see that the checker asks it."""
    owners = {example: head.id for head in library.heads for example in head.examples if "lost" not in example}
    return lambda query: [owners[query]] if query in owners else ["other"]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "data" / "playbooks").mkdir(parents=True)
    return Places(home=tmp_path / "home", state=tmp_path / "state", data=tmp_path / "data")


Check = Callable[..., list[Problem]]


@pytest.fixture
def check(places: Places) -> Check:
    """Check texts by id as if they were shipped."""

    def run(only: Path | None = None, names: Sequence[str] = (), **books: str) -> list[Problem]:
        for name, text in books.items():
            file = places.data / "playbooks" / f"{name.replace('_', '-')}.yaml"
            file.write_text(text, encoding="utf-8")
        return check_library(places, found_by_words, only, TODAY, names)

    return run


def test_a_playbook_that_follows_every_rule_has_no_problem(check: Check) -> None:
    assert check(phone_rings=GOOD) == []


EMERGENCY = ("urgency: routine", "urgency: emergency")
SAY = '      - "Excuse me one moment."\n'
LONG = "one two three four five six seven eight nine ten eleven twelve"


def things(count: int) -> str:
    """More things to do, in front of the first."""
    return "".join(f'      - "Thing {number}"\n' for number in range(count)) + "      - {do: "


def changed(old: str, new: str, at: str) -> tuple[str, int]:
    """The good playbook with one thing changed, and the line that holds some words then."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    return text, text[: text.index(at)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("go: hold}", "go: holdd}", "holdd", '"holdd" is neither a step here nor a playbook. Did you mean "hold"?'),
        ("go: hold}", "visit: hold}", "visit:", '"hold" is not another playbook. Write go: hold.'),
        ("go: hold}", "visit: gone-on}", "visit:", 'There is no playbook "gone-on".'),
        ("go: hold}", f"go: {ID}}}", f"go: {ID}", "The choice hands over to its own playbook. Write go: open."),
        ("go: hold}", "go: later}", "  hold:\n", 'No choice leads to the step "hold".'),
        ("steps:\n", "start: opne\nsteps:\n", "start:", 'The playbook starts at "opne", and no step has that name.'),
        ("steps:\n", "after: debrief\nsteps:\n", "after:", 'There is no playbook "debrief".'),
        ("    end: left\n", "", "  left:\n", 'The step "left" is a dead end.'),
        (
            "    end: left\n",
            '    end: left\n    choices:\n      - {answer: "Back", go: open}\n',
            "end: left",
            'The step "left" ends the playbook and also goes on.',
        ),
        ("tick:asked", "tick:aksed", "tick:", 'No item has the id "aksed". Did you mean "asked"?'),
        ('- "Wait for the yes"', '- {do: "Wait", id: asked}', '"Wait"', 'Two items have the id "asked".'),
        (SAY, f'      - "{LONG} and so on and on."\n', LONG, "17 words; a spoken line has 16 at most."),
        (SAY, '      - "Excuse me. One moment."\n', "Excuse", "Two sentences stand in one spoken line."),
        (SAY, '      - "Please calm down."\n', "calm", '"calm down" is not said here.'),
        (SAY, '      - {line: "Hi.", without: "Relax."}\n', "Relax", '"relax" is not said here.'),
        (SAY, '      - "Ring $extension now."\n', "Ring", "$extension may not be filled in, and then nothing is said."),
        (SAY, '      - "Hello, $libary."\n', "Hello", '$libary is not a known word. Did you mean "library"?'),
        (SAY, '      - {line: "Hi.", when: {regoin: US}}\n', "Hi.", '"regoin" is not a known word.'),
        ('"Wait for the yes"', f'"{LONG} and on"', LONG, "14 words; a thing to do has 12 at most."),
        ('"eyes to the person first"', f'"{LONG} and on"', LONG, "14 words; how has 12 at most."),
        ('"Can hold"', '"They say that they can hold for me"', "They", "8 words; an answer has 7 at most."),
        ('"Nobody wonders when their turn comes."', f'"{LONG} and on"', LONG, "14 words; why has 12 at most."),
        (
            '"One person at a time"\n',
            '"One person at a time and no more than one"\n',
            "no more",
            "10 words; a thing to remember has 8 at most.",
        ),
        (
            '  - "One person at a time"\n',
            '  - "One"\n  - "Two"\n  - "Three"\n  - "Four"\n',
            '"Four"',
            "More than three things to remember.",
        ),
        ("; check your library's procedure.", ".", "US:", "A law note sends people to the library's own rules."),
        ("A relay call is a call;", "A call. A call. A call;", "US:", "A law note has 2 sentences at most."),
        ("tomorrow 10:00", "when the moon is full", "moon", '"when the moon is full" is not understood as a time.'),
        (
            "it keeps ringing and I have a queue",
            "the lost example",
            "lost",
            "It does not find this playbook: other came",
        ),
    ],
)
def test_what_would_fail_somebody_at_the_desk_is_an_error(
    check: Check, old: str, new: str, at: str, message: str
) -> None:
    text, line = changed(old, new, at)
    told = [
        f"{problem.line}: {problem.message} {problem.cure}" for problem in check(phone_rings=text) if problem.is_error
    ]
    assert any(error.startswith(f"{line}: {message}") for error in told), told


def test_conditions_are_looked_at_wherever_they_stand(check: Check) -> None:
    text = GOOD.replace(
        '    how: "eyes',
        '    channels:\n      phone:\n        - {line: "Hello.", unless: {regoin: US}}\n    how: "eyes',
    )
    text = text.replace('"Can hold", go: hold}', '"Can hold", go: hold, when: {regin: US}}')
    told = [problem.message for problem in check(phone_rings=text)]
    assert told == ['"regoin" is not a known word.', '"regin" is not a known word.']


def test_a_condition_that_can_never_hold_is_an_error(check: Check) -> None:
    text = GOOD.replace(SAY, '      - {line: "Hello.", when: {region: Ohio, naloxone: ["staff may"]}}\n')
    told = [f"{problem.line}: {problem.message} {problem.cure}" for problem in check(phone_rings=text)]
    assert told == [
        '40: "Ohio" is not a region. Write it like US or CA-ON.',
        '40: "naloxone" is never "staff may". Did you mean "staff may give"?',
    ]


def test_an_urgent_playbook_without_memory_items_is_told(check: Check) -> None:
    text = GOOD.replace("urgency: routine", "urgency: urgent").replace('memory:\n  - "One person at a time"\n', "")
    assert [problem.message for problem in check(phone_rings=text)] == ["Nothing to remember in a hurry."]


def test_a_full_playbook_with_few_steps_is_told_and_a_card_is_not(check: Check) -> None:
    short = GOOD[: GOOD.index("  hold:")].replace("go: hold", "go: close").replace("go: later", "go: close")
    short += GOOD[GOOD.index("  close:") : GOOD.index("  left:")]
    assert [problem.message for problem in check(phone_rings=short)] == ["2 steps; 5 to 12 are wanted."]
    assert check(phone_rings=short.replace("form: full", "form: quick")) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('  - "interrupted"\n', "", "also:", "11 other words to find it by; 12 find it far more often."),
        ("reviewed: 2026-11-22", "reviewed: 2025-11-22", "reviewed:", "The last review is 12 months ago."),
        ("reviewed: 2026-11-22", "reviewed: 2026-11-23", "reviewed:", "The review date is in the future."),
        ("reviewed: 2026-11-22\n", "", "title:", "It has no review date."),
        ("sources: [SPOKANE, S2-33]\n", "", "title:", "No source is named."),
        ("      - {do: ", things(8), "    do:", "10 things to do; 9 at most."),
        ("      - {do: ", things(4), "    do:", "6 things to do on the first screen; 5 fit."),
        (
            "    end: left\n",
            "    end: promised\n",
            "end: promised",
            "It ends with a promise that nobody is asked to write down.",
        ),
        ("A second line rings", "It gets worse", "worse", '"gets worse" cannot be seen or heard.'),
        ("Excuse me one moment.", "I can stay but not hold.", "but not", '"But" takes back what came before it.'),
        (
            "Excuse me one moment.",
            "I think that is the one that fits.",
            "that fits",
            'Two "which" or "that" stand in one line.',
        ),
        (
            "Excuse me one moment.",
            "Your accommodation documentation is ready.",
            "Your acc",
            "Words of four syllables or more: accommodation, documentation.",
        ),
        ("May I ask you to hold?", "Someone will be with you.", "Someone will", '"someone will" is no better.'),
        ("What can I do for you?", "Can I do it?", "steps:", "No line asks an open question."),
        ("Is there anything else I can do?", "Goodbye.", "steps:", "No line asks whether that was all."),
        ("do I answer or serve", "desk phone", "desk phone", "The example has only words of the title."),
        ('  - "do I answer or serve"\n', "", "examples:", "2 examples; 3 to 5 are wanted."),
        ('  - "line two"\n', '  - "Ringing"\n', '"Ringing"', "These words stand here twice."),
    ],
)
def test_what_a_reviewer_should_look_at_is_a_warning(check: Check, old: str, new: str, at: str, message: str) -> None:
    text, line = changed(old, new, at)
    told = [f"{problem.line}: {problem.message}" for problem in check(phone_rings=text) if not problem.is_error]
    assert any(warning.startswith(f"{line}: {message}") for warning in told), told


def test_a_step_with_the_name_of_a_playbook_is_told(check: Check) -> None:
    text = GOOD.replace("go: later}", f"go: {ID}}}").replace("  later:\n", f"  {ID}:\n")
    assert f'The step "{ID}" has the name of a playbook.' in [problem.message for problem in check(phone_rings=text)]


def test_an_emergency_has_shorter_lines_and_lists(check: Check) -> None:
    text = GOOD.replace(*EMERGENCY).replace("Excuse me one moment.", f"{LONG} and.")
    text = text.replace("      - {do: ", things(4))
    told = [problem.message for problem in check(phone_rings=text)]
    assert "13 words; a spoken line has 12 at most." in told
    assert "6 things to do; 5 at most." in told


def test_lines_that_read_like_a_form_are_told(check: Check) -> None:
    text = GOOD.replace("I'm back with you now.", "Institutional regulations necessitate verification.")
    text = text.replace("I'll call you by two.", "Documentation requirements notwithstanding, authorisation follows.")
    text = text.replace("Thank you for calling.", "The operational prerequisites are currently under consideration.")
    assert any("read at school grade" in problem.message for problem in check(phone_rings=text))


def test_more_than_four_lines_to_say_or_six_choices_are_too_many(check: Check) -> None:
    text = GOOD.replace(SAY, SAY * 4).replace(
        '      - {answer: "Can hold", go: hold}\n', '      - {answer: "Can hold", go: hold}\n' * 6
    )
    told = [problem.message for problem in check(phone_rings=text) if problem.is_error]
    assert told == ["5 lines to say; 4 at most.", "7 choices; 6 at most."]


def test_a_loop_without_a_way_out_is_found_and_help_is_a_way_out(check: Check) -> None:
    loop = GOOD.replace(
        "  hold:\n",
        '  round:\n    say: ["Once more."]\n    choices:\n      - {answer: "Again", go: around}\n'
        '  around:\n    say: ["And again."]\n    choices:\n      - {answer: "Again", go: round}\n  hold:\n',
    ).replace('{answer: "Cannot hold", go: later}', '{answer: "Cannot hold", go: round}')
    errors = [problem.message for problem in check(phone_rings=loop) if problem.is_error]
    assert errors == [
        'From the step "round" no choice ever comes to an end.',
        'From the step "around" no choice ever comes to an end.',
    ]
    out = loop.replace('{answer: "Again", go: round}', '{answer: "Again", go: help}')
    assert [problem for problem in check(phone_rings=out) if problem.is_error] == []


def test_a_playbook_that_never_closes_is_an_error_unless_it_hands_over(check: Check) -> None:
    only_help = GOOD[: GOOD.index("  hold:")].replace("go: hold", "go: help").replace("go: later", "go: help")
    assert "No step closes the playbook." in [problem.message for problem in check(phone_rings=only_help)]
    handed = only_help.replace('"Can hold", go: help', '"Can hold", go: other')
    other = GOOD.replace("ringing", "other").replace("Phone rings at the desk", "Other")
    told = [problem.message for problem in check(phone_rings=handed, other=other)]
    assert "No step closes the playbook." not in told


def test_a_file_of_some_steps_is_not_blamed_for_what_follows_from_one(check: Check, places: Places) -> None:
    check(phone_rings=GOOD)
    own = places.playbooks / "phone-rings.yaml"
    own.parent.mkdir(parents=True)
    own.write_text('steps:\n  open:\n    say: ["Welcome."]\n', encoding="utf-8")
    (told,) = check()
    assert (told.file, told.line) == (str(own), 2)
    assert told.message == 'The step "open" takes the place of the whole built-in step, and its answers are gone.'
    own.write_text('steps:\n  opne:\n    say: ["Welcome."]\n', encoding="utf-8")
    (told,) = check()
    assert (told.message, told.cure) == ('The built-in playbook has no step "opne".', 'Did you mean "open"?')


def test_a_target_is_sought_among_the_steps_before_the_guides(check: Check) -> None:
    text = GOOD.replace('"Answered", go: close}', '"Answered", go: closing}')
    told = {problem.message: problem.cure for problem in check(phone_rings=text, desk_closing=GOOD)}
    assert told['"closing" is neither a step here nor a playbook.'] == 'Did you mean "close"?'


def test_curly_quotes_a_wrong_word_and_a_wrong_date_are_each_told_once(check: Check) -> None:
    wrong = {
        '"Excuse me one moment."': "“Excuse me one moment.”",
        '"Wait for the yes"': '"Wait for $in_chrage"',
        "reviewed: 2026-11-22": "reviewed: 22.11.2026",
    }
    text = GOOD
    for old, new in wrong.items():
        text = text.replace(old, new)
    assert [(problem.message, problem.cure) for problem in check(phone_rings=text)] == [
        ('"22.11.2026" is not a date.', "Write year-month-day: 2026-11-22."),
        ("Curly quotes do not count as quotes here.", 'Write "Excuse me one moment.", with straight ones.'),
        ("$in_chrage is not a known word.", 'Did you mean "in_charge"?'),
    ]


def test_a_step_whose_choices_may_all_be_hidden_is_told(check: Check) -> None:
    text = GOOD.replace('"Answered", go: close}', '"Answered", go: close, when: {region: US}}').replace(
        '"Needs more", go: later}', '"Needs more", go: later, unless: {region: CA}}'
    )
    (problem,) = check(phone_rings=text)
    assert problem.message == "Every choice here has a condition: somewhere none is shown."


def test_two_playbooks_that_claim_the_same_words_are_told(check: Check) -> None:
    other = GOOD.replace("Phone rings at the desk", "Another").replace('  - "do I answer or serve"', '  - "which one"')
    found = check(phone_rings=GOOD, other=other)
    told = [(Path(problem.file).stem, problem.message) for problem in found if not problem.is_error]
    assert told == [(ID, '"other" has these words too.')] * 14


def test_a_library_may_add_its_own_variables(check: Check) -> None:
    text = GOOD.replace(SAY, '      - {line: "Ask at $gate.", without: "Ask at the gate."}\n')
    assert check(phone_rings=text) != []
    assert check(names=("gate",), phone_rings=text) == []


def test_faults_of_reading_and_of_wording_come_together(check: Check) -> None:
    text = GOOD.replace("Excuse me one moment.", "Calm down.").replace("end: left", "ende: left")
    told = [problem.message for problem in check(phone_rings=text) if problem.is_error]
    assert told == ['"calm down" is not said here.', '"ende" is not a name known here.']


def test_of_a_file_laid_over_another_only_its_own_parts_are_checked(check: Check, places: Places) -> None:
    check(phone_rings=GOOD.replace("Excuse me one moment.", "Calm down.").replace('  - "interrupted"\n', ""))
    own = places.playbooks / f"{ID}.yaml"
    own.parent.mkdir(parents=True)
    own.write_text('steps:\n  left:\n    say: ["Relax."]\n    end: left\n', encoding="utf-8")
    found = check(only=own)
    assert [str(problem) for problem in found] == [
        f'{own}:3:11: "relax" is not said here. Say "I want to sort this out with you."'
    ]
    own.write_text(
        'steps:\n  left:\n    say: ["Bye."]\n    choices:\n      - {answer: "x", go: gone}\n', encoding="utf-8"
    )
    assert [(problem.line, problem.message) for problem in check(only=own)] == [
        (5, '"gone" is neither a step here nor a playbook.')
    ]


def test_only_one_file_or_folder_is_told_and_a_draft_from_elsewhere_is_checked(
    check: Check, places: Places, tmp_path: Path
) -> None:
    bad = GOOD.replace("Excuse me one moment.", "Calm down.")
    other = bad.replace("queue", "line").replace("or serve", "it").replace("someone here", "a person")
    assert check(phone_rings=GOOD, the_other=other, only=places.data / "playbooks" / f"{ID}.yaml") == []
    draft = tmp_path / "drafts" / "new-one.yaml"
    draft.parent.mkdir()
    draft.write_text(bad, encoding="utf-8")
    for only in (draft, draft.parent):
        found = check(only=only)
        assert {problem.file for problem in found} == {str(draft)}
        assert '"calm down" is not said here.' in [problem.message for problem in found]


def test_what_is_not_there_or_holds_no_playbook_cannot_be_checked(check: Check, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not there"):
        check(only=tmp_path / "nowhere.yaml")
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotFound, match="holds no playbook"):
        check(only=tmp_path / "readme.txt")


def test_facts_directory_lexicon_and_help_page_are_checked_too(check: Check, places: Places) -> None:
    (places.data / "facts.yaml").write_text('facts:\n  - {id: wifi, answer: "x"}\n', encoding="utf-8")
    (places.data / "lexicon.txt").write_text("kid = child\nnothing here\n", encoding="utf-8")
    (places.data / "help.yaml").write_text(
        'memory: ["Call $emergancy_number"]\ndoors:\n  - {key: 1, label: "x", open: gone, code: "x"}\n',
        encoding="utf-8",
    )
    told = [f"{Path(problem.file).name}:{problem.line} {problem.message}" for problem in check(phone_rings=GOOD)]
    assert told == [
        'facts.yaml:2 "question" is missing here.',
        "help.yaml:1 $emergancy_number is not a known word.",
        'help.yaml:1 Door 1 opens "gone", which is not there.',
        "lexicon.txt:2 The line has no = and no !",
    ]


def test_two_shipped_files_with_one_id_are_an_error(check: Check, places: Places) -> None:
    again = places.data / "playbooks" / "other" / f"{ID}.yaml"
    again.parent.mkdir()
    again.write_text(GOOD, encoding="utf-8")
    told = [problem.message for problem in check(phone_rings=GOOD) if problem.is_error]
    assert len(told) == 1
    assert told[0].startswith("Another file has this id: ")


def test_the_rows_of_a_step_are_those_of_its_longest_wording() -> None:
    step = Step(
        id="open",
        say=(Line("Hello."), Line("How are you?")),
        channels={"phone": (Line("word " * 30), Line("x"))},
        how="low voice",
        do=(Item(Line("one")), Item(Line("word " * 16))),
        ask="And now?",
        choices=(Choice("a", go="x"), Choice("b", go="y")),
    )
    large = 2 + 1  # 149 letters on 74 columns, broken between words, and the empty row
    assert rows_needed(step) == large + 1 + 1 + (1 + 2) + 1 + 2


def test_a_step_that_does_not_fit_the_screen_is_told(check: Check) -> None:
    word = "abcdefghijklmnopqrst "
    text = GOOD.replace("      - {do: ", "".join(f'      - "{n} {word * 8}"\n' for n in "12345") + "      - {do: ")
    assert any("a screen of 80x24 has 20 for it" in problem.message for problem in check(phone_rings=text))
