"""What a hostile client sends: a lawful body of every POST of eligibility, and what may stand where a value stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.services.eligibility_county import COUNTY
from tests.services.eligibility_programmes import VILLAGE, Someone, care, elder, tekun

from doudi.testing import Running

WHO = "00000000-0000-0000-0000-000000000001"
MEANS = {
    "income_year": "1.00", "deductions_year": "0.00", "rigid_year": "0.00", "deposits": "0.00",
    "verified_breaches": ["CAR"],
    "items": [{"kind": "WAGES", "amount": "1.00", "person_id": WHO}],
    "supporters": [{"per_capita_month": "1.00", "supported": 1, "supported_here": 1}],
    "assets": [{"kind": "CAR", "amount": "1.00", "verified": False}],
}  # fmt: skip
NEWCOMER = {
    "person_id": "00000000-0000-0000-0000-00000000abcd", "id_number": "640522198001010026",
    "birth_date": "1980-01-01", "labour": "NONE",
}  # fmt: skip
LOOK = {
    "means": MEANS,
    "members": [{"person_id": WHO, "labour": "NONE"}],
    "added": [NEWCOMER],
    "left": [],
    "insured": None,
}
ACCOUNT = {
    "payee_person_id": WHO, "payee_name": "马某", "payee_id_number": "640522188001010027",
    "number": "6222020000000000000", "bank_code": "402",
}  # fmt: skip


MULTIPLE = {"category": "MULTIPLE", "grade": 1, "parts": [{"category": "LIMB", "grade": 1}]}


@dataclass(frozen=True)
class Post:
    """One request that is lawful, or would be in another state. `kept`: a refusal of it is recorded on purpose."""

    path: str
    body: Any = None
    query: str = ""
    kept: bool = False


async def some(s: Running, sql: str) -> str:
    """The id of something that is there."""
    (row, *_) = await s.fetch(sql)
    return str(row["id"])


_IDS = {
    "case": "SELECT id FROM county_case WHERE status = 'COUNTY'",
    "proposed": "SELECT id FROM county_case WHERE status LIKE 'POST%'",
    "award": "SELECT id FROM award ORDER BY id",
    "member": "SELECT person_id AS id FROM award_line ORDER BY award_id, person_id",
    "step": "SELECT id FROM intervention ORDER BY id",
    "posting": "SELECT id FROM posting ORDER BY id",
    "made": "SELECT id FROM determination ORDER BY id",
    "personal": "SELECT id FROM programme_case WHERE status = 'POSTING' ORDER BY id",
    "granted": "SELECT id FROM programme_award ORDER BY id",
    "price": "SELECT id FROM price_run ORDER BY id",
    "register": "SELECT id FROM register_file WHERE kind = 'POVERTY_REGISTRY' ORDER BY id",
    "comparison": "SELECT id FROM comparison ORDER BY id",
    "task": "SELECT id FROM ledger_task ORDER BY id",
}


async def posts(s: Running) -> list[Post]:
    """Every POST, with ids of what is there."""
    ids = {name: await some(s, sql) for name, sql in _IDS.items()}
    return [made for of in (_cases, _awards, _numbers, _applications, _persons, _ledger) for made in of(**ids)]


def _cases(case: str, proposed: str, made: str, posting: str, **_: str) -> list[Post]:
    extra = {"person_id": WHO, "group": "MINOR", "reason": "仍有困难"}
    return [
        Post(f"cases/{case}/prepare", {"insured": [WHO], "special_case": "COLLECTIVE_DECISION", "extras": [extra]}),
        Post(f"cases/{case}/check", {"agrees": False}),
        Post(f"cases/{case}/visits", {"visited_on": "2020-03-02", "visitors": ["a", "b"]}),
        Post(f"cases/{case}/report"),
        Post(f"cases/{case}/extend", {"reason": "情况特殊"}),
        Post(f"cases/{case}/refusal-notice"),
        Post(f"cases/{case}/propose", kept=True),
        Post(f"cases/{proposed}/answer-objection", {"statement": "已核实"}, kept=True),
        Post(f"cases/{proposed}/decide", {"outcome": "REFUSED", "reason": "收入"}, kept=True),
        Post(f"cases/{case}/return", {"reason": "材料"}),
        Post(f"determinations/{made}/recompute", query="under=RS2021&on=2021-08-01"),
        Post(f"postings/{posting}/objections", {"statement": "有车"}),
    ]


def _awards(award: str, member: str, step: str, personal: str, **_: str) -> list[Post]:
    stop = {"kind": "STOP", "ground": "INCOME_OVER", "reason": "收入", "look": LOOK}
    groups = [{"members": [member], "means": MEANS, "account": ACCOUNT}]
    proposals = [
        stop,
        {**stop, "kind": "TAPER", "person_id": member, "employer": "公司", "months": 3},
        {**stop, "kind": "SPLIT", "groups": groups},
        {**stop, "kind": "MERGE", "others": [award]},
        {**stop, "kind": "MOVE", "division": "640521000000"},
        {**stop, "kind": "REDUCE", "person_id": member, "keeps": "1.00"},
        {**stop, "kind": "TRANSFER", "programme": "DIBAO_U", "application_id": personal},
    ]
    offer = {"person_id": member, "offered_on": "2020-03-01", "outcome": "REFUSED"}
    return [
        Post(f"awards/{award}/review", LOOK),
        Post(f"awards/{award}/changes", {"kind": "MOVED", "happened_on": "2020-03-01", "person_id": member}),
        Post(f"awards/{award}/work-offers", offer),
        *(Post(f"awards/{award}/interventions", proposal) for proposal in proposals),
        Post(f"awards/{award}/begin-review"),
        Post(f"awards/{award}/hold", {"reason": "ALIVE_CHECK_MISSED"}),
        Post(f"awards/{award}/resume"),
        Post(f"interventions/{step}/hearing", {"hearing": "HEARD", "statement": "不同意"}),
        *(Post(f"interventions/{step}/{verb}") for verb in ("notice", "check", "accept", "decide")),
        Post(f"interventions/{step}/drop", {"reason": "撤回"}),
    ]


def _numbers(case: str, **_: str) -> list[Post]:
    document = {"valid_from": "2021-01-01", "document": "海政发〔2020〕1号"}
    draft = {"standard": "dibao.rural", "amount": "440.00", "period": "MONTH"}
    change = {"key": "dibao.rigid_ratio", "value": "1.1", "period": None, "division": COUNTY}
    when = {"division": COUNTY, "from_month": "2020-04"}
    return [
        Post("standards", {**draft, **document, "division": COUNTY}),
        Post("redeterminations", {**when, "draft": {**draft, **document}}),
        Post("redeterminations", {**when, "standard_ids": [case]}),
        Post(f"redeterminations/{case}/approve", {"sha256": "0" * 64}),
        Post(f"redeterminations/{case}/execute"),
        Post("simulations", {**when, "standard": draft, "changes": [change]}),
    ]


def _applications(award: str, **_: str) -> list[Post]:
    applicant = Someone("1950-01-01")
    body = {
        "person_id": str(applicant.person_id), "name": "马某", "id_number": applicant.id_number, "division": VILLAGE,
        "account": {"number": "6222020000000000000", "bank_code": "402"}, "relatives": ["someone"],
    }  # fmt: skip
    income = {"kind": "RENT", "amount_month": "1.00"}
    parent = {"gone": None, "custody_months": 7, "lost_months": 0}
    kinds = [
        tekun(
            "EAT", supporters=[{"born": "1975-01-01", "disability": MULTIPLE}], disability=MULTIPLE, incomes=[income]
        ),
        care(disability=MULTIPLE, elder_nursing="1.00"),
        elder(incomes=["WAGES"]),
        {"programme": "DEFACTO", "parents": [parent, parent]},
    ]
    made = [Post("programme-applications", {**body, "facts": facts}) for facts in kinds]
    return [*made, Post("programme-applications", {**body, "facts": care(), "in_place_of": award})]


def _persons(personal: str, granted: str, price: str, **_: str) -> list[Post]:
    bodies = {
        "recompute": None,
        "post": {"answer": "已核实"},
        "prepare": None,
        "check": {"agrees": True},
        "visits": {"visited_on": "2020-03-02", "visitors": ["a", "b"]},
        "hearing": {"heard_on": "2020-03-02", "statement": "不同意"},
        "decide": {"outcome": "REFUSED", "reason": "有车"},
        "refusal-notice": None,
        "withdraw": None,
    }
    changed = {"facts": care(disability=MULTIPLE), "circumstances": ["ASKS_TO_LEAVE"]}
    return [
        *(Post(f"programme-applications/{personal}/{verb}", body) for verb, body in bodies.items()),
        Post(f"programme-applications/{personal}/change-over"),
        Post(f"programme-postings/{personal}/objections", {"statement": "有车"}),
        Post(f"programme-awards/{granted}/changes", changed),
        Post("price-subsidies", {"division": COUNTY, "month": "2020-02"}),
        Post(f"price-subsidies/{price}/check"),
        Post(f"price-subsidies/{price}/sign"),
    ]


def _ledger(register: str, comparison: str, task: str, case: str, **_: str) -> list[Post]:
    mapping = {
        "columns": {"household": "户编号", "name": "姓名"},
        "words": {"status": {"未脱贫": "NOT_OUT"}},
    }
    return [
        Post("register-mappings", {"division": COUNTY, "kind": "POVERTY_REGISTRY", **mapping}),
        Post("registers", query=f"kind=POVERTY_REGISTRY&division={COUNTY}&snapshot_on=2020-02-28"),
        Post("comparisons", {"register_id": register, "beneficiaries_id": register}),
        Post(f"comparisons/{comparison}/probables/1/settle", {"verdict": "SAME", "reason": "同一人"}),
        Post(f"ledger-tasks/{task}/close", {"outcome": "DONE", "reason": "已核查"}),
        Post("ledger-reports", {"division": COUNTY, "kind": "POVERTY_REGISTRY", "quarter": "2020Q1"}),
        Post(f"ledger-reports/{case}/sign"),
    ]


POISON: list[str] = [
    "null", "true", "0", "-1", "1.5", "1e400", "1e308", "NaN", "Infinity", "9" * 400, str(2**63), str(2**31),
    '""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udfff\\ud800x"', '"\U0001f600"', '"--;DROP TABLE x"',
    '"%s%n{0}"', '"-1.00"', '"99999999999.99"', '"999999999999.00"', '"1e5"', '"NaN"', '"0.001"', '"CNY 5.00"',
    '"9999-12-31"', '"9999-12"', '"0001-01-01"', '"0001-01"', '"0000-00-00"', '"2020-02-30"', '"2020-03-02T00:00Z"',
    '"12:00"', '"000000000000"', '"110000000000"', '"640521000000"', '"640522999999"', '"６４０５２２０００００１"',
    '"00000000-0000-0000-0000-000000000000"', '"ffffffff-ffff-ffff-ffff-ffffffffffff"', '"RS9999"',
    "[]", "{}", "[null]", '["a\\u0000b"]', '["\\ud800"]', '[["\\u0000"]]', '{"a":"\\u0000"}', '{"\\ud800":1}',
    '{"amount":"1.00","currency":"USD"}', '["1.00","2.00"]', '"' + "长" * 3_000 + '"',
    "[" + ",".join(["1"] * 2_000) + "]", "[" * 500 + "]" * 500,
    '[' + ",".join(['"00000000-0000-0000-0000-000000000001"'] * 50) + "]",
]  # fmt: skip
"""JSON texts that stand in the place of a value."""
HOLE = "\x01hole\x01"


def leaves(value: Any) -> Iterator[Any]:
    """The value once for each place in it, with a hole there. Also a field that nobody knows."""
    yield HOLE
    if isinstance(value, dict):
        for key, inner in value.items():
            for made in leaves(inner):
                yield {**value, key: made}
        yield {**value, "nobody_knows": HOLE}
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            for made in leaves(inner):
                yield [*value[:place], made, *value[place + 1 :]]


def filled(holed: Any, poison: str) -> bytes:
    """The JSON with the poison in the hole."""
    return json.dumps(holed, ensure_ascii=False).replace(json.dumps(HOLE), poison).encode("utf-8", "surrogatepass")
