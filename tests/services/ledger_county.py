"""A county's two registers with every kind of difference planted, and the officers who lay them side by side."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from doudi.auth import Role
from doudi.identity import check_digit
from doudi.testing import Running

COUNTY, VILLAGE = "640522000000", "640522105201"
SNAPSHOT = "2020-02-28"
REGISTRY = {
    "household": "户编号", "name": "姓名", "id_number": "证件号码", "village": "村", "status": "脱贫状态",
    "birth_date": "出生日期", "sex": "性别", "state": "人员状态", "labour": "劳动能力",
    "no_way_out": "无法依靠产业就业", "illness": "因病", "disability": "因残", "sudden": "因灾",
    "no_income": "无收入来源", "deep_poverty": "深度贫困",
    "cannot_change": "无法改变", "income_year": "人均纯收入",
}  # fmt: skip
BENEFICIARIES = {
    "household": "家庭编号", "name": "姓名", "id_number": "身份证号", "village": "村代码", "programme": "救助类别",
    "birth_date": "出生日期", "sex": "性别", "state": "人员状态", "class": "低保类别", "in_taper": "渐退期",
    "stopped_on": "停发日期", "income_year": "人均年收入",
}  # fmt: skip
_SURNAMES, _NAMES = "马王李田杨周张丁黑金", "建国秀兰明华梅花小军志强玉红海燕"


@dataclass(frozen=True)
class Somebody:
    """A person of both registers, or of one."""

    name: str
    id_number: str
    born: date
    sex: str


def somebody(number: int, age: int | None = None) -> Somebody:
    """The same person for the same number; nobody else has this ID number."""
    r = random.Random(number)
    years = age if age is not None else r.randint(20, 58)
    born = date(2020 - years, 1, 1) + timedelta(days=number % 28)
    sex = "男" if number % 2 else "女"
    first = f"640522{born:%Y%m%d}{number // 28 % 500 * 2 + number % 2:03d}"
    name = r.choice(_SURNAMES) + r.choice(_NAMES) + r.choice(_NAMES) + str(number)
    return Somebody(name, first + check_digit(first), born, sex)


Finding = tuple[str, str, str | None, str | None]
"""(code, note, left household, right household)"""


@dataclass
class Registers:
    """Both sides as rows of cells, and what a comparison has to find in them."""

    left: list[dict[str, str]] = field(default_factory=list)
    right: list[dict[str, str]] = field(default_factory=list)
    expected: list[Finding] = field(default_factory=list)
    numbers: int = 0

    def people(self, count: int, age: int | None = None) -> list[Somebody]:
        """New people."""
        self.numbers += count
        return [somebody(self.numbers - i, age) for i in range(count)]

    def covers(self, home: str, people: Sequence[Somebody], programme: str = "农村低保", **more: str) -> None:
        """People of the four groups."""
        usual = {"class": "B" if programme == "农村低保" else "", "income_year": "2000.00"}
        self.left += [self._row(BENEFICIARIES, home, p, {"programme": programme, **usual, **more}) for p in people]

    def registers(self, home: str, people: Sequence[Somebody], status: str = "未脱贫", **more: str) -> None:
        """People of the counterpart register."""
        usual = {"labour": "普通劳动力", "income_year": "5000.00"}
        self.right += [self._row(REGISTRY, home, p, {"status": status, **usual, **more}) for p in people]

    @staticmethod
    def _row(columns: dict[str, str], home: str, p: Somebody, more: dict[str, str]) -> dict[str, str]:
        cells = {
            "household": home, "name": p.name, "id_number": p.id_number, "village": VILLAGE,
            "birth_date": p.born.isoformat(), "sex": p.sex, **more,
        }  # fmt: skip
        return {column: cells.get(f, "") for f, column in columns.items()}

    def finds(self, code: str, note: str, left: str | None = None, right: str | None = None) -> None:
        """What has to be found."""
        self.expected.append((code, note, left, right))


def planted(ordinary: int, each: int) -> Registers:
    """Ordinary households in both registers, and every difference some times."""
    r = Registers()
    for i in range(ordinary):
        people = r.people(3)
        r.covers(f"L{i}", people)
        r.registers(f"R{i}", people)
        r.finds("BOTH", "IN_ORDER", f"L{i}", f"R{i}")
    for i in range(each):
        _one_sided(r, i)
        _of_households(r, i)
        _of_people(r, i)
    return r


def _one_sided(r: Registers, i: int) -> None:
    r.covers(f"ca{i}", r.people(2))
    r.finds("CA_ONLY", "NOT_REGISTERED", f"ca{i}")
    r.covers(f"tk{i}", r.people(1), "特困")
    r.finds("CA_ONLY", "NOT_REGISTERED", f"tk{i}")
    r.covers(f"el{i}", r.people(1, 82), "高龄")
    r.registers(f"pa{i}", r.people(2), labour="丧失劳动力")
    r.finds("PR_ONLY_LIKELY", "MUST", None, f"pa{i}")
    r.registers(f"pb{i}", r.people(2), labour="弱劳动力或半劳动力", no_way_out="是", illness="是")
    r.finds("PR_ONLY_LIKELY", "PRIORITY", None, f"pb{i}")
    r.registers(f"pc{i}", [*r.people(1), *r.people(1, 9)], income_year="4559.99")
    r.finds("PR_ONLY_LIKELY", "PRIORITY", None, f"pc{i}")
    r.registers(f"pu{i}", r.people(2), income_year="4560.00", illness="是")
    r.finds("PR_ONLY_UNLIKELY", "NOT_PASSED", None, f"pu{i}")
    r.registers(f"rt{i}", r.people(3), "返贫")
    r.finds("RETURNED", "NOT_PASSED", None, f"rt{i}")
    r.registers(f"out{i}", r.people(2), "已脱贫")
    gone = r.people(2)
    r.covers(f"st{i}", gone, stopped_on="2019-03-01")
    r.registers(f"sr{i}", gone)
    r.finds("STOPPED_STILL_POOR", "NOT_PASSED", None, f"sr{i}")
    gone = r.people(2)
    r.covers(f"so{i}", gone, stopped_on="2019-02-28")
    r.registers(f"sq{i}", gone)
    r.finds("PR_ONLY_UNLIKELY", "NOT_PASSED", None, f"sq{i}")


def _of_households(r: Registers, i: int) -> None:
    people = r.people(4)
    r.covers(f"gl{i}", people[:3])
    r.registers(f"gr{i}", people)
    r.finds("BOTH", "IN_ORDER", f"gl{i}", f"gr{i}")
    r.finds("MEMBER_GAP", "MEMBERS", f"gl{i}", f"gr{i}")
    people = r.people(2)
    key = {"labour": "丧失劳动力", "no_income": "是", "deep_poverty": "是", "cannot_change": "是"}
    r.covers(f"kl{i}", people)
    r.registers(f"kr{i}", people, **key)
    r.finds("BOTH", "KEY_NOT_A", f"kl{i}", f"kr{i}")
    for name, note, more in (
        ("xb", "KEEP_BELOW", {"income_year": "4559.99"}),
        ("xt", "KEEP_TAPER", {"income_year": "9000", "in_taper": "是"}),
        ("xr", "REVIEW", {"income_year": "4560.00"}),
    ):
        people = r.people(2)
        r.covers(f"{name}l{i}", people, **more)
        r.registers(f"{name}r{i}", people, "已脱贫")
        r.finds("EXITED_STILL_CA", note, f"{name}l{i}", f"{name}r{i}")
    people = r.people(3)
    r.covers(f"er{i}", people[:1], "孤儿")
    r.registers(f"eh{i}", people)
    r.finds("BOTH", "IN_ORDER", f"er{i}", f"eh{i}")


def _of_people(r: Registers, i: int) -> None:
    people = r.people(3)
    r.covers(f"nl{i}", people)
    r.registers(f"nr{i}", [*people[:2], Somebody("另一人", *_rest(people[2]))])
    r.finds("BOTH", "IN_ORDER", f"nl{i}", f"nr{i}")
    r.finds("ID_CONFLICT", "NAME_DIFFERS", f"nl{i}", f"nr{i}")
    people, more = r.people(2), r.people(1)[0]
    r.covers(f"il{i}", people)
    wrong = more.id_number[:-1] + ("0" if more.id_number[-1] != "0" else "1")
    r.registers(f"ir{i}", [*people, Somebody(more.name, wrong, more.born, more.sex)])
    r.finds("BOTH", "IN_ORDER", f"il{i}", f"ir{i}")
    r.finds("ID_CONFLICT", "RIGHT_INVALID", None, f"ir{i}")
    people = r.people(3)
    r.covers(f"dl{i}", people)
    r.registers(f"dr{i}", people[:2])
    r.registers(f"dr{i}", people[2:], state="死亡")
    r.finds("BOTH", "IN_ORDER", f"dl{i}", f"dr{i}")
    r.finds("STATUS_CONFLICT", "RIGHT_DEAD", f"dl{i}", f"dr{i}")
    people = r.people(2)
    r.covers(f"ul{i}", people)
    r.covers(f"uk{i}", people[:1], "特困")
    r.registers(f"ur{i}", people)
    r.finds("BOTH", "IN_ORDER", f"ul{i}", f"ur{i}")
    r.finds("BOTH", "IN_ORDER", f"uk{i}", f"ur{i}")
    r.finds("DUPLICATE_CA", "DIBAO_R+TEKUN", f"ul{i}")


def _rest(p: Somebody) -> tuple[str, date, str]:
    return p.id_number, p.born, p.sex


def as_csv(rows: Sequence[dict[str, str]], encoding: str = "utf-8") -> bytes:
    """The rows as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


class Bureau:
    """The officers of one county, and the poverty office."""

    def __init__(self, s: Running, division: str = COUNTY) -> None:
        self.s, self.division = s, division
        self.clerk = s.client(Role.COUNTY_CLERK, division, sub="county-clerk")
        self.leader = s.client(Role.COUNTY_LEADER, division, sub="county-leader")
        self.poverty_office = s.client(Role.DEPARTMENT, division, sub="poverty-office")

    async def maps(self) -> None:
        """Both mappings, once."""
        for kind, columns in (("POVERTY_REGISTRY", REGISTRY), ("BENEFICIARIES", BENEFICIARIES)):
            body = {"division": self.division, "kind": kind, "columns": columns}
            answer = await self.clerk.post("/v1/register-mappings", json=body)
            assert answer.status_code == 201, answer.text

    async def uploads(self, kind: str, content: bytes, media: str = "text/csv", **query: str) -> httpx.Response:
        """A file, whatever comes of it."""
        asked = {"kind": kind, "division": self.division, "snapshot_on": SNAPSHOT, **query}
        return await self.clerk.post("/v1/registers", params=asked, content=content, headers={"Content-Type": media})

    async def imports(self, kind: str, rows: Sequence[dict[str, str]], **query: str) -> str:
        """A file that is taken; its id."""
        answer = await self.uploads(kind, as_csv(rows), **query)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def starts(self, register: str, beneficiaries: str | None = None) -> str:
        """A comparison that is started; its id."""
        body = {"register_id": register, "beneficiaries_id": beneficiaries}
        answer = await self.clerk.post("/v1/comparisons", json=body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def compares(self, r: Registers) -> str:
        """Imports both sides and compares them; the comparison's id."""
        left = await self.imports("BENEFICIARIES", r.left) if r.left else None
        id_ = await self.starts(await self.imports("POVERTY_REGISTRY", r.right), left)
        await self.s.tick()
        return id_

    async def comparison(self, id_: str) -> dict[str, Any]:
        """How far it is."""
        found: dict[str, Any] = (await self.clerk.get(f"/v1/comparisons/{id_}")).json()
        return found

    async def all_of(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every page of a list."""
        items: list[dict[str, Any]] = []
        after: Any = None
        while True:
            asked = {"limit": 200, **query, **({"after": after} if after is not None else {})}
            page = (await self.clerk.get(path, params=asked)).json()
            items += page["items"]
            after = page["next"]
            if after is None:
                return items

    async def findings(self, id_: str) -> list[Finding]:
        """What was found, as it was planted."""
        return sorted(map(finding, await self.all_of(f"/v1/comparisons/{id_}/results")), key=str)


def finding(item: dict[str, Any]) -> Finding:
    """A result as (code, note, left, right)."""
    left, right = item["left"], item["right"]
    return item["code"], item["note"], left and left["number"], right and right["number"]
