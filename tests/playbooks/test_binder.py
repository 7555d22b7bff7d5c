"""The binder on paper: what stands in it, what is a blank, and that nothing in it is markup or leads nowhere."""

import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.desk.service import Desk
from deskmate.playbooks.answers import Door, HelpPage
from deskmate.playbooks.binder import compose_binder, in_order
from deskmate.playbooks.binder_style import css_text
from deskmate.playbooks.model import Avoid, Choice, Escalation, Item, Line, Nudge, Playbook, PromisePrompt, Step
from deskmate.text.clean import one_line

MADE = date(2026, 11, 22)
VALUES = {"library": "Example Library", "emergency_number": "9-911", "address": "12 Main Street", "region": "US-MI"}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """The page as a browser sees it: its tags, ids, links and texts; tags that do not match fail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)


def fall(**more: object) -> Playbook:
    steps = {
        "close": Step(
            "close", say=(Line("Thank you."),), promise=PromisePrompt("Report when?", "today"), end="answered"
        ),
        "open": Step(
            "open",
            say=(Line("I am here."), Line("We are at $address.", without="We are at the library.")),
            channels={"phone": (Line("Stay on the line."),)},
            how="kneel",
            do=(Item(Line("Call $emergency_number"), id="called", time="called"), Item(Line("Fetch the kit"))),
            avoid=(Avoid("Stand up", "Stay down with me."),),
            nudges=(Nudge(120, "tick:called", "Ring again."), Nudge(90, "step", "Look again.")),
            ask="How is it?",
            choices=(
                Choice("Well again", go="close"),
                Choice("No breath", go="spray", when=(("naloxone", ("staff may give",)),)),
                Choice("Flames", go="fire"),
                Choice("Talk it over", visit="talk"),
                Choice("I am not safe", go="help"),
            ),
            offered=("a chair",),
        ),
        "spray": Step("spray", do=(Item(Line("One spray")),), choices=(Choice("Done", go="close"),)),
    }
    book = {
        "id": "fall", "title": "Someone fell", "category": "emergency", "urgency": "emergency", "mode": "read-do",
        "memory": ("Awake? Breathing?", "Call $emergency_number"), "why": "Minutes count.",
        "authority": "Anyone may call.",
        "escalate": (Escalation("Not awake", "$in_charge", "Call $emergency_number."),),
        "law": {"US": "A country rule.", "US-MI": "A state rule.", "CA-ON": "Another rule."},
        "owner": "Safety lead", "reviewed": "2026-10-01", "note": "Kit: room 2.", "steps": steps, "after": "talk",
    }  # fmt: skip
    return Playbook(**{**book, **more})  # type: ignore[arg-type]  # a test names fields freely


def small(name: str, **more: str) -> Playbook:
    steps = {"open": Step("open", say=(Line("Hello."),), end="answered")}
    return Playbook(**{"id": name, "title": f"The {name}", "category": "everyday", "steps": steps, **more})  # type: ignore[arg-type]  # the same


def shelf(*more: Playbook) -> dict[str, Playbook]:
    fire = small("fire", category="emergency", urgency="emergency")
    books = (small("talk", category="team"), small("noise"), fall(), fire, small("scam", urgency="urgent"), *more)
    return {book.id: book for book in books}


def page(
    values: Mapping[str, str] = VALUES, *, urgent: bool = False, books: Mapping[str, Playbook] | None = None
) -> Page:
    help_page = HelpPage(("Call $emergency_number",), (Door("1", "Somebody fell", "fall", "Floor"),))
    return Page(compose_binder(books or shelf(), values, made=MADE, help_page=help_page, urgent=urgent))


def test_emergencies_come_first_then_the_categories_each_from_urgent_to_routine() -> None:
    assert [book.id for book in in_order(shelf())] == ["fall", "fire", "scam", "noise", "talk"]
    assert [book.id for book in in_order(shelf(), urgent=True)] == ["fall", "fire", "scam"]


def test_a_guide_has_everything_that_is_said_and_done() -> None:
    text = page().text
    for words in (
        "Someone fell", "Awake? Breathing?", "Call 9-911", "I am here.", "We are at 12 Main Street.", "kneel",
        "Say: phone Stay on the line.", "Do in this order", "Fetch the kit", "Stand up Stay down with me.",
        "Ring again. (2 min after “called”)", "Look again. (90 s into this step)", "Offer a chair", "Report when?",
        "Not awake the person in charge Call 9-911.", "Law, US-MI A state rule.", "Minutes count.", "Anyone may call.",
        "Kit: room 2.", "reviewed 2026-10-01 · Safety lead · in DeskMate: fall",
    ):  # fmt: skip
        assert words.casefold() in text.casefold(), words
    assert "country rule" not in text
    assert "Another rule" not in text


def test_an_answer_says_which_step_guide_or_page_it_leads_to() -> None:
    text = page().text
    assert "Well again go to step 2" in text
    assert "2 Well again from step 1 Say Thank you." in text
    assert "Flames guide 2" in text
    assert "Talk it over guide 5 then back here" in text
    assert "I am not safe first page" in text


def test_every_link_leads_to_one_place_in_the_page() -> None:
    binder = page()
    assert len(binder.ids) == len(set(binder.ids))
    assert {link.removeprefix("#") for link in binder.links} <= set(binder.ids)
    assert "#g1-s2" in binder.links


def test_a_guide_that_is_not_printed_is_named_and_not_numbered() -> None:
    text = page(urgent=True).text
    assert "Talk it over The talk (not in this binder) then back here" in text
    assert "The noise" not in text
    assert "Urgent guides" in text


def test_steps_that_this_librarys_rules_never_reach_are_left_out() -> None:
    assert "One spray" not in page().text
    text = page({**VALUES, "naloxone": "staff may give"}).text
    assert "One spray" in text
    assert "No breath go to step 3" in text


def test_the_first_page_has_the_librarys_words_and_blanks_for_the_rest() -> None:
    full = {
        **VALUES, "branch": "Main", "exits": "front, then east", "meeting_point": "the car park", "aed": "by the lift",
        "code_word": "Is Mr Green in?", "naloxone": "call only", "in_charge": "Dana", "extension": "214",
        "cross_street": "Oak Avenue", "phone": "555-0100",
    }  # fmt: skip
    first = compose_binder(shelf(), full, made=MADE).partition("<nav>")[0]
    assert 'class="blank"' not in first
    told = Page(first + "</body></html>").text
    assert "Example Library, Main" in told
    assert not [value for value in full.values() if value not in told]
    empty = compose_binder(shelf(), {}, made=MADE).partition("<nav>")[0]
    assert empty.count('class="blank"') == 11
    assert "Our library" in empty


def test_a_role_that_only_stands_for_a_name_is_a_blank_to_fill() -> None:
    before = compose_binder(shelf(), {}, made=MADE)
    assert compose_binder(shelf(), {"in_charge": "the person in charge"}, made=MADE) == before


def test_every_page_is_numbered_and_each_guide_has_its_own_head_on_a_new_page() -> None:
    style = page().style
    assert 'content: "page " counter(page) " of " counter(pages)' in style
    assert "article { break-before: page; }" in style
    assert (
        '@page g1 { @top-left { content: "Emergency \\b7  Someone fell" } @top-right { content: "Guide 1" } }' in style
    )
    assert "#g1 { page: g1 }" in style


def test_a_step_that_is_alone_or_missing_breaks_nothing() -> None:
    book = fall(steps={}, law={}, reviewed="", after="gone", owner="")
    text = page(books={"fall": book}).text
    assert "never reviewed · in DeskMate: fall" in text
    assert "Afterwards gone (not in this binder)" in text


HOSTILE = st.text(
    st.sampled_from(
        ["<", ">", "&", '"', "'", "\\", "}", "{", "/", "*", "@", ";", "\n", "\x1b", "\u202e", "a", "$", "é"]
    )
) | st.sampled_from(["</style><script>x()</script>", "</title><img src=x>", '"; } * { content: url(//x)', "\\3c "])


@given(words=HOSTILE, value=HOSTILE)
def test_words_are_never_markup_and_never_style(words: str, value: str) -> None:
    line = Line(words)
    step = Step(
        "open", say=(line,), channels={words: (line,)}, how=words, do=(Item(line, id="i", time=words),),
        avoid=(Avoid(words, words),), nudges=(Nudge(1, "tick:i", words),), ask=words, offered=(words,),
        choices=(Choice(words, go=words),), promise=PromisePrompt(words, words), end=words,
    )  # fmt: skip
    book = fall(
        title=words, category=words, memory=(words,), why=words, authority=words, note=words, owner=words, form=words,
        reviewed=words, law={"US-MI": words}, escalate=(Escalation(words, words, words),), steps={"open": step},
        after=words,
    )  # fmt: skip
    values = dict.fromkeys((*VALUES, "aed", "branch"), value)
    binder = Page(
        compose_binder(
            {"fall": book}, values, made=MADE, help_page=HelpPage((words,), (Door("1", words, words, words),))
        )
    )
    calm = {
        "html", "head", "meta", "title", "style", "body", "header", "nav", "article", "section", "div", "h1", "h2",
        "h3", "p", "b", "small", "span", "a", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert set(binder.tags) <= calm
    assert binder.attributes <= {"lang", "charset", "name", "content", "http-equiv", "id", "class", "href"}
    assert all(link.startswith("#") for link in binder.links)
    strings = re.sub(r'"(?:[^"\\\n]|\\[0-9a-f]+ )*"', "", binder.style)
    assert '"' not in strings
    assert strings.count("{") == strings.count("}")
    assert "url" not in strings


@given(words=st.text())
def test_a_css_string_holds_no_character_that_ends_it_and_comes_back(words: str) -> None:
    written = css_text(words)
    assert re.fullmatch(r'"[A-Za-z0-9 \\]*"', written)
    back = re.sub(r"\\([0-9a-f]{1,6}) ", lambda found: chr(int(found[1], 16)), written[1:-1])
    assert back == words


@pytest.mark.parametrize("urgent", [True, False])
def test_the_shipped_playbooks_are_all_there_with_no_raw_name_and_nothing_from_outside(
    desk: Desk, *, urgent: bool
) -> None:
    library = desk.library
    html = compose_binder(
        library.playbooks, desk.settings.variables(), made=MADE, help_page=library.help, urgent=urgent
    )
    binder = Page(html)
    wanted = [book for book in library.playbooks.values() if not urgent or book.urgency != "routine"]
    assert sum(re.fullmatch(r"g\d+", each) is not None for each in binder.ids) == len(wanted) >= (30 if urgent else 101)
    text = binder.text
    assert all(f"in DeskMate: {book.id}" in text for book in wanted)
    assert all(one_line(book.title) in text for book in wanted if "$" not in book.title)
    assert not re.search(r"\$[A-Za-z_]", text)
    assert {link.removeprefix("#") for link in binder.links} <= set(binder.ids)
    assert not {"script", "img", "link", "iframe"} & set(binder.tags)
    assert "url(" not in binder.style
    assert "http" not in html.replace("http-equiv", "")
