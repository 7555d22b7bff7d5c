"""Files on their way in: what was exported comes back, what is wrong is told by line and column."""

import csv
import io
import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadContent
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.export import csv_lines, jsonl_lines
from deskmate.reports.intake import Intake, read_file
from deskmate.text.clean import clean
from tests.reports.made_up import NOW, records

GOOD = '{"id":"a","asked_at":"2026-11-22T10:00:00-05:00"}\n'
logs = st.lists(records, max_size=3, unique_by=lambda record: record.id)


def taken(text: str | bytes, wanted: str = "") -> Intake:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    return read_file(data, NOW, wanted=wanted)


def cleaned(value: Any) -> Any:
    """A JSON value with every text in it clean: what a terminal would act on never comes in."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    return [cleaned(inner) for inner in value] if isinstance(value, list) else value


def as_kept(record: Interaction) -> Interaction:
    return Interaction.from_document(cleaned(record.to_document()))


def in_a_spreadsheet(record: Interaction) -> Interaction:
    """What our CSV carries: all of it, but of a sensitive record day, kind and count, and no private promise."""
    if record.sensitive:
        day = record.asked_at.date().isoformat()
        found = taken(f"id,asked_at,kind\nx,{day},other\n").records[0].asked_at
        return Interaction(
            id=record.id, asked_at=found, added_at=found, kind=record.kind, count=record.count, entry=record.entry,
            sensitive=True,
        )  # fmt: skip
    return as_kept(record.with_(promise=None) if record.promise and record.promise.private else record)


@given(logs)
def test_json_lines_come_back_with_every_field(log: list[Interaction]) -> None:
    found = taken("".join(jsonl_lines(log, with_staff=True)), "jsonl")
    assert (found.bad, found.records) == ([], [as_kept(record) for record in log])


@given(logs)
def test_our_csv_comes_back_with_all_that_it_carries(log: list[Interaction]) -> None:
    found = taken("".join(csv_lines(log, with_staff=True)), "csv")
    assert found.bad == []
    assert found.records == [in_a_spreadsheet(record) for record in log]
    assert not found.ignored


@given(logs)
def test_what_came_back_goes_out_as_the_same_bytes(log: list[Interaction]) -> None:
    once = [as_kept(record) for record in log]
    again = taken("".join(jsonl_lines(once, with_staff=True)), "jsonl").records
    assert list(jsonl_lines(again)) == list(jsonl_lines(once))


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("{nonsense", 2, "not JSON"),
        ("[1, 2]", 1, "no record"),
        ('{"id":"a"}', 0, "no asked_at"),
        ('{"asked_at":"2026-11-22T10:00:00-05:00"}', 0, "no whole record"),
        ('{"id":"a","asked_at":"yesterday"}', 0, "no whole record"),
        ('{"id":"a","asked_at":"2026-11-22T10:00:00"}', 11, "no UTC offset"),
        ('{"id":"a","asked_at":"2027-11-22T10:00:00-05:00"}', 11, "has not come yet"),
        ('{"id":"a","asked_at":"0926-11-22T10:00:00-05:00"}', 11, "before 1970"),
        ('{"id":"","asked_at":"2026-11-22T10:00:00-05:00"}', 2, "no id"),
        ('{"id":"../x","asked_at":"2026-11-22T10:00:00-05:00"}', 2, "no id"),
        (GOOD.replace("}", ',"count":"7"}'), 50, "no count"),
        (GOOD.replace("}", ',"count":0}'), 50, "no count"),
        (GOOD.replace("}", ',"seconds":true}'), 50, "no whole number"),
        (GOOD.replace("}", ',"note":7}'), 50, "no text"),
        (GOOD.replace("}", ',"taught":"yes"}'), 50, "neither true nor false"),
        (GOOD.replace("}", ',"read":9}'), 50, "no READ level"),
        (GOOD.replace("}", ',"channel":"phon"}'), 50, 'Did you mean "phone"'),
        (GOOD.replace("}", ',"path":[["one"]]}'), 0, "no whole record"),
        (GOOD.replace("}", ',"tags":"abc"}'), 50, "no list"),
        (GOOD.replace("}", ',"tags":[1]}'), 50, "no text"),
        (GOOD.replace("}", ',"promise":{"what":"x"}}'), 0, "without a due time"),
        (GOOD.replace("}", ',"promise":7}'), 50, "no promise"),
        (GOOD.replace("}", ',"promise":{"what":"x","due":"2026-11-22T10:00:00"}}'), 50, "no UTC offset"),
        (GOOD.replace("}", ',"promise":{"what":"x","due":"2026-11-22T10:00:00Z","state":"kept"}}'), 50, "no state"),
        ("[" * 100_000, 1, "too deep"),
    ],
)
def test_a_bad_line_is_told_by_line_and_column(line: str, column: int, said: str) -> None:
    found = taken(f"{GOOD}\n{line.strip()}\n", "jsonl")
    (bad,) = found.bad
    assert (bad.line, bad.column) == (3, column)
    assert said in str(bad)
    assert bad.cure
    assert [record.id for record in found.records] == ["a"]


def test_every_fault_of_every_row_is_told_with_its_column() -> None:
    text = "id,asked_at,kind,read\na,2026-11-22 10:00,device,9\nb,soon,devise,2\nc,2026-11-22 10:00,other\n"
    assert [(bad.line, bad.column, bad.name) for bad in taken(text).bad] == [
        (2, 4, "read"),
        (3, 2, "asked_at"),
        (3, 3, "kind"),
        (4, 0, ""),
    ]
    (when, kind) = taken("id,asked_at,kind\nb,3/4/2026,devise\n").bad
    assert (when.column, when.cure) == (2, "Write it like 2026-11-22 14:05.")
    assert (kind.column, kind.cure) == (3, 'Did you mean "device"?')


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = 'id,asked_at,kind,note\r\na,2026-11-22 10:00,other,"one\r\ntwo\nthree"\r\nb,never,other,\r\n'
    assert [bad.line for bad in taken(text).bad] == [5]
    assert taken(text).records[0].note == "one\ntwo\nthree"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str, end: str) -> None:
    text = f"id,asked_at,kind,place{end}a,2026-11-22 10:00,other,Zoë’s café{end}".replace(",", delimiter)
    found = taken(text.encode(encoding))
    assert [record.place for record in found.records] == ["Zoë’s café"]
    assert found.encoding == {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(encoding, "")


def test_a_spreadsheet_that_names_its_delimiter_is_read_and_its_lines_counted() -> None:
    found = taken("sep=;\r\nid;asked_at;kind\r\na;2026-11-22;other\r\nb;x;other\r\n")
    assert len(found.records) == 1
    assert [bad.line for bad in found.bad] == [4]


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(BadContent, match="Line 2"):
        taken(b"id,asked_at\na,\x81\n", "csv")
    with pytest.raises(BadContent, match="utf-16"):
        taken(b"\xff\xfea", "csv")


def test_an_open_quote_ends_the_reading_where_it_began() -> None:
    found = taken('id,asked_at,kind,note\na,2026-11-22,other,x\nb,2026-11-22,other,"oops\nc,2026-11-22,other,y\n')
    (bad,) = found.bad
    assert (bad.line, "quoting" in bad.what) == (3, True)


def test_a_note_of_ten_megabytes_comes_in_and_the_limit_of_csv_is_as_before() -> None:
    before = csv.field_size_limit()
    found = taken(f"id,asked_at,kind,note\na,2026-11-22,other,{'x' * 10_000_000}\n")
    assert len(found.records[0].note) == 10_000_000
    assert csv.field_size_limit() == before


def test_rows_without_ids_get_the_same_ones_each_time_and_equal_rows_both_stay() -> None:
    text = "asked_at,kind,note\n2026-11-22 10:00,device,a\n2026-11-22 10:00,device,a\n2026-11-22 10:00,device,b\n"
    first, second = taken(text, "csv").records, taken(text, "csv").records
    assert [record.id for record in first] == [record.id for record in second]
    assert len({record.id for record in first}) == 3


def test_the_made_id_is_a_uuid_that_sorts_by_when_it_was_asked() -> None:
    text = "asked_at,kind\n" + "".join(f"2026-11-{day:02} 10:00,device\n" for day in range(1, 21))
    ids = [record.id for record in taken(text, "csv").records]
    assert ids == sorted(ids)
    assert all(len(each) == 36 and each[14] == "7" and each[19] in "89ab" for each in ids)


def test_an_id_that_stands_in_the_file_twice_comes_in_once() -> None:
    found = taken(GOOD + GOOD, "jsonl")
    assert (len(found.records), found.repeated, found.rows) == (1, 1, 2)


def test_a_contact_never_comes_in() -> None:
    due = NOW + timedelta(hours=1)
    record = Interaction(
        id="a", asked_at=NOW, added_at=NOW, promise=Promise(what="x", due=due, made_at=NOW, contact="c")
    )
    (found,) = taken(json.dumps(record.to_document()), "jsonl").records
    assert found.promise == Promise(what="x", due=due, made_at=NOW)


def test_a_file_that_fits_nothing_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadContent, match="fit nothing") as caught:
        taken("name,colour\nx,y\n")
    assert "--mapping" in caught.value.cure
    with pytest.raises(BadContent, match='no column "asked_at"') as caught:
        taken("id,asked at\nx,y\n", "csv")
    assert "asked at" in caught.value.cure
    with pytest.raises(BadContent, match="no head"):
        taken("")


def test_unknown_columns_are_named_and_left_alone() -> None:
    found = taken("id,asked_at,kind,mood\na,2026-11-22,other,blue\n")
    assert found.ignored == ("mood",)
    assert len(found.records) == 1


def test_a_time_without_an_offset_is_the_desks_on_that_day() -> None:
    zoned = datetime.fromisoformat("2026-07-01T10:00:00-04:00")
    (found,) = taken("id,asked_at,kind\na,2026-07-01T10:00:00-04:00,other\n").records
    assert found.asked_at == zoned
    (plain,) = taken("id,asked_at,kind\na,2026-07-01 10:00,other\n").records
    assert plain.asked_at.isoformat().startswith("2026-07-01T10:00:00")
    assert plain.asked_at.utcoffset() is not None


def test_progress_is_told_while_a_long_file_is_read() -> None:
    told: list[tuple[int, int]] = []
    text = "asked_at,kind\n" + "2026-11-22,other\n" * 2500
    read_file(text.encode(), NOW, wanted="csv", progress=lambda done, of: told.append((done, of)))
    assert told == [(1000, 2501), (2000, 2501)]


@given(st.text() | st.binary())
def test_no_file_ends_the_program(anything: str | bytes) -> None:
    for wanted in ("", "jsonl", "csv"):
        with suppress(BadContent):
            assert all(bad.line >= 1 and bad.what for bad in taken(anything, wanted).bad)


def test_rows_written_by_hand_read_like_the_ones_we_write() -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["asked_at", "kind", "taught", "read", "tags", "count"])
    writer.writerow(["2026-11-22 2:05 PM", "Device", "x", "2.0", "printer; new", "7"])
    (found,) = taken(stream.getvalue(), "csv").records
    assert (found.kind, found.taught, found.read, found.tags, found.count) == ("device", True, 2, ("printer", "new"), 7)
    assert (found.asked_at.hour, found.asked_at.minute) == (14, 5)
