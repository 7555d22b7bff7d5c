"""The settings: what is right is taken, what is wrong is named with its line and the default serves."""

import stat
import sys
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadUsage, DeskMateError, Notice
from deskmate.hours import DEFAULT, Hours
from deskmate.settings import SECTIONS, Settings
from deskmate.settingsfile import TEMPLATE, VALUE_EXAMPLES, load, write_template

PROMISED = (
    "library branch phone emergency_number address cross_street aed exits meeting_point code_word hold_seconds "
    "region naloxone in_charge extension"
)
"""The variables that playbooks are written with."""


def read(tmp_path: Path, text: str, environment: dict[str, str] | None = None) -> tuple[Settings, list[Notice]]:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environment or {})


def test_a_missing_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml", {}) == (Settings(), [])


def test_what_is_written_is_taken(tmp_path: Path) -> None:
    settings, notices = read(
        tmp_path,
        """
        [library]
        name = "Maple Street Library"
        region = "CA-ON"
        [emergency]
        number = "9-911"
        address = "12 Example Street"
        naloxone = "call only"
        [hours]
        fri = ["10:00", "17:30"]
        sat = "closed"
        sun = "13:00-17:00"
        [desk]
        hold_seconds = 45
        initials = true
        [screens]
        pinned = ["phone-call", "angry-patron"]
        [values]
        waive_limit = "$10"
        session_minutes = 60
        [keys]
        help = "ctrl+k"
        """,
    )
    assert notices == []
    assert settings.library.name == "Maple Street Library"
    assert settings.desk.hold_seconds == 45
    assert settings.desk.initials is True
    assert settings.screens.pinned == ("phone-call", "angry-patron")
    assert settings.hours.week[4:] == ((time(10), time(17, 30)), None, (time(13), time(17)))
    assert settings.hours.week[:4] == DEFAULT.week[:4]
    assert dict(settings.values) == {"waive_limit": "$10", "session_minutes": "60"}
    assert settings.keys["help"] == "ctrl+k"
    assert not settings.emergency_is_empty


def test_variables_name_what_is_set_and_leave_out_the_rest(tmp_path: Path) -> None:
    settings, _ = read(tmp_path, '[library]\nname = "Maple"\n[values]\nwaive_limit = "$10"\n')
    assert settings.variables() == {
        "library": "Maple",
        "region": "US",
        "hold_seconds": "60",
        "in_charge": "the person in charge",
        "waive_limit": "$10",
    }


def test_every_promised_variable_is_there_once_it_is_set(tmp_path: Path) -> None:
    lines, listed = [], {"naloxone": "call only", "theme": "calm-light"}
    for name, section in SECTIONS.items():
        texts = [key for key, value in ((each, getattr(section(), each)) for each in section.__slots__) if value == ""]
        lines += [f"[{name}]", *(f'{key} = "{listed.get(key, "x")}"' for key in texts)]
    settings, notices = read(tmp_path, "\n".join(lines))
    assert notices == []
    assert set(settings.variables()) == set(PROMISED.split())


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[desk]\nhold_seconds = "soon"', 2, "a whole number from 10 to 600"),
        ("[desk]\nhold_seconds = 5", 2, "a whole number from 10 to 600"),
        ("[desk]\n\nhold_seconds = true", 3, "a whole number"),
        ("[desk]\ninitials = 1", 2, "true or false"),
        ("[library]\nname = 5", 2, "text on one line"),
        ('[library]\nname = "a\\nb"', 2, "text on one line"),
        ('[library]\nname = "a\\u001b[31m"', 2, "text on one line"),
        ('[library]\nregion = "Ontario"', 2, "a region like"),
        ('[emergency]\nnaloxone = "ask me"', 2, '"staff may give"'),
        ('[screens]\npinned = "phone-call"', 2, "a list of texts"),
        ('[screens]\ntheme = "solarized"', 2, "calm-light"),
        ("[screens]\npinned = [1]", 2, "a list of texts"),
        ('# a comment\n[hours]\nmon = ["20:00", "09:00"]', 3, "not after the opening"),
        ('[hours]\nmon = "nine to five"', 2, "not an opening and a closing time"),
        ('[hours]\nmon = ["9", "25:00"]', 2, "not two times"),
        ('[hours]\nmonday = "closed"', 2, 'no day "monday"'),
        ("[values]\nprint_price = 0.10", 2, "not text"),
        ('[values]\n"Print Price" = "x"', 1, "no name"),
        ('[values]\naddress = "x"', 2, "has its own setting"),
        ("[keys]\nhelp = 1", 2, "not text"),
        ("library = 1", 1, "is a section"),
        ('x = """\n[desk]\n"""\n[privacy]\ncontact_days = -1', 5, "from 0 to 36500"),
        ("desk.hold_seconds = 5", 1, "a whole number"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_the_default_serves(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    settings, notices = read(tmp_path, text)
    assert settings == Settings()
    assert notices[-1].where == f"{tmp_path / 'settings.toml'}:{line}"
    assert says in notices[-1].what
    assert notices[-1].cure


def test_an_unknown_key_or_section_gets_a_suggestion(tmp_path: Path) -> None:
    settings, notices = read(tmp_path, '[library]\nnmae = "x"\n[emergancy]\nnumber = "1"\n[desk]\nzzz = 1\n')
    assert settings == Settings()
    assert [(notice.where.rpartition(":")[2], notice.cure) for notice in notices] == [
        ("3", 'Did you mean "emergency"?'),
        ("2", 'Did you mean "name"?'),
        ("6", "Take it out."),
    ]


def test_one_wrong_value_leaves_the_others_standing(tmp_path: Path) -> None:
    settings, notices = read(tmp_path, '[library]\nname = 1\nbranch = "East"\n')
    assert (settings.library.name, settings.library.branch, len(notices)) == ("", "East", 1)


@pytest.mark.parametrize(
    ("text", "line"), [('[library]\nname = "x\n', 2), ("[library\n", 1), ("\n\n[a]\nb = [1,\n", 4), ("[a]\n[a]\n", 2)]
)
def test_broken_toml_gives_all_defaults_and_one_notice_with_the_line(tmp_path: Path, text: str, line: int) -> None:
    settings, notices = read(tmp_path, text)
    assert settings == Settings()
    assert [notice.where for notice in notices] == [f"{tmp_path / 'settings.toml'}:{line}"]


def test_a_file_of_another_encoding_a_folder_and_an_endless_number_are_notices(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[library]\nname = "Bibliothèque"\n'.encode("latin-1"))
    number = tmp_path / "number.toml"
    number.write_text(f"[desk]\nhold_seconds = {'9' * 5000}\n")
    deep = tmp_path / "deep.toml"
    deep.write_text(f"a = {'[' * 100_000}")
    for path in (latin, number, deep, tmp_path):
        settings, notices = load(path, {})
        assert settings == Settings()
        assert len(notices) == 1
        assert notices[0].where.startswith(str(path))


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b'\xef\xbb\xbf[library]\r\nname = "Maple"\r\n')
    settings, notices = load(path, {})
    assert (settings.library.name, notices) == ("Maple", [])


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    settings, notices = read(
        tmp_path,
        '[library]\nname = "File"\nbranch = "East"\n',
        {
            "DESKMATE_LIBRARY_NAME": "Variable",
            "DESKMATE_LIBRARY_BRANCH": "",
            "DESKMATE_DESK_HOLD_SECONDS": "90",
            "DESKMATE_DESK_INITIALS": "yes",
            "DESKMATE_SCREENS_PINNED": "a, b",
            "DESKMATE_HOURS_SUN": "13:00-17:00",
            "DESKMATE_VALUES_WAIVE_LIMIT": "$5",
            "DESKMATE_HOME": "/somewhere",
            "DESKMATE_DEBUG": "1",
            "PATH": "/bin",
        },
    )
    assert notices == []
    assert (settings.library.name, settings.library.branch) == ("Variable", "East")
    assert (settings.desk.hold_seconds, settings.desk.initials) == (90, True)
    assert settings.screens.pinned == ("a", "b")
    assert settings.hours.week[6] == (time(13), time(17))
    assert settings.values["waive_limit"] == "$5"


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    wrong = {
        "DESKMATE_DESK_HOLD_SECONDS": "soon",
        "DESKMATE_DESK_INITIALS": "maybe",
        "DESKMATE_LIBRARY_NMAE": "x",
        "DESKMATE_LIBARY_NAME": "x",
    }
    settings, notices = read(tmp_path, "", wrong)
    assert settings == Settings()
    assert {notice.where for notice in notices} == set(wrong)
    assert [notice.cure for notice in notices].count('Did you mean "LIBRARY_NAME"?') == 2


def test_a_number_to_call_without_quotes_is_told_to_take_them(tmp_path: Path) -> None:
    (notice,) = read(tmp_path, "[emergency]\nnumber = 999")[1]
    assert notice.cure == 'Write it in quotes: number = "999".'


def test_the_emergency_block_is_empty_until_number_and_address_are_set(tmp_path: Path) -> None:
    assert Settings().emergency_is_empty
    assert read(tmp_path, '[emergency]\nnumber = "911"\naed = "lobby"')[0].emergency_is_empty
    assert not read(tmp_path, '[emergency]\nnumber = "911"\naddress = "12 Example St"')[0].emergency_is_empty


def test_the_template_loads_back_to_the_defaults_without_notices(tmp_path: Path) -> None:
    assert read(tmp_path, TEMPLATE) == (Settings(), [])


def test_the_template_names_every_setting_and_its_examples_are_valid(tmp_path: Path) -> None:
    for name, section in SECTIONS.items():
        assert f"\n[{name}]\n" in TEMPLATE
        for key in section.__slots__:
            assert f"\n{key} = " in TEMPLATE
    examples = TEMPLATE
    for name in VALUE_EXAMPLES:
        examples = examples.replace(f"# {name} = ", f"{name} = ")
    settings, notices = read(tmp_path, examples)
    assert notices == []
    assert dict(settings.values) == {name: str(value) for name, value in VALUE_EXAMPLES.items()}


def test_the_template_is_written_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    assert write_template(path) is True
    assert path.read_text(encoding="utf-8") == TEMPLATE
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("# mine", encoding="utf-8")
    assert write_template(path) is False
    assert path.read_text(encoding="utf-8") == "# mine"
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]


def test_a_folder_that_cannot_be_made_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeskMateError) as raised:
        write_template(tmp_path / "file" / "settings.toml")
    assert "settings.toml cannot be written" in raised.value.what
    assert raised.value.cure


@given(text=st.text(max_size=300), name=st.text(max_size=20), value=st.text(max_size=20))
def test_no_file_and_no_variable_stops_the_desk(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str, value: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings, _ = load(path, {f"DESKMATE_DESK_{name}": value, f"DESKMATE_VALUES_{name}": value, name: value})
    assert isinstance(settings, Settings)


def test_hours_of_a_week_are_read_and_asked() -> None:
    hours = Hours.parse({"mon": ["9:00", "21:00"], "tue": "closed", "wed": "closed"})
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    assert (hours.opening(monday), hours.closing(monday)) == (time(9), time(21))
    assert (hours.opening(tuesday), hours.closing(tuesday)) == (None, None)
    assert hours.is_open(monday, time(21))
    assert not hours.is_open(monday, time(8, 59))
    assert not hours.is_open(tuesday, time(12))
    assert hours.next_open(monday) == monday
    assert hours.next_open(tuesday) == date(2026, 11, 19)
    assert Hours((None,) * 7).next_open(monday) is None


@pytest.mark.parametrize("value", [["9:00"], ["9", "10"], "9-17", 5, None, ["09:00", "09:00"], ["20:00", "09:00"], []])
def test_hours_that_are_none_are_refused(value: object) -> None:
    with pytest.raises(BadUsage):
        Hours.parse({"mon": value})


def test_a_day_with_another_name_is_refused() -> None:
    with pytest.raises(BadUsage, match="Monday"):
        Hours.parse({"Monday": "closed"})
