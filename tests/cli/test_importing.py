"""`log --import`: a file in, all of it or nothing, and what is said about it."""

import json
from pathlib import Path

import pytest

from deskmate.places import Places
from tests.cli.running import Cli, process

HEAD = "question_number,initials,location,format,question_type,asked_at,question\n"
ROWS = (
    "1,qx,Desk,Phone,Technology,2026-03-24 10:42:00 AM,Stuck\n"
    "2,qx,Desk,Chat,Reference,2026-03-25 10:42:00 AM,call 313-555-0142\n"
)


@pytest.fixture
def gimlet(tmp_path: Path) -> Path:
    path = tmp_path / "gimlet.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def exported(cli: Cli) -> list[dict[str, object]]:
    return [json.loads(line) for line in cli("export", "-").out.splitlines()]


def test_a_file_of_another_program_comes_in_once(cli: Cli, gimlet: Path) -> None:
    dry = cli("log", "--import", str(gimlet), "--dry-run")
    assert (dry.code, dry.out) == (0, "Would take in: 2 records of 2026-03-24 to 2026-03-25.\n")
    assert exported(cli) == []
    done = cli("log", "--import", str(gimlet))
    assert (done.code, done.out) == (0, "Taken in: 2 records of 2026-03-24 to 2026-03-25.\n")
    assert "Taken for a table of gimlet" in done.err
    assert "Private data is masked in 1" in done.err
    assert "Initials are left out of 2" in done.err
    first, second = exported(cli)
    assert (first["channel"], first["kind"], first["place"], first["note"]) == ("phone", "device", "Desk", "Stuck")
    assert second["note"] == "call [phone]"
    assert "staff" not in first
    again = cli("log", "--import", str(gimlet))
    assert again.out == "Taken in: 0 records.\n  2 here already and left as they are.\n"
    assert len(exported(cli)) == 2


def test_private_words_are_masked_in_tags_and_in_keys_that_nobody_here_knows(cli: Cli, tmp_path: Path) -> None:
    cli("log", "--kind", "account")
    (document,) = exported(cli)
    cli("undo")
    more = {"tags": ["call 313-555-0142", "fact:hours"], "patron": {"mail": ["jo@example.org"]}, "seats": 4}
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({**document, **more, "id": "a-1"}) + "\n", encoding="utf-8")
    assert cli("log", "--import", str(path)).code == 0
    (record,) = exported(cli)
    assert record["tags"] == ["call [phone]", "fact:hours"]
    assert record["patron"] == {"mail": ["[e-mail]"]}
    assert record["seats"] == 4


def test_private_words_and_initials_stay_where_the_library_says_so(cli: Cli, gimlet: Path, places: Places) -> None:
    settings = places.settings.read_text(encoding="utf-8").replace("[desk]", "[desk]\ninitials = true")
    places.settings.write_text(settings, encoding="utf-8")
    assert cli("log", "--import", str(gimlet), "--keep-private").code == 0
    assert [record["note"] for record in exported(cli)] == ["Stuck", "call 313-555-0142"]
    assert "qx" in cli("export", "-", "--with-staff").out


def test_one_bad_row_keeps_all_out_and_every_one_is_told(cli: Cli, gimlet: Path) -> None:
    gimlet.write_text(HEAD + ROWS + "3,,Desk,Fax,Tech,soon,x\n", encoding="utf-8")
    result = cli("log", "--import", str(gimlet))
    assert (result.code, result.out) == (3, "")
    assert "Nothing was taken in: 1 of 3 rows cannot be read." in result.err
    for told in ('Line 4, column 4 (format): "Fax"', "Line 4, column 5 (question_type)", "Line 4, column 6 (asked_at)"):
        assert told in result.err
    assert exported(cli) == []


def test_fifty_bad_rows_are_shown_and_json_tells_all(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("asked_at,kind\n" + "never,other\n" * 70, encoding="utf-8")
    result = cli("log", "--import", str(path), "--format", "csv")
    assert result.err.count("no time") == 50
    assert "And 20 more" in result.err
    told = cli("log", "--import", str(path), "--format", "csv", "--json")
    assert told.code == 3
    assert len(told.value["bad"]) == told.value["rows"] == 70
    assert told.value["bad"][0] == {
        "line": 2, "column": 1, "name": "asked_at", "what": '"never" is no time.',
        "cure": "Write it like 2026-11-22 14:05.",
    }  # fmt: skip


def test_json_tells_what_came_in(cli: Cli, gimlet: Path) -> None:
    value = cli("log", "--import", str(gimlet), "--json").value
    assert {name: value[name] for name in ("format", "guessed", "rows", "new", "known", "masked", "first", "last")} == {
        "format": "gimlet", "guessed": True, "rows": 2, "new": 2, "known": 0, "masked": 1, "first": "2026-03-24",
        "last": "2026-03-25",
    }  # fmt: skip


def test_standard_input_is_read(cli: Cli, places: Places) -> None:
    assert cli("log", "--import", "-", stdin=HEAD + ROWS).code == 0
    assert process(places, "log", "--import", "-", stdin="asked_at,place\n2026-11-01,Zoë\n").code == 3
    text = "id,asked_at,kind,place\na,2026-11-01,other,Zoë\n"
    assert process(places, "log", "--import", "-", stdin=text).code == 0
    assert "Zoë" in process(places, "export", "-").out


def test_export_and_import_into_another_home_is_the_same_log(cli: Cli, tmp_path: Path) -> None:
    cli("log", "--kind", "device", "--note", "-", "--tag", "printer", stdin="=1+1 and 'quoted'\nnext line")
    cli("tally", "directional", "7")
    cli("promise", "call", "back", "--due", "in 20 min")
    for name in ("all.jsonl", "all.csv"):
        cli("export", str(tmp_path / name))
        other = str(tmp_path / f"home-{name}")
        assert cli("log", "--import", str(tmp_path / name), "--home", other).code == 0
        assert cli("export", "-", "--home", other).out == cli("export", "-").out


def test_a_mapping_of_ones_own_is_used(cli: Cli, tmp_path: Path, places: Places) -> None:
    table = tmp_path / "ours.csv"
    table.write_text("When;Art\n2026-03-24 10:00;Auskunft\n", encoding="utf-8")
    assert "fit nothing" in cli("log", "--import", str(table)).err
    mapping = tmp_path / "ours.toml"
    text = '[file]\nname = "ours"\n[columns]\nasked_at = "When"\nkind = "Art"\n[kind]\n"Auskunft" = "reference"\n'
    mapping.write_text(text, encoding="utf-8")
    assert cli("log", "--import", str(table), "--mapping", str(mapping)).code == 0
    assert [record["kind"] for record in exported(cli)] == ["reference"]
    places.mappings.mkdir()
    named = places.mappings / "ours.toml"
    named.write_text(text.replace('"ours"', '"ours"\nrecognise = ["When", "Art"]'), encoding="utf-8")
    assert "here already" in cli("log", "--import", str(table)).out


def test_a_copy_in_the_home_takes_the_place_of_the_shipped_mapping(cli: Cli, gimlet: Path, places: Places) -> None:
    shipped = (places.data / "mappings" / "gimlet.toml").read_text(encoding="utf-8")
    places.mappings.mkdir()
    mine = shipped.replace('"Technology" = "device"', '"Technology" = "policy"')
    (places.mappings / "gimlet.toml").write_text(mine, encoding="utf-8")
    cli("log", "--import", str(gimlet))
    assert [record["kind"] for record in exported(cli)] == ["policy", "reference"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--import", "nowhere.csv"), "no such file"),
        (("--import", "x", "--channel", "phone"), "--channel is for one contact"),
        (("--dry-run",), "go with --import"),
        (("--format", "gimlet"), "go with --import"),
        (("--import", "x", "--format", "gimlt"), 'Did you mean "gimlet"'),
        (("--import",), "needs a value"),
    ],
)
def test_usage_is_told(cli: Cli, argv: tuple[str, ...], said: str) -> None:
    result = cli("log", *argv)
    assert result.code == 2
    assert said in result.err


def test_a_mapping_that_is_wrong_or_needless_is_told(cli: Cli, gimlet: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[file]\n", encoding="utf-8")
    result = cli("log", "--import", str(gimlet), "--mapping", str(bad))
    assert (result.code, "needs a name" in result.err) == (3, True)
    assert cli("log", "--import", str(gimlet), "--mapping", str(bad), "--format", "jsonl").code == 2


def test_what_was_undone_here_stays_out(cli: Cli, gimlet: Path, tmp_path: Path) -> None:
    cli("log", "--kind", "device")
    cli("export", str(tmp_path / "all.jsonl"))
    cli("undo")
    result = cli("log", "--import", str(tmp_path / "all.jsonl"))
    assert "1 taken out here before, and stay out." in result.out
    assert exported(cli) == []


def test_an_import_that_a_crash_cut_off_is_told_and_finished_at_the_next_command(cli: Cli, places: Places) -> None:
    waiting = places.log / ".imports" / "0123"
    waiting.mkdir(parents=True)
    (waiting / "2026-11-01.jsonl").write_text("half", encoding="utf-8")
    result = cli("due")
    assert "nothing of it was taken in" in result.err
    assert not (places.log / ".imports").exists()
    assert "import" not in cli("due").err


def test_the_overview_and_the_help_name_it(cli: Cli) -> None:
    text = cli("log", "--help").out
    assert "--import FILE" in text
    assert "gimlet" in text
