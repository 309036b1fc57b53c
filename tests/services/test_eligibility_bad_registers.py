"""Register files as counties hand them in: each is taken as it was meant, told row by row, or refused whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime

import pytest
import pytest_asyncio
from openpyxl import Workbook
from tests.services.ledger_county import REGISTRY, Bureau, Registers, as_csv

from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.handlers.ledger_files import XLSX

UNREADABLE, COLUMNS, REFUSED = "register-unreadable", "wrong-columns", "register-refused"
Rows = list[dict[str, str]]


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        made = Bureau(s)
        await made.maps()
        yield made


def six() -> Rows:
    r = Registers()
    for i in range(3):
        r.registers(f"R{i}", r.people(2))
    return r.right


async def kept(bureau: Bureau) -> list[int]:
    tables = ("register_file", "register_entry", "register_sealed", "register_household", "register_error")
    return [(await bureau.s.fetch(f"SELECT count(*) AS c FROM {table}"))[0]["c"] for table in tables]


def book(rows: list[list[object]], change: Callable[[Workbook], None] = lambda _: None) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def cells(rows: Rows) -> list[list[object]]:
    return [list[object](rows[0]), *(list[object](row.values()) for row in rows)]


def column(name: str) -> int:
    """From 1."""
    return list(REGISTRY.values()).index(name) + 1


def sheet_xml(xml: str) -> bytes:
    """A workbook whose first sheet says just this."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(cells(six())))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, xml if part.filename == "xl/worksheets/sheet1.xml" else old.read(part))
    return out.getvalue()


_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def repacked(method: int, damage: bool = False) -> bytes:
    """The good workbook, packed as no spreadsheet does."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(cells(six())))) as old, zipfile.ZipFile(out, "w", method) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
    content = bytearray(out.getvalue())
    if damage:
        place = content.index(b"xl/workbook.xml") + 40
        content[place : place + 60] = b"\xff" * 60
    return bytes(content)


def encrypted_entries() -> bytes:
    """Each entry says that it has a password."""
    content = bytearray(book(cells(six())))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(sign)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(sign, place + 4)
    return bytes(content)


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BAD = {
    "utf-16 as Excel writes it": (as_csv(six(), "utf-16"), "text/csv", UNREADABLE, "UTF-16"),
    "an old .xls or a workbook with a password": (OLE + bytes(4096), XLSX, UNREADABLE, "密码"),
    "the same called csv": (OLE + b"x" * 4096, "text/csv", UNREADABLE, ""),
    "entries with a password": (encrypted_entries(), XLSX, UNREADABLE, ""),
    "packed by lzma and damaged": (repacked(zipfile.ZIP_LZMA, damage=True), XLSX, UNREADABLE, ""),
    "packed by bzip2 and damaged": (repacked(zipfile.ZIP_BZIP2, damage=True), XLSX, UNREADABLE, ""),
    "semicolons": (as_csv(six()).replace(b",", b";"), "text/csv", COLUMNS, "分号"),
    "tabs": (as_csv(six()).replace(b",", b"\t"), "text/csv", COLUMNS, "制表符"),
    "a bomb": (
        sheet_xml(f"<worksheet {_NS}><sheetData>{' ' * 80_000_000}</sheetData></worksheet>"),
        XLSX,
        UNREADABLE,
        "解压",
    ),
    "a row without end": (
        sheet_xml(f'<worksheet {_NS}><sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
                  "</sheetData></worksheet>"), XLSX, UNREADABLE, "行",
    ),
    "an entity that grows": (
        sheet_xml('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
                  f'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><worksheet {_NS}><sheetData><row><c t="inlineStr"><is><t>&c;</t>'
                  "</is></c></row></sheetData></worksheet>"), XLSX, COLUMNS, "",
    ),
    "a string that is not there": (
        sheet_xml(f'<worksheet {_NS}><sheetData><row><c t="s"><v>99999</v></c></row></sheetData></worksheet>'),
        XLSX, UNREADABLE, "",
    ),
    "no number in a number": (
        sheet_xml(f"<worksheet {_NS}><sheetData><row><c><v>1e</v></c></row></sheetData></worksheet>"),
        XLSX, UNREADABLE, "",
    ),
    "the same column twice": (
        as_csv([{**row, "备注": row["姓名"]} for row in six()]).replace("备注".encode(), "姓名".encode()),
        "text/csv", COLUMNS, "重复",
    ),
    "only empty rows": (as_csv(six()[:1]).split(b"\r\n")[0] + b"\r\n" + b",,,\r\n" * 1_000_000, "text/csv", UNREADABLE,
                        "没有可导入"),
    "a formula that nobody computed": (
        book(cells(six()), lambda b: b.active.cell(3, column("人均纯收入"), "=1000*5")), XLSX, UNREADABLE, "公式",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
async def test_a_file_that_cannot_be_read_as_it_is_meant_is_refused_whole(bureau: Bureau, name: str):
    content, media, refusal, said = BAD[name]
    for on_error in ("REFUSE", "REPORT"):
        answer = await bureau.uploads("POVERTY_REGISTRY", content, media, on_error=on_error)
        assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{refusal}"), answer.text
        assert said in answer.json()["detail"]
        assert await kept(bureau) == [0, 0, 0, 0, 0]


ROWS: dict[str, tuple[dict[str, str] | None, str]] = {
    "half a row": (None, "2/姓名"),
    "an ID number that a spreadsheet took for a number": ({"证件号码": "6.40522195001011E+17"}, "2/证件号码"),
    "a household number that it took for one": ({"户编号": "6.40522105201001e+15"}, "2/户编号"),
    "a household number that became an error": ({"户编号": "#N/A"}, "2/户编号"),
    "a name that became an error": ({"姓名": "#REF!"}, "2/姓名"),
    "a name that is a formula": ({"姓名": "=VLOOKUP(A2,B:C,2)"}, "2/姓名"),
    "a day as a number": ({"出生日期": "18264"}, "2/出生日期"),
    "a day that may be two": ({"出生日期": "1980111"}, "2/出生日期"),
    "an income without end": ({"人均纯收入": "9" * 30}, "2/人均纯收入"),
    "an income longer than any": ({"人均纯收入": "9" * 5000}, "2/人均纯收入"),
    "control characters in a name": ({"姓名": "马\x01建国"}, "2/姓名"),
}


@pytest.mark.parametrize("name", ROWS)
async def test_a_row_that_cannot_be_read_is_told_by_cell_and_the_others_are_taken_by_choice(bureau: Bureau, name: str):
    change, field = ROWS[name]
    rows = six()
    if change is None:
        lines = as_csv(rows).split(b"\r\n")
        lines[1] = lines[1].split(b",")[0]
        content = b"\r\n".join(lines)
    else:
        rows[0] = {**rows[0], **change}
        content = as_csv(rows)
    refused = await bureau.uploads("POVERTY_REGISTRY", content, on_error="REFUSE")
    assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{REFUSED}"), refused.text
    assert field in {e["field"] for e in refused.json()["errors"]}
    assert await kept(bureau) == [0, 0, 0, 0, 0]
    taken = await bureau.uploads("POVERTY_REGISTRY", content, on_error="REPORT")
    assert (taken.status_code, taken.json()["kept"], taken.json()["bad"]) == (201, 5, 1), taken.text
    assert f"2,{field[2:]}," in (await bureau.clerk.get(f"/v1/registers/{taken.json()['id']}/errors")).text
    assert (await kept(bureau))[:3] == [1, 5, 5]


async def test_numbers_that_a_workbook_keeps_as_numbers_lost_their_end_and_are_told(bureau: Bureau):
    rows = cells(six())
    for place, value in (("证件号码", 640522195001010019), ("户编号", 6405221052010012.0)):
        rows[1 if place == "户编号" else 2][column(place) - 1] = value
    taken = await bureau.uploads("POVERTY_REGISTRY", book(rows), XLSX, on_error="REPORT")
    assert (taken.status_code, taken.json()["kept"], taken.json()["bad"]) == (201, 4, 2), taken.text
    report = (await bureau.clerk.get(f"/v1/registers/{taken.json()['id']}/errors")).text
    assert "2,户编号," in report
    assert "3,证件号码," in report


async def test_merged_cells_name_their_household_in_the_first_row_only_and_the_others_are_told(bureau: Bureau):
    content = book(cells(six()), lambda b: b.active.merge_cells("A2:A3"))
    refused = await bureau.uploads("POVERTY_REGISTRY", content, XLSX)
    assert (refused.status_code, [e["field"] for e in refused.json()["errors"]]) == (422, ["3/户编号"])


async def test_full_width_digits_and_spaces_around_mean_the_same(bureau: Bureau):
    plain = six()
    wide = str.maketrans("0123456789R.-", "０１２３４５６７８９Ｒ．－")
    fields = ("户编号", "证件号码", "村", "出生日期", "人均纯收入")
    rows = [
        {k: f"\u3000{v.translate(wide) if k in fields else v} \u00a0" if v else v for k, v in r.items()} for r in plain
    ]
    one = await bureau.imports("POVERTY_REGISTRY", plain)
    other = await bureau.imports("POVERTY_REGISTRY", rows, on_error="REPORT")
    columns = "household, person, name, fallback, status, born, labour, income_year"
    same = await bureau.s.fetch(
        f"SELECT count(DISTINCT ({columns})) AS c FROM register_entry WHERE file_id IN ($1, $2)", one, other
    )
    assert same[0]["c"] == 6


async def test_a_workbook_with_a_million_empty_rows_is_its_full_ones(bureau: Bureau):
    head, *body = cells(six())

    def far(b: Workbook) -> None:
        for place, value in enumerate(body[-1], 1):
            b.active.cell(1_048_576, place, value)

    answer = await bureau.uploads("POVERTY_REGISTRY", book([head, *body[:-1]], far), XLSX)
    assert (answer.status_code, answer.json()["kept"]) == (201, 6), answer.text


async def test_a_workbook_packed_in_an_unusual_way_is_read_all_the_same(bureau: Bureau):
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        answer = await bureau.uploads("POVERTY_REGISTRY", repacked(method), XLSX)
        assert (answer.status_code, answer.json()["kept"]) == (201, 6), answer.text


async def test_days_and_amounts_that_a_workbook_keeps_typed_are_read_and_a_number_for_a_day_is_told(bureau: Bureau):
    rows = cells(six())
    place = column("出生日期") - 1
    rows[1][place], rows[2][place], rows[3][place] = datetime(1980, 1, 1, 8, 30, tzinfo=None), 29221, 29221.0  # noqa: DTZ001 -- a cell has no zone
    rows[1][column("人均纯收入") - 1] = 4559.99
    taken = await bureau.uploads("POVERTY_REGISTRY", book(rows), XLSX, on_error="REPORT")
    assert (taken.status_code, taken.json()["kept"], taken.json()["bad"]) == (201, 4, 2), taken.text
    found = await bureau.s.fetch("SELECT income_year FROM register_entry WHERE born = '1980-01-01'")
    assert [row["income_year"] for row in found] == [455_999]
