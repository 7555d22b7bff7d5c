"""Other programs' tables, by the mapping files that ship: read, written, and read back."""

import csv
import io
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadContent
from deskmate.model.interaction import CHANNELS, KINDS, Interaction
from deskmate.places import shipped_data
from deskmate.reports.export_shapes import shape_lines
from deskmate.reports.intake import Intake, read_file
from deskmate.reports.mapping import LISTED, Shape, read_shape
from deskmate.text.clean import clean, one_line
from tests.reports.made_up import HOSTILE, NOW, records

FILES = sorted((shipped_data() / "mappings").glob("*.toml"))
SHAPES = {path.stem: read_shape(path) for path in FILES}
HEADS = {
    "gimlet": "question_number,initials,email,location,duration,format,asked_by,question_type,difficulty,asked_at,"
    "question_date,question_time,question_half_hour,question_weekday,added_at,tags,site,account,question,answer",
    "libstats": "question_id,patron_type,question_type,time_spent,question_format,library_name,location_name,"
    "added_stamp,asked_at,question_time,question_half_hour,question_date,question_weekday,initials",
    "libanswers": "Id,Date,Time,Entered By,Email Address,Ticket #,Chat #,Location,Patron Affiliation,Patron Status,"
    "Communication,Question Type,Duration,READ",
    "suma": "sessionId,sessionStart,sessionEnd,countId,time,count,location,activities",
}
"""The columns as the programs' own sources name them."""
GIMLET_ROW = (
    '801,qx,jane@library.org,Reference,0-5 minutes,Phone,Staff,Technology,3,2021-03-24 10:42:00 AM,2021-03-24,10:42:00 '
    'AM,10:30:00 AM,Wednesday,2021-03-24 11:42:32 AM,print_er wifi,Humanities,Big Campus,"Stuck, again",Reset it\n'
)  # fmt: skip
logs = st.lists(records, max_size=3, unique_by=lambda record: record.id)


def taken(text: str, wanted: str = "", shapes: list[Shape] | None = None) -> Intake:
    return read_file(text.encode(), NOW, wanted=wanted, shapes=list(SHAPES.values()) if shapes is None else shapes)


def written(log: list[Interaction], shape: Shape, *, with_staff: bool = False) -> str:
    return "".join(shape_lines(log, shape, with_staff=with_staff))


def minutes(seconds: int | None, shape: Shape) -> tuple[int | None, bool]:
    """A length after its trip through a band: the band's middle, or whole minutes."""
    if seconds is None:
        return None, False
    for low, high in shape.minutes.values():
        if low <= seconds / 60 and (seconds / 60 < high or low == high):
            return round((low + high) * 30), True
    return round(seconds / 60) * 60, False


def carried(record: Interaction, shape: Shape) -> dict[str, object]:
    """What a shape can carry of a record: the projection that the round trip must keep."""
    kept: dict[str, object] = {"id": record.id, "kind": record.kind, "count": record.count}
    kept["asked"] = record.asked_at.strftime("%Y-%m-%d" if record.sensitive else "%Y-%m-%d %H:%M:%S")
    if record.sensitive:
        return kept
    fields = shape.fields
    kept |= {"channel": record.channel, "place": one_line(record.place)}
    if "branch" in fields:
        kept["branch"] = one_line(record.branch)
    if "read" in fields or "activities" in fields or shape.activity_columns:
        kept["read"] = record.read
    if "strain" in {name for name, _ in shape.titles}:
        kept["strain"] = record.strain
    if "seconds" in fields:
        kept["seconds"] = minutes(record.seconds, shape)
    if "note" in fields:
        kept["note"] = clean(record.note).strip()
    if "tags" in fields:
        split = ("-".join(one_line(tag).split(shape.between.strip() or " ")) for tag in record.tags)
        kept["tags"] = tuple(dict.fromkeys(filter(None, (one_line(tag, 40) for tag in split))))
    return kept


def seen(record: Interaction, shape: Shape, *, sensitive: bool) -> dict[str, object]:
    kept = {**carried(record.with_(sensitive=sensitive), shape)}
    if "seconds" in kept:
        kept["seconds"] = (record.seconds, record.uncertain)
    return kept


@pytest.mark.parametrize("name", SHAPES)
@given(log=logs)
def test_what_a_shape_carries_comes_back(name: str, log: list[Interaction]) -> None:
    shape = SHAPES[name]
    found = taken(written(log, shape), shape.name, [shape])
    assert found.bad == []
    assert [seen(back, shape, sensitive=was.sensitive) for back, was in zip(found.records, log, strict=True)] == [
        carried(record, shape) for record in log
    ]


@pytest.mark.parametrize("name", SHAPES)
@given(log=logs)
def test_no_cell_is_a_formula_and_no_initials_leave_unasked(name: str, log: list[Interaction]) -> None:
    signed = [record.with_(staff="QZXJ") for record in log]
    text = written(signed, SHAPES[name])
    assert "QZXJ" not in text
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


@pytest.mark.parametrize("name", HEADS)
def test_the_columns_are_the_other_programs(name: str) -> None:
    assert written([], SHAPES[name]).rstrip("\r\n") == HEADS[name]


@pytest.mark.parametrize("name", SHAPES)
def test_every_channel_and_kind_of_ours_has_a_word_of_theirs(name: str) -> None:
    shape = SHAPES[name]
    for field, ours in (("channel", CHANNELS), ("kind", KINDS)):
        known = shape.spelt[field] or {value for title, value in shape.titles if title == field}
        assert set(known) == set(ours)


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_is_told_by_its_head(name: str) -> None:
    record = Interaction(id="0192aaaa", asked_at=NOW, added_at=NOW)
    found = taken(written([record], SHAPES[name]))
    assert (found.format, found.guessed, found.bad) == (SHAPES[name].name, True, [])


def test_a_row_of_gimlet_in_full() -> None:
    (record,) = taken(f"{HEADS['gimlet']}\n{GIMLET_ROW}").records
    assert record.asked_at.isoformat()[:19] == "2021-03-24T10:42:00"
    assert record.added_at.isoformat()[:19] == "2021-03-24T11:42:32"
    assert record == Interaction(
        id=record.id, asked_at=record.asked_at, added_at=record.added_at, seconds=150, uncertain=True, entry="late",
        branch="Humanities", place="Reference", channel="phone", kind="device", read=3, tags=("print_er", "wifi"),
        staff="qx", note="Stuck, again\nReset it", extra={"imported_from": "gimlet 801"},
    )  # fmt: skip


def test_a_row_of_libstats_and_its_half_hour() -> None:
    text = (
        f"{HEADS['libstats']}\n7,Student,Directional,1-5 minutes,Walk-up,Main,Desk,5/07/2009 02:16:00 PM,5/07/2009 "
        "02:14:00 PM,02:14:00 PM,2:00 PM,5/07/2009,Thursday,ab\n"
    )
    (record,) = taken(text).records
    assert record.asked_at.isoformat()[:19] == "2009-05-07T14:14:00"
    assert (record.channel, record.kind, record.entry) == ("in-person", "directional", "live")
    (row,) = csv.DictReader(io.StringIO(written([record], SHAPES["libstats"])))
    assert (row["question_half_hour"], row["question_weekday"]) == ("02:00:00 PM", "Thursday")
    later = record.with_(asked_at=record.asked_at.replace(minute=16))
    (row,) = csv.DictReader(io.StringIO(written([later], SHAPES["libstats"])))
    assert row["question_half_hour"] == "02:30:00 PM"


def test_a_date_of_libanswers_that_can_be_two_days_is_refused_until_the_mapping_says_which(tmp_path: Path) -> None:
    head = "Id,Date,Time,Entered By,Communication\n"
    text = f"{head}1,3/4/2026,2:05 PM,jd,Phone\n2,13/4/2026,09:00,jd,Chat\n"
    (bad,) = taken(text).bad
    assert (bad.line, bad.column, bad.name) == (2, 2, "Date")
    assert "two days" in bad.what
    shipped = (shipped_data() / "mappings" / "libanswers.toml").read_text(encoding="utf-8")
    mine = tmp_path / "libanswers.toml"
    mine.write_text(shipped.replace('dates = ""', 'dates = "day-first"'), encoding="utf-8")
    found = taken(text, "libanswers", [read_shape(mine)])
    assert [record.asked_at.isoformat()[:16] for record in found.records] == ["2026-04-03T14:05", "2026-04-13T09:00"]
    mine.write_text(shipped.replace('dates = ""', 'dates = "month-first"'), encoding="utf-8")
    (bad,) = taken(text, "libanswers", [read_shape(mine)]).bad
    assert (bad.line, "no day" in bad.what) == (3, True)


def test_a_zone_of_the_mapping_gives_each_day_its_own_offset(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[file]\nname = "mine"\nzone = "America/Detroit"\n[columns]\nasked_at = "when"\n', encoding="utf-8")
    shape = read_shape(mine)
    found = taken("when\n2026-07-01 10:00\n2026-01-01 10:00\n2026-01-01T15:00:00Z\n", "mine", [shape])
    assert [record.asked_at.isoformat() for record in found.records] == [
        "2026-07-01T10:00:00-04:00", "2026-01-01T10:00:00-05:00", "2026-01-01T15:00:00+00:00",
    ]  # fmt: skip
    assert written(found.records, shape).splitlines()[1:] == [
        "2026-07-01 10:00:00", "2026-01-01 10:00:00", "2026-01-01 10:00:00",
    ]  # fmt: skip


def test_a_count_of_suma_is_one_tally_and_nobody_is_no_record() -> None:
    seven = "1,,,10,2026-11-20 10:00:00,7,Main-Desk (id:3),Phone; Directional\n"
    found = taken(f"{HEADS['suma']}\n{seven}1,,,11,2026-11-20 10:05:00,0,Main,\n")
    (record,) = found.records
    assert (record.count, record.entry, record.channel, record.kind) == (7, "tally", "phone", "directional")
    assert (record.place, found.nobody) == ("Main-Desk (id:3)", 1)
    wide = "Count Date,Session Start,Session End,Count ID,Session ID,Location,Phone,Directional\n"
    (record,) = taken(f"{wide}2026-11-20 10:00:00,,,10,1,Main,7,7\n").records
    assert (record.count, record.channel, record.kind) == (7, "phone", "directional")


def test_a_tally_is_rows_in_gimlet_and_one_tally_again_when_it_comes_back() -> None:
    tally = Interaction(id="019a0000-0000-7000-8000-000000000001", asked_at=NOW, added_at=NOW, count=7, entry="tally")
    text = written([tally], SHAPES["gimlet"])
    assert len(text.splitlines()) == 8
    (back,) = taken(text).records
    assert (back.id, back.count, back.entry) == (tally.id, 7, "tally")


def test_unknown_words_are_told_with_what_was_meant() -> None:
    row = GIMLET_ROW.replace("Phone", "Phnoe").replace("0-5 minutes", "0-5 minuets").replace(",3,", ",9,")
    found = taken(f"{HEADS['gimlet']}\n{row}")
    assert [(bad.name, bad.column) for bad in sorted(found.bad, key=lambda bad: bad.column)] == [
        ("duration", 5), ("format", 6), ("difficulty", 9),
    ]  # fmt: skip
    assert any('Did you mean "phone"?' in bad.cure and "[channel]" in bad.cure for bad in found.bad)
    assert all(bad.line == 2 for bad in found.bad)


def test_rows_without_a_number_keep_their_ids_and_equal_ones_both_stay(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[file]\nname = "mine"\n[columns]\nasked_at = "when"\nplace = "where"\n', encoding="utf-8")
    text = "when,where,who\n2026-11-20 10:00,a,x\n2026-11-20 10:00,a,y\n2026-11-20 10:00,b,z\n"
    ids = [[record.id for record in taken(text, "mine", [read_shape(mine)]).records] for _ in range(2)]
    assert ids[0] == ids[1]
    assert Counter(ids[0]).most_common(1)[0][1] == 1
    assert taken(text, "mine", [read_shape(mine)]).ignored == ("who",)


def test_a_sensitive_record_leaves_its_day_and_kind_and_nothing_else() -> None:
    record = Interaction(
        id="0192aaaa", asked_at=NOW, added_at=NOW, kind="conduct", channel="phone", sensitive=True, note="secret",
        place="office", read=3, seconds=60, tags=("abuse",),
    )  # fmt: skip
    for shape in SHAPES.values():
        text = written([record], shape)
        (row,) = csv.DictReader(io.StringIO(text))
        assert "12:00" not in text
        assert not {"secret", "office", "abuse", "Phone", "3"} & set(row.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no such file"),
        ("[file", "not valid TOML"),
        ('[file]\nname = "x"\n[columns]\nplace = "p"\n', "without a time"),
        ('[columns]\nasked_at = "a"\n', "needs a name"),
        ('[file]\nname = "x"\ndates = "us"\n[columns]\nasked_at = "a"\n', ":3: dates is one of"),
        ('[file]\nname = "x"\nzone = "Mars/Base"\n[columns]\nasked_at = "a"\n', ":3: There is no time zone"),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\nkidn = "b"\n', 'Did you mean "kind"'),
        ('[file]\nname = "x"\n[columns]\nasked_at = ["a", "b"]\n', "one column"),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[chanel]\n', 'Did you mean "channel"'),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[channel]\n"Tel" = "telephone"\n', ":6: There is no channel"),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[minutes]\n"long" = "60"\n', "A band of minutes"),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[minutes]\n"long" = [5, 1]\n', "A band of minutes"),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[activities]\n"A" = "colour=red"\n', "An activity means"),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[activities]\n"A" = "kind=devise"\n', 'Did you mean "device"'),
        ('[file]\nname = "x"\n[columns]\nasked_at = "a"\n[derived]\n"A" = "year"\n', "A derived column"),
        ('[file]\nname = "x"\ntally = 3\n[columns]\nasked_at = "a"\n', "text in quotes"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        read_shape(path)
    assert said in caught.value.what


def test_a_table_without_the_column_of_the_time_is_refused() -> None:
    with pytest.raises(BadContent, match="for the time"):
        taken("question_number,when\n1,2\n", "gimlet")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_in_as_plain_text(text: str) -> None:
    record = Interaction(id="0192aaaa", asked_at=NOW, added_at=NOW, note=text, place=text)
    (back,) = taken(written([record], SHAPES["gimlet"])).records
    assert (back.note, back.place) == (clean(text).strip(), one_line(text))


def test_every_listed_field_of_ours_can_be_named_in_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    lines = ['[file]\nname = "mine"\n[columns]\nasked_at = "at"']
    lines += [f'{name} = "{name}"' for name in LISTED]
    lines += [f'[{name}]\n"X" = "{values[0]}"\n"*" = "{values[-1]}"' for name, values in LISTED.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    head = ",".join(["at", *LISTED])
    (first, other) = taken(f"{head}\n2026-11-20,x,x,x,x,x\n2026-11-20,q,q,q,q,q\n", "mine", [read_shape(path)]).records
    assert [str(getattr(first, name)) for name in LISTED] == [values[0] for values in LISTED.values()]
    assert [str(getattr(other, name)) for name in LISTED] == [values[-1] for values in LISTED.values()]


def test_times_with_seconds_and_offsets_keep_the_moment() -> None:
    at = datetime.fromisoformat("2026-07-01T10:00:07+02:00")
    record = Interaction(id="0192aaaa", asked_at=at, added_at=at)
    (row,) = csv.DictReader(io.StringIO(written([record], SHAPES["gimlet"])))
    assert row["asked_at"] == "2026-07-01 10:00:07 AM"
