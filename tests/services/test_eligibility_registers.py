"""Importing a register: whole or not at all, or the good rows with a report; files that are none; large ones."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import date
from random import Random

import pytest
import pytest_asyncio
from openpyxl import Workbook
from tests.services.ledger_county import BENEFICIARIES, COUNTY, REGISTRY, Bureau, Registers, as_csv, planted

from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.handlers.ledger_files import XLSX

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=DAY, max_register_bytes=1_500_000) as s:
        made = Bureau(s)
        await made.maps()
        yield made


def ten() -> list[dict[str, str]]:
    r = Registers()
    for i in range(5):
        r.registers(f"R{i}", r.people(2))
    return r.right


async def kept(bureau: Bureau) -> tuple[int, int, int]:
    counted = []
    for table in ("register_file", "register_entry", "register_sealed"):
        counted.append((await bureau.s.fetch(f"SELECT count(*) AS c FROM {table}"))[0]["c"])
    return counted[0], counted[1], counted[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_a_csv_in_any_of_the_usual_encodings(bureau: Bureau, encoding: str):
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv(ten(), encoding))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["rows"], told["kept"], told["bad"], told["households"], told["snapshot_on"]) == (
        10,
        10,
        0,
        5,
        "2020-02-28",
    )
    assert len(told["sha256"]) == 64


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_an_xlsx_with_a_title_above_its_header_and_typed_cells_is_the_same_register(bureau: Bureau):
    rows = ten()
    body: list[list[object]] = [list(r.values()) for r in rows]
    place = list(REGISTRY.values()).index("出生日期")
    for cells, row in zip(body, rows, strict=True):
        cells[place] = date.fromisoformat(row["出生日期"])
        cells[list(REGISTRY.values()).index("人均纯收入")] = 5000
    content = workbook([["海原县建档立卡台账"], list(rows[0]), *body])
    answer = await bureau.uploads("POVERTY_REGISTRY", content, XLSX)
    assert answer.status_code == 201, answer.text
    assert answer.json()["kept"] == 10
    other = await bureau.imports("POVERTY_REGISTRY", rows)
    columns = "household, person, name, fallback, status, born, labour, income_year"
    same = await bureau.s.fetch(
        f"SELECT count(DISTINCT ({columns})) AS c FROM register_entry WHERE file_id IN ($1, $2)",
        answer.json()["id"],
        other,
    )
    assert same[0]["c"] == 10


def half_wrong() -> list[dict[str, str]]:
    rows = ten()
    rows[1]["脱贫状态"] = "也许"
    rows[3]["村"] = "640521101201"  # another county's
    rows[5]["出生日期"] = "1980-13-01"
    rows[5]["人均纯收入"] = "=1+1"
    rows[7]["姓名"] = ""
    rows[9]["出生日期"] = "2020-02-29"  # after the snapshot
    return rows


async def test_a_half_wrong_file_is_refused_whole(bureau: Bureau):
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv(half_wrong()), on_error="REFUSE")
    told = answer.json()
    assert (answer.status_code, told["type"]) == (422, "/problems/register-refused")
    assert [e["field"] for e in told["errors"]] == [
        "3/脱贫状态", "5/村", "7/出生日期", "7/人均纯收入", "9/姓名", "11/出生日期",
    ]  # fmt: skip
    assert "共 5 行" in told["detail"]
    assert await kept(bureau) == (0, 0, 0)


async def test_or_its_good_rows_are_imported_with_a_report_row_by_row(bureau: Bureau):
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv(half_wrong()), on_error="REPORT")
    told = answer.json()
    assert (answer.status_code, told["rows"], told["kept"], told["bad"]) == (201, 10, 5, 5)
    assert await kept(bureau) == (1, 5, 5)
    report = await bureau.clerk.get(f"/v1/registers/{told['id']}/errors")
    assert report.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(report.text.removeprefix("\ufeff"))))
    assert rows[0] == ["行号", "列", "内容", "原因"]
    assert [row[:3] for row in rows[1:]] == [
        ["3", "脱贫状态", "也许"],
        ["5", "村", "640521101201"],
        ["7", "出生日期", "1980-13-01"],
        ["7", "人均纯收入", "'=1+1"],  # no spreadsheet runs it
        ["9", "姓名", ""],
        ["11", "出生日期", "2020-02-29"],
    ]
    assert "也许" not in str(await bureau.s.fetch("SELECT * FROM register_error"))


async def test_the_report_of_a_wholly_wrong_file_is_complete_and_in_order(bureau: Bureau):
    bad = {**ten()[0], "出生日期": "1980-13-01", "脱贫状态": "也许"}
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv([*ten(), *[bad] * 5_001]), on_error="REPORT")
    assert (answer.json()["kept"], answer.json()["bad"]) == (10, 5_001)
    report = await bureau.clerk.get(f"/v1/registers/{answer.json()['id']}/errors")
    rows = list(csv.reader(io.StringIO(report.text.removeprefix("\ufeff"))))[1:]
    assert [int(row[0]) for row in rows] == [n for n in range(12, 5_013) for _ in range(2)]
    assert {tuple(row[1:3]) for row in rows} == {("出生日期", "1980-13-01"), ("脱贫状态", "也许")}
    refused = await bureau.uploads("POVERTY_REGISTRY", as_csv([bad] * 5_001), on_error="REFUSE")
    assert "共 5001 行有错误，10002 处" in refused.json()["detail"]
    assert len(refused.json()["errors"]) == 200


async def test_the_same_person_twice_in_one_household_is_an_error(bureau: Bureau):
    rows = ten()
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv([*rows, rows[0]]))
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (422, "同一家庭中该人员重复登记")
    assert await kept(bureau) == (0, 0, 0)
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv([*rows, rows[0]]), on_error="REPORT")
    assert (answer.json()["kept"], answer.json()["bad"]) == (10, 1)
    assert await kept(bureau) == (1, 10, 10)


async def test_an_invalid_id_number_is_no_bad_row_but_something_to_find(bureau: Bureau):
    rows = ten()
    rows[0]["证件号码"] = "123"
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv(rows))
    assert (answer.json()["kept"], answer.json()["numbers_bad"]) == (10, 1)


BROKEN = {
    "no zip": (b"PK\x03\x04 this is no workbook", XLSX, "register-unreadable"),
    "empty workbook": (workbook([]), XLSX, "register-unreadable"),
    "half a workbook": (workbook([["户编号", "姓名"]] * 50)[:2000], XLSX, "register-unreadable"),
    "a workbook called csv": (workbook([["户编号"]]), "text/csv", "register-unreadable"),
    "neither encoding": (b"\xff\xfe\xff\xff,\x80", "text/csv", "register-unreadable"),
    "open quote": (as_csv(ten()) + b'"x', "text/csv", "register-unreadable"),
    "nothing": (b"", "text/csv", "register-unreadable"),
    "only a header": (as_csv(ten()[:1]).split(b"\r\n")[0], "text/csv", "register-unreadable"),
    "empty characters": (as_csv(ten()).replace("马".encode(), b"\x00"), "text/csv", "register-unreadable"),
    "a cell without end": (as_csv(ten()) + b"x" * 900_000, "text/csv", "register-unreadable"),
    "no columns but commas": (
        as_csv(ten()[:1]).split(b"\r\n")[0] + b"\r\n" + b"," * 200_000,
        "text/csv",
        "register-unreadable",
    ),
    "noise": (Random(1).randbytes(50_000), "text/csv", "register-unreadable"),
    "noise called a workbook": (Random(1).randbytes(50_000), XLSX, "register-unreadable"),
    "wrong columns": ("户编号,名字\r\n1,马\r\n".encode(), "text/csv", "wrong-columns"),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_file_that_is_none_is_refused_and_nothing_is_kept(bureau: Bureau, name: str):
    content, media, refusal = BROKEN[name]
    answer = await bureau.uploads("POVERTY_REGISTRY", content, media, on_error="REPORT")
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{refusal}"), answer.text
    assert await kept(bureau) == (0, 0, 0)


@pytest.mark.parametrize(
    ("column", "longest"), [("户编号", "无" * 101), ("姓名", "\u200b" * 101), ("证件号码", "\U0001f600" * 101)]
)
async def test_a_text_without_end_names_nobody(bureau: Bureau, column: str, longest: str):
    rows = [{**row, column: longest if place == 0 else row[column]} for place, row in enumerate(ten())]
    refused = await bureau.uploads("POVERTY_REGISTRY", as_csv(rows), on_error="REFUSE")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, f"2/{column}")
    assert await kept(bureau) == (0, 0, 0)
    rows[0][column] = longest[:100]
    assert (await bureau.uploads("POVERTY_REGISTRY", as_csv(rows), on_error="REFUSE")).status_code == 201


async def test_missing_columns_are_named(bureau: Bureau):
    rows = [{k: v for k, v in row.items() if k not in ("脱贫状态", "村")} for row in ten()]
    answer = await bureau.uploads("POVERTY_REGISTRY", as_csv(rows))
    assert "村、脱贫状态" in answer.json()["detail"]


async def test_a_register_may_be_larger_than_other_bodies_but_not_than_its_own_limit(bureau: Bureau):
    rows = [{**row, "备注": "无" * 400} for row in planted(ordinary=300, each=0).right]
    content = as_csv(rows)
    assert 1_048_576 < len(content) < 1_500_000
    assert (await bureau.uploads("POVERTY_REGISTRY", content)).status_code == 201
    too_large = await bureau.uploads("POVERTY_REGISTRY", content + content)
    assert (too_large.status_code, too_large.json()["type"]) == (413, "/problems/too-large")
    body = {"division": COUNTY, "kind": "POVERTY_REGISTRY", "columns": {"name": "x" * 1_100_000}}
    assert (await bureau.clerk.post("/v1/register-mappings", json=body)).status_code == 413
    assert await kept(bureau) == (1, len(rows), len(rows))


async def test_an_upload_that_is_repeated_under_its_key_is_answered_and_not_repeated(bureau: Bureau):
    asked = {"kind": "POVERTY_REGISTRY", "division": COUNTY, "snapshot_on": "2020-02-28"}
    headers = {"Content-Type": "text/csv", "Idempotency-Key": "upload-1"}
    rows = ten()
    answers = [
        await bureau.clerk.post("/v1/registers", params=asked, content=as_csv(rows), headers=headers) for _ in range(2)
    ]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert await kept(bureau) == (1, 10, 10)
    other = await bureau.clerk.post("/v1/registers", params=asked, content=as_csv(rows[:4]), headers=headers)
    assert other.json()["type"] == "/problems/idempotency-key-reused"


async def test_columns_are_mapped_once_and_the_newest_mapping_counts(bureau: Bureau):
    named = {**REGISTRY, "household": "编号"}
    words = {"status": {"贫困户": "NOT_OUT"}, "village": {"七营村": "640522105201"}}
    body = {"division": COUNTY, "kind": "POVERTY_REGISTRY", "columns": named, "words": words}
    assert (await bureau.clerk.post("/v1/register-mappings", json=body)).status_code == 201
    assert (await bureau.uploads("POVERTY_REGISTRY", as_csv(ten()))).json()["type"] == "/problems/wrong-columns"
    rows = [{"编号" if k == "户编号" else k: v for k, v in row.items()} for row in ten()]
    for row in rows:
        row["脱贫状态"], row["村"] = "贫困户", "七营村"
    assert (await bureau.uploads("POVERTY_REGISTRY", as_csv(rows))).json()["kept"] == 10
    told = (await bureau.clerk.get("/v1/register-mappings")).json()["items"]
    assert [(m["kind"], m["columns"]["household"]) for m in told] == [
        ("POVERTY_REGISTRY", "户编号"),
        ("BENEFICIARIES", "家庭编号"),
        ("POVERTY_REGISTRY", "编号"),
    ]


WRONG_MAPPINGS = [
    ({k: v for k, v in REGISTRY.items() if k != "status"}, {}, "status"),
    ({**REGISTRY, "colour": "颜色"}, {}, "colour"),
    ({**REGISTRY, "illness": "因残"}, {}, "illness"),
    (REGISTRY, {"status": {"贫困户": "POOR"}}, "status"),
]


@pytest.mark.parametrize(("columns", "words", "named"), WRONG_MAPPINGS)
async def test_a_mapping_that_is_incomplete_or_wrong_is_refused(bureau: Bureau, columns, words, named):
    body = {"division": COUNTY, "kind": "POVERTY_REGISTRY", "columns": columns, "words": words}
    answer = await bureau.clerk.post("/v1/register-mappings", json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/mapping-incomplete")
    assert named in answer.json()["detail"]


async def test_without_a_mapping_or_for_another_county_or_in_the_future_nothing_is_taken(bureau: Bureau):
    assert (await bureau.uploads("PREVENTION", as_csv(ten()))).json()["type"] == "/problems/mapping-missing"
    future = await bureau.uploads("POVERTY_REGISTRY", as_csv(ten()), snapshot_on="2020-03-03")
    assert future.status_code == 422
    elsewhere = await bureau.uploads("POVERTY_REGISTRY", as_csv(ten()), division="640521000000")
    assert elsewhere.status_code == 403
    other = await bureau.uploads("POVERTY_REGISTRY", as_csv(ten()), media="application/json")
    assert other.status_code == 415
    assert await kept(bureau) == (0, 0, 0)


async def test_the_four_groups_need_a_known_programme(bureau: Bureau):
    r = Registers()
    r.covers("L", r.people(1), "城市低保")
    answer = await bureau.uploads("BENEFICIARIES", as_csv(r.left))
    assert answer.json()["errors"][0]["field"] == f"2/{BENEFICIARIES['programme']}"
