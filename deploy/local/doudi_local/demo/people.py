"""Forty-two invented households of 海原县, always the same ones. Nobody is meant: no number begins with 640599."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from doudi.division import Division
from doudi.identity import check_digit

COUNTY = "640522000000"
TOWNSHIPS = (
    "640522100", "640522101", "640522103", "640522104", "640522105", "640522200", "640522201", "640522202",
    "640522206", "640522207", "640522208", "640522209", "640522210", "640522211", "640522212", "640522213",
    "640522214",
)  # fmt: skip
_NOWHERE = "640599"  # GB/T 2260 has no such county, so nobody's number begins with it
_SEED = 2019_03_11
_SURNAMES = "马田杨李王罗何海丁金白张苏虎穆"
_MEN = ("国强", "建军", "志明", "文海", "小龙", "成林", "玉山", "少华", "占山", "有福", "生虎", "宏伟")
_WOMEN = ("秀兰", "桂花", "玉梅", "晓燕", "小云", "春花", "菊英", "淑珍", "凤霞", "艳红", "金莲", "彩霞")
_BANK = "NXRCU"


@dataclass(frozen=True)
class Member:
    """A person as the window is told. `labour`: FULL, PARTIAL or NONE."""

    relation: str
    name: str
    id_number: str
    labour: str
    student: bool = False
    earns: bool = False
    seriously_ill: bool = False
    disability: dict[str, Any] | None = None


@dataclass
class Family:
    """A household and its story. `means` in yuan per year; ids are filled in as the services give them."""

    number: int
    story: str
    village: str
    members: list[Member]
    means: dict[str, Any]
    account: str
    ids: list[str] = field(default_factory=list)
    household: str = ""
    application: str = ""

    @property
    def township(self) -> str:
        """Its township's code."""
        return self.village[:9] + "000"

    @property
    def hukou(self) -> str:
        """Rural, but for the families of the county town."""
        return "URBAN" if self.story == "URBAN" else "RURAL"

    @property
    def stated(self) -> dict[str, Any]:
        """The means as they are stated at the window: as sums, or by item where the household is urban."""
        if self.hukou == "RURAL":
            return self.means
        items = [{"person_id": self.head, "kind": "WAGES", "amount": self.means["income_year"]}]
        assets = [{"person_id": self.head, "kind": "DEPOSIT", "amount": self.means["deposits"]}]
        return {"items": items, "assets": assets}

    @property
    def head(self) -> str:
        """The applicant's id."""
        return self.ids[0]

    @property
    def bank_account(self) -> dict[str, str]:
        """Where the money is to go."""
        return {"payee_person_id": self.head, "number": self.account, "bank_code": _BANK}


# Story: how often, members as (relation, age, labour, extra), income of the unit per year and person, further means.
_ELDER = {"labour": "NONE"}
_ABLE = {"labour": "FULL"}
_PUPIL = {"labour": "NONE", "student": True}
_STORIES: tuple[tuple[str, int, tuple[tuple[str, int, dict[str, Any]], ...], str, dict[str, Any]], ...] = (
    ("ELDERLY_COUPLE", 5, (("HEAD", 74, _ELDER), ("SPOUSE", 71, _ELDER)), "0", {}),
    ("ALONE", 3, (("HEAD", 77, _ELDER),), "600", {}),
    (
        "WIDOW",
        6,
        (("HEAD", 41, {"labour": "PARTIAL"}), ("CHILD", 13, _PUPIL), ("CHILD", 9, _PUPIL)),
        "1800",
        {"labour_missing": True},
    ),
    (
        "DISABLED",
        4,
        (
            ("HEAD", 52, {"labour": "PARTIAL", "disability": {"category": "LIMB", "grade": 3}}),
            ("SPOUSE", 50, {"labour": "NONE", "disability": {"category": "INTELLECTUAL", "grade": 2}}),
        ),
        "2000",
        {},
    ),
    (
        "LOW_INCOME",
        9,
        (("HEAD", 45, {**_ABLE, "earns": True}), ("SPOUSE", 43, _ABLE), ("CHILD", 12, _PUPIL), ("PARENT", 76, _ELDER)),
        "3600",
        {},
    ),
    (
        "ILLNESS",
        3,
        (("HEAD", 48, {**_ABLE, "earns": True}), ("SPOUSE", 46, {"labour": "NONE", "seriously_ill": True}),
         ("CHILD", 16, _PUPIL)),
        "8000",
        {"rigid_year": "30000.00", "rigid_cause": "SERIOUS_ILLNESS", "deposits": "0.00"},
    ),
    (
        "AT_THE_LINE",
        3,
        (("HEAD", 39, {**_ABLE, "earns": True}), ("SPOUSE", 38, _ABLE), ("CHILD", 10, _PUPIL)),
        "4560",
        {},
    ),
    (
        "ONE_INSURED",
        1,
        (("HEAD", 45, {**_ABLE, "earns": True}), ("SPOUSE", 43, _ABLE), ("CHILD", 20, {**_ABLE, "earns": True}),
         ("PARENT", 76, {"labour": "PARTIAL"})),
        "3600",
        {},
    ),
    ("OBJECTED", 1, (("HEAD", 55, {"labour": "PARTIAL"}), ("SPOUSE", 53, {"labour": "PARTIAL"})), "2400", {}),
    ("HAS_A_SHOP", 2, (("HEAD", 36, {**_ABLE, "earns": True}), ("SPOUSE", 35, _ABLE)), "3000", {}),
    ("WITHDRAWS", 1, (("HEAD", 29, {**_ABLE, "earns": True}), ("CHILD", 4, {"labour": "NONE"})), "4000", {}),
    ("ACCOUNT_CLOSED", 1, (("HEAD", 68, _ELDER), ("SPOUSE", 66, _ELDER)), "300", {}),
    ("WITHOUT_CONSENT", 1, (("HEAD", 60, _ELDER), ("SPOUSE", 58, _ELDER)), "1200", {}),
    (
        "URBAN",
        2,
        (("HEAD", 40, {**_ABLE, "earns": True}), ("SPOUSE", 39, {"labour": "PARTIAL"}), ("CHILD", 11, _PUPIL)),
        "3600",
        {},
    ),
)  # fmt: skip
CLOSED_ACCOUNT_ENDING = "0001"


def families(on: date) -> list[Family]:
    """The households, the same each time; ages are as of `on`."""
    chance = random.Random(_SEED)
    told = [story for story in _STORIES for _ in range(story[1])]
    made = []
    sequence = iter(range(1, 999))
    for number, (story, _, places, per_person, further) in enumerate(told, 1):
        surname = chance.choice(_SURNAMES)
        members = [_member(place, surname, chance, on, next(sequence)) for place in places]
        income = f"{int(per_person) * len(members)}.00"
        ending = CLOSED_ACCOUNT_ENDING if story == "ACCOUNT_CLOSED" else f"{2000 + number}"
        made.append(
            Family(
                number, story, f"{TOWNSHIPS[number % len(TOWNSHIPS)]}{200 + number % 7:03d}", members,
                {"income_year": income, "deposits": "800.00", **further}, f"622304052210{number:03d}{ending}",
            )
        )  # fmt: skip
    return made


def citizen(born: date, sequence: int) -> str:
    """A well-formed ID number of nobody; the sequence's parity is the sex (odd: male)."""
    body = f"{_NOWHERE}{born:%Y%m%d}{sequence:03d}"
    return body + check_digit(body)


def _member(
    place: tuple[str, int, dict[str, Any]], surname: str, chance: random.Random, on: date, sequence: int
) -> Member:
    relation, age, extra = place
    male = chance.random() < 1 / 2 if relation == "CHILD" else relation == "HEAD"
    born = date(on.year - age - 1, chance.randint(3, 12), chance.randint(1, 28))
    if relation == "SPOUSE" or (relation == "PARENT"):
        surname = chance.choice(_SURNAMES)
    name = surname + chance.choice(_MEN if male else _WOMEN)
    number = sequence if sequence % 2 == male else sequence + 500 if (sequence + 500) % 2 == male else sequence + 499
    return Member(relation, name, citizen(born, number), **extra)


def village_name(family: Family) -> str:
    """As a person would say it."""
    return Division(family.village).name
