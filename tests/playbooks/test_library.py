"""The library: shipped and local files laid over one another, and the cache that saves reading them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deskmate.faults import NotFound
from deskmate.places import Places
from deskmate.playbooks.library import Library, changed, load

CARD = """\
title: "{title}"
category: team
form: quick
also: ["{title} again"]
examples: ["{title} now"]
steps:
  open:
    say: ["Hello."]
    choices:
      - {{answer: "Done", go: close}}
  close:
    say: ["Goodbye."]
    end: answered
"""
FACTS = """\
facts:
  - {id: wifi, question: "Wi-Fi?", answer: "Ask at the desk", example: yes}
  - {id: parking, question: "Parking?", answer: "Behind the building", example: yes}
"""
ENTRIES = 'entries:\n  - {id: police, name: "Police desk", phone: "555-0100", example: yes}\n'
HELP = 'memory: ["Keep away"]\ndoors:\n  - {key: 1, label: "Unsafe", open: alpha, code: "Safety"}\n'


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Two shipped cards and one file of everything else; nothing local yet."""
    data = tmp_path / "data"
    for name in ("alpha", "beta"):
        put(data / "playbooks" / "team" / f"{name}.yaml", CARD.format(title=name.title()))
    put(data / "facts.yaml", FACTS)
    put(data / "directory.yaml", ENTRIES)
    put(data / "lexicon.txt", "# words\n\nkid = child\n")
    put(data / "help.yaml", HELP)
    return Places(home=tmp_path / "home", state=tmp_path / "state", data=data)


def told(library: Library) -> str:
    return "\n".join(map(str, library.notices))


def same(one: Library, other: Library) -> None:
    for name in ("heads", "facts", "directory", "lexicon", "help", "notices", "manifest"):
        assert getattr(one, name) == getattr(other, name), name
    assert dict(one.playbooks) == dict(other.playbooks)


def test_everything_shipped_is_there(places: Places) -> None:
    library = load(places)
    assert list(library.playbooks) == ["alpha", "beta"]
    assert [(head.id, head.title, head.form, head.also) for head in library.heads] == [
        ("alpha", "Alpha", "quick", ("Alpha again",)),
        ("beta", "Beta", "quick", ("Beta again",)),
    ]
    assert [fact.id for fact in library.facts] == ["wifi", "parking"]
    assert library.directory[0].phone == "555-0100"
    assert [(line.line, line.text) for line in library.lexicon] == [(3, "kid = child")]
    assert library.help.doors[0].open == "alpha"
    assert library.notices == ()


def test_the_second_load_comes_from_the_cache_and_is_the_same(places: Places) -> None:
    put(places.playbooks / "alpha.yaml", "steps: 3\n")
    first = load(places)
    stored = places.cache / "library.jsonl"
    assert len(stored.read_bytes().splitlines()) == 3
    assert stored.stat().st_mode & 0o777 == 0o600
    written = stored.stat().st_mtime_ns
    second = load(places)
    assert stored.stat().st_mtime_ns == written
    same(first, second)
    assert "alpha" in second.playbooks
    assert len(second.playbooks) == 2
    assert second.playbook("beta") is second.playbook("beta")


def test_a_warm_load_imports_neither_yaml_nor_the_readers(places: Places) -> None:
    load(places)
    program = (
        "import sys; from pathlib import Path; from deskmate.places import Places; "
        "from deskmate.playbooks.library import load; "
        f"library = load(Places(home=Path({str(places.home)!r}), state=Path({str(places.state)!r}), "
        f"data=Path({str(places.data)!r}))); library.playbook('alpha'); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "deskmate.playbooks.library" in loaded
    assert not loaded & {"yaml", "difflib", "deskmate.playbooks.reader", "deskmate.playbooks.layers", "textual"}


def test_an_edited_file_is_read_again(places: Places) -> None:
    first = load(places)
    assert not changed(places, first.manifest)
    put(places.data / "playbooks" / "team" / "alpha.yaml", CARD.format(title="Alpha the second"))
    assert changed(places, first.manifest)
    assert load(places).playbook("alpha").title == "Alpha the second"


def test_a_new_local_file_and_one_taken_away_are_noticed(places: Places) -> None:
    first = load(places)
    own = put(places.playbooks / "desk" / "gamma.yaml", CARD.format(title="Gamma"))
    assert changed(places, first.manifest)
    assert "gamma" in load(places).playbooks
    own.unlink()
    assert "gamma" not in load(places).playbooks


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"version": "0", "manifest": {}}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_cache_is_made_again_without_a_word(places: Places, damage: bytes) -> None:
    first = load(places)
    stored = places.cache / "library.jsonl"
    whole = stored.read_bytes()
    stored.write_bytes(damage)
    again = load(places)
    same(first, again)
    assert stored.read_bytes() == whole


def test_a_cache_of_another_version_or_with_wrong_answers_is_made_again(places: Places) -> None:
    first = load(places)
    stored = places.cache / "library.jsonl"
    whole = stored.read_text("utf-8").split("\n")
    changes: tuple[dict[str, object], ...] = ({"version": "older"}, {"answers": {"heads": [{"id": "x"}]}}, {"size": 1})
    for change in changes:
        stored.write_text("\n".join([json.dumps({**json.loads(whole[0]), **change}), *whole[1:]]), "utf-8")
        same(first, load(places))
    stored.write_text("\n".join(whole)[:-9], "utf-8")
    same(first, load(places))


def test_a_cache_folder_that_cannot_be_written_is_no_fault(places: Places) -> None:
    put(places.state, "a file where the folder should be")
    library = load(places)
    assert list(library.playbooks) == ["alpha", "beta"]
    assert library.notices == ()


def test_no_half_written_cache_is_left_behind(places: Places) -> None:
    load(places)
    (places.cache / "library.jsonl").unlink()
    (places.cache / "library.jsonl").mkdir()
    assert len(load(places).playbooks) == 2
    assert [path.name for path in places.cache.iterdir()] == ["library.jsonl"]


def test_a_whole_local_file_replaces_the_shipped_playbook(places: Places) -> None:
    own = CARD.format(title="Our alpha").replace("Hello.", "Welcome.")
    file = put(places.playbooks / "alpha.yaml", own)
    book = load(places).playbook("alpha")
    assert (book.title, book.origin) == ("Our alpha", str(file))
    assert book.steps["open"].say[0].text == "Welcome."


def test_a_local_file_with_only_steps_is_laid_over_the_shipped_playbook(places: Places) -> None:
    put(places.playbooks / "alpha.yaml", 'also: ["our word"]\nsteps:\n  close: {say: ["See you."], end: answered}\n')
    library = load(places)
    book = library.playbook("alpha")
    assert book.title == "Alpha"
    assert book.also == ("our word",)
    assert book.steps["open"].say[0].text == "Hello."
    assert book.steps["close"].say[0].text == "See you."
    assert library.notices == ()
    same(library, load(places))


def test_a_step_with_new_words_only_is_told_once_and_the_built_in_serves(places: Places) -> None:
    put(places.playbooks / "alpha.yaml", 'steps:\n  open: {say: ["Welcome."]}\n')
    put(places.playbooks / "beta.yaml", 'steps:\n  colse: {say: ["Bye."]}\n')
    library = load(places)
    assert library.playbook("alpha").steps["open"].say[0].text == "Hello."
    cut, slip = sorted(library.notices, key=lambda notice: notice.where)
    assert cut.what == 'The step "open" takes the place of the whole built-in step, and its answers are gone.'
    assert cut.cure.startswith(f"Copy that step whole from {places.data / 'playbooks' / 'team' / 'alpha.yaml'}")
    assert slip.what == 'The built-in playbook has no step "colse".'
    assert slip.cure.startswith('Did you mean "close"?')


def test_a_broken_local_file_is_told_and_the_built_in_serves(places: Places) -> None:
    file = put(
        places.playbooks / "alpha.yaml", 'title: "Ours"\nsteps:\n  open:\n    sya: ["Hi."]\n    ende: answered\n'
    )
    library = load(places)
    assert library.playbook("alpha").title == "Alpha"
    (notice,) = library.notices
    assert notice.where == f"{file}:4:5"
    assert "sya" in notice.what
    assert notice.cure == 'Did you mean "say"? (1 more in this file.) Until then the built-in version serves.'


def test_a_local_playbook_that_leads_nowhere_is_told_and_the_built_in_serves(places: Places) -> None:
    put(places.playbooks / "alpha.yaml", 'steps:\n  open:\n    choices:\n      - {answer: "Go", go: gamma}\n')
    put(places.playbooks / "gamma.yaml", CARD.format(title="Gamma").replace("go: close", "go: nowhere"))
    library = load(places)
    assert library.playbook("alpha").steps["open"].choices[0].go == "close"
    assert "gamma" not in library.playbooks
    assert '"gamma" is neither a step here nor a playbook.' in told(library)
    assert '"nowhere" is neither a step here nor a playbook.' in told(library)


def test_local_playbooks_may_lead_to_each_other(places: Places) -> None:
    put(places.playbooks / "alpha.yaml", 'steps:\n  open:\n    choices:\n      - {answer: "Go", go: gamma}\n')
    put(places.playbooks / "gamma.yaml", CARD.format(title="Gamma").replace("go: close", "visit: alpha"))
    library = load(places)
    assert library.notices == ()
    assert library.playbook("gamma").steps["open"].choices[0].visit == "alpha"


def test_a_local_file_for_an_unknown_id_must_be_whole(places: Places) -> None:
    put(places.playbooks / "gamma.yaml", 'steps:\n  open: {say: ["Hi."], end: answered}\n')
    library = load(places)
    assert "gamma" not in library.playbooks
    assert '"title" is missing.' in told(library)


def test_files_that_are_not_read_are_told_and_an_editors_copies_are_not(places: Places) -> None:
    put(places.playbooks / "alpha.yml", CARD.format(title="Ours"))
    put(places.playbooks / "beta.yaml.txt", CARD.format(title="Ours"))
    put(places.playbooks / ".alpha.yaml.swp", "x")
    put(places.playbooks / "alpha.yaml~", "x")
    library = load(places)
    assert library.playbook("alpha").title == "Alpha"
    assert [Path(notice.where).name for notice in library.notices] == ["alpha.yml:1:1", "beta.yaml.txt:1:1"]


def test_two_local_files_with_one_id_are_told_and_the_first_serves(places: Places) -> None:
    put(places.playbooks / "a" / "alpha.yaml", CARD.format(title="First"))
    put(places.playbooks / "b" / "alpha.yaml", CARD.format(title="Second"))
    library = load(places)
    assert library.playbook("alpha").title == "First"
    assert "Another file has this id" in told(library)


def test_a_managers_note_lands_on_its_playbook_and_one_without_is_told(places: Places) -> None:
    put(places.playbooks / "notes" / "alpha.txt", "Ring Jo first.\r\nThen close.\x1b[31m\n")
    put(places.playbooks / "notes" / "alhpa.txt", "Nobody reads this.")
    library = load(places)
    assert library.playbook("alpha").note == "Ring Jo first.\nThen close."
    assert "This note belongs to no playbook." in told(library)


def test_the_librarys_own_facts_and_entries_lie_over_the_shipped_ones(places: Places) -> None:
    put(places.facts, 'facts:\n  - {id: wifi, question: "Wi-Fi?", answer: "Elm-Guest"}\n')
    put(places.directory, 'entries:\n  - {id: nurse, name: "Nurse"}\n')
    put(places.lexicon, "brolly = umbrella\n")
    library = load(places)
    assert [(fact.id, fact.answer, fact.example) for fact in library.facts] == [
        ("wifi", "Elm-Guest", False),
        ("parking", "Behind the building", True),
    ]
    assert [entry.id for entry in library.directory] == ["police", "nurse"]
    assert [Path(line.file).parent.name for line in library.lexicon] == ["data", "home"]


def test_a_broken_fact_is_told_and_the_others_serve(places: Places) -> None:
    put(
        places.facts,
        'facts:\n  - {id: wifi, question: "Wi-Fi?", anser: "x"}\n  - {id: cafe, question: "Q", answer: "A"}\n',
    )
    library = load(places)
    assert [(fact.id, fact.answer) for fact in library.facts] == [
        ("wifi", "Ask at the desk"),
        ("parking", "Behind the building"),
        ("cafe", "A"),
    ]
    assert 'Did you mean "answer"?' in told(library)


def test_a_file_that_is_not_utf_8_is_told_and_the_rest_serves(places: Places) -> None:
    places.playbooks.mkdir(parents=True)
    (places.playbooks / "alpha.yaml").write_bytes("title: é".encode("utf-16"))
    places.lexicon.write_bytes(b"caf\xe9 = coffee")
    library = load(places)
    assert library.playbook("alpha").title == "Alpha"
    assert "UTF-16" in told(library)
    assert "not UTF-8" in told(library)


def test_a_file_that_cannot_be_opened_is_told_and_the_rest_serves(places: Places) -> None:
    (places.facts).mkdir(parents=True)
    library = load(places)
    assert [fact.id for fact in library.facts] == ["wifi", "parking"]
    (notice,) = library.notices
    assert notice.where == f"{places.facts}:1:1"
    assert notice.what.startswith("The file cannot be opened")


def test_what_nobody_can_see_is_taken_out_of_the_lexicon(places: Places) -> None:
    put(places.lexicon, "brolly\u202e = umbrella\x1b[2J\n")
    assert load(places).lexicon[-1].text == "brolly = umbrella"


def test_the_data_may_lack_everything_but_playbooks(places: Places) -> None:
    for name in ("facts.yaml", "directory.yaml", "lexicon.txt", "help.yaml"):
        (places.data / name).unlink()
    library = load(places)
    assert not any((library.facts, library.directory, library.lexicon, library.help.doors))
    assert library.notices == ()


def test_a_folder_of_playbooks_that_is_a_file_is_told(places: Places) -> None:
    put(places.playbooks, "oops")
    library = load(places)
    assert list(library.playbooks) == ["alpha", "beta"]
    assert "The folder cannot be opened." in told(library)


def test_a_broken_shipped_playbook_is_left_out_and_told(places: Places) -> None:
    put(places.data / "playbooks" / "team" / "alpha.yaml", "title: x y\n")
    library = load(places)
    assert list(library.playbooks) == ["beta"]
    assert "left out" in told(library)


def test_an_unknown_id_names_the_nearest(places: Places) -> None:
    library = load(places)
    with pytest.raises(NotFound) as caught:
        library.playbook("alhpa")
    assert caught.value.what == 'There is no playbook "alhpa".'
    assert caught.value.cure == 'Did you mean "alpha"?'
    with pytest.raises(NotFound) as caught:
        library.playbook("zzzz")
    assert caught.value.cure == "See `deskmate playbooks list`."
