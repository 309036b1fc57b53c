"""A register as it is handed in: its columns, the words of its cells, and one row, read or refused (domain §5.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from doudi.division import Division, Level
from doudi.money import Money, MoneyError
from eligibility.rules import matching

Kind = Literal["POVERTY_REGISTRY", "PREVENTION", "BENEFICIARIES"]
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "POVERTY_REGISTRY": ("household", "name", "id_number", "village", "status"),
    "PREVENTION": ("household", "name", "id_number", "village", "status"),
    "BENEFICIARIES": ("household", "name", "id_number", "village", "programme"),
}
OPTIONAL = (
    "birth_date", "sex", "state", "labour", "no_way_out", "illness", "disability", "sudden", "no_income",
    "deep_poverty", "cannot_change", "income_year", "class", "in_taper", "stopped_on",
)  # fmt: skip
MARKS = ("no_way_out", "illness", "disability", "sudden", "no_income", "deep_poverty", "cannot_change")
"""What a register says of a household; each is one bit of `marks`, in this order from the lowest."""
_YES_NO = {"是": "1", "有": "1", "√": "1", "1": "1", "否": "", "无": "", "0": "", "": ""}
WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "未脱贫": "NOT_OUT", "已脱贫": "OUT", "脱贫": "OUT", "返贫": "RETURNED", "脱贫不稳定户": "NOT_OUT",
        "边缘易致贫户": "NOT_OUT", "突发严重困难户": "NOT_OUT", "风险已消除": "OUT", "风险消除": "OUT",
    },
    "programme": {"农村低保": "DIBAO_R", "特困": "TEKUN", "特困供养": "TEKUN", "高龄": "ELDER", "高龄津贴": "ELDER",
                  "孤儿": "ORPHAN"},
    "state": {"": "NORMAL", "正常": "NORMAL", "死亡": "DEAD", "迁出": "MOVED", "服刑": "IN_CUSTODY",
              "在押": "IN_CUSTODY"},
    "labour": {"": "", "普通劳动力": "FULL", "技能劳动力": "FULL", "有劳动能力": "FULL",
               "弱劳动力或半劳动力": "PARTIAL", "部分丧失劳动能力": "PARTIAL", "丧失劳动力": "NONE",
               "无劳动力": "NONE", "完全丧失劳动能力": "NONE"},
    "sex": {"": "", "男": "M", "女": "F"},
    "class": {"": "", "A": "A", "B": "B", "C": "C", "A类": "A", "B类": "B", "C类": "C"},
    "in_taper": _YES_NO,
    **dict.fromkeys(MARKS, _YES_NO),
}  # fmt: skip
"""What the cells usually say; a mapping adds a county's own words."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be read: the row's number in the file (the header is 1), our field, what stands there."""

    n: int
    field: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a register, read. `number` says whether there is a good ID number in `id_number`."""

    n: int
    household: str
    name: str
    id_number: str
    number: Literal["OK", "INVALID", "MISSING"]
    village: str
    born: date | None
    sex: str | None
    state: str
    status: str | None
    programme: str | None
    stopped_on: date | None
    assistance_class: str | None
    in_taper: bool
    labour: str | None
    marks: int
    income_year: int | None


@dataclass
class Reader:
    """Reads the rows of one file by a county's columns and words."""

    kind: str
    division: Division
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    snapshot_on: date
    _problems: list[Problem] = field(default_factory=list)
    _words: dict[str, dict[str, str]] = field(default_factory=dict)
    _places: list[tuple[str, int]] = field(default_factory=list)
    _villages: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, usual in WORDS.items():
            codes = {code: code for code in usual.values()}
            self._words[name] = {**codes, **usual, **self.words.get(name, {})}
        self._marks = [(mark, 1 << i) for i, mark in enumerate(MARKS) if mark in self.columns]

    def missing(self, header: Iterable[str]) -> list[str]:
        """The mapped columns that the file has not."""
        there = set(header)
        return sorted(name for name in self.columns.values() if name not in there)

    def twice(self, header: Sequence[str]) -> list[str]:
        """The mapped columns that the file has more than once: nobody knows which one is meant."""
        return sorted(name for name in self.columns.values() if header.count(name) > 1)

    def begin(self, header: Sequence[str]) -> None:
        """Where the columns are, for all rows that follow. Nothing mapped is missing."""
        places = {name: place for place, name in enumerate(header)}
        self._places = [(f, places[column]) for f, column in self.columns.items()]

    def read(self, n: int, cells: Sequence[str]) -> Row | list[Problem]:
        """The person of a row, or what is wrong with it, cell by cell; a row may be shorter than its header.

        No cell has spaces around it (`ledger_files.rows`).
        """
        self._problems, there = [], len(cells)
        text = {f: cells[place] if place < there else "" for f, place in self._places}
        self._broken(n, text)
        text["household"] = _plain(text["household"])
        for name in ("household", "name"):
            if not text[name]:
                self._bad(n, name, "", "不得为空")
        for name in ("household", "name", "id_number"):
            if len(text[name]) > _LONGEST:
                self._bad(n, name, text[name], f"超过 {_LONGEST} 个字符")
        number = matching.number_of(text["id_number"])
        born = self._day(n, "birth_date", text) or (number.birth_date if number else None)
        row = Row(
            n=n,
            household=text["household"],
            name=text["name"],
            id_number=number.value if number else text["id_number"],
            number="OK" if number else "INVALID" if text["id_number"] else "MISSING",
            village=self._village(n, text["village"]),
            born=born,
            sex=self._word(n, "sex", text) or (number.sex if number else None),
            state=self._word(n, "state", text) or "NORMAL",
            status=self._needed(n, "status", text),
            programme=self._needed(n, "programme", text),
            stopped_on=self._day(n, "stopped_on", text),
            assistance_class=self._word(n, "class", text) or None,
            in_taper=bool(self._word(n, "in_taper", text)),
            labour=self._word(n, "labour", text) or None,
            marks=sum(bit for mark, bit in self._marks if self._word(n, mark, text)),
            income_year=self._money(n, "income_year", text),
        )
        return self._problems or row

    def _broken(self, n: int, text: Mapping[str, str]) -> None:
        """What a spreadsheet made of a cell that was something else before."""
        for name in ("household", "name", "id_number"):
            found = text[name]
            if found.startswith(("=", "#")) and _FAILED.fullmatch(found):
                self._bad(n, name, found, "单元格是公式或公式错误，请粘贴为数值")
            elif not found.isprintable() and _CONTROL.search(found):
                self._bad(n, name, found, "含有控制字符")
            elif name != "name" and _SCIENTIFIC.fullmatch(found):
                self._bad(n, name, found, "号码被存为数字，末位已丢失，请改为文本格式重新填写")

    def _bad(self, n: int, name: str, what: str, reason: str) -> None:
        self._problems.append(Problem(n, self.columns.get(name, name), what[:40], reason))

    def _word(self, n: int, name: str, text: Mapping[str, str]) -> str:
        """Our code for a cell's word; the code itself is a word too."""
        found = text.get(name, "")
        code = self._words[name].get(found)
        if code is None:
            self._bad(n, name, found, "无法识别的取值，请在列映射中说明")
            return ""
        return code

    def _needed(self, n: int, name: str, text: Mapping[str, str]) -> str | None:
        if name not in self.columns:
            return None
        if not text[name]:
            self._bad(n, name, "", "不得为空")
            return None
        return self._word(n, name, text) or None

    def _village(self, n: int, text: str) -> str:
        text = _plain(text)
        if (code := self._villages.get(text)) is not None:
            return code
        code = self.words.get("village", {}).get(text, text)
        if re.fullmatch(r"[0-9]{12}", code) and code.startswith(self.division.prefix) and _is_village(code):
            if len(self._villages) < _MOST_KNOWN:
                self._villages[text] = code
            return code
        self._bad(n, "village", text, "应为本辖区的 12 位村（居）代码，或在列映射中说明的村名")
        return ""

    def _day(self, n: int, name: str, text: Mapping[str, str]) -> date | None:
        found = text.get(name, "")
        if not found:
            return None
        day = _day_of(_plain(found))
        if day is None:
            self._bad(n, name, found, "无法识别的日期")
        elif day.year < _OLDEST or day > self.snapshot_on:
            self._bad(n, name, found, "日期早于 1900 年或晚于快照日期")
        return day

    def _money(self, n: int, name: str, text: Mapping[str, str]) -> int | None:
        found = _plain(text.get(name, "")).replace(",", "").removesuffix("元")
        if not found:
            return None
        try:
            return Money.yuan(found).fen
        except MoneyError:
            self._bad(n, name, found, "应为金额（元，最多两位小数）")
            return None


_OLDEST = 1900
_LONGEST = 100
"""Characters of a cell that names somebody; whatever is longer is something else."""
_FAILED = re.compile(r"=.*|#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,3}", re.ASCII)
_FORMS = ("%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y年%m月%d日")


def _plain(text: str) -> str:
    """Full-width digits and letters as the plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _day_of(text: str) -> date | None:
    if len(text) == _DIGITS and text.isdecimal():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if len(text) == _ISO and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day, not a moment
        except ValueError:
            continue
    return None


_ISO, _DIGITS = len("2019-03-11"), len("20190311")


def _is_village(code: str) -> bool:
    if code in _KNOWN:
        return _KNOWN[code]
    try:
        known = Division(code).level is Level.VILLAGE
    except ValueError:
        known = False
    if len(_KNOWN) < _MOST_KNOWN:
        _KNOWN[code] = known
    return known


_KNOWN: dict[str, bool] = {}
_MOST_KNOWN = 10_000
"""Villages that were looked up once; bounded, since a file may hold anything."""
