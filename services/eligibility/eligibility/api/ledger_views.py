"""What the ledger comparison answers. Who somebody is stands only where an officer has to go there, masked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.service import Request, Tx, View
from eligibility.model import Comparison, LedgerTask, Probable
from eligibility.model.ledger import Code
from eligibility.rules import ledger
from eligibility.rules.matching import number_of
from eligibility.store import ledger as lists

CounterpartKind = Literal["POVERTY_REGISTRY", "PREVENTION"]
Owner = Literal["CIVIL_AFFAIRS", "POVERTY_OFFICE"]

NOTES = {
    "IN_ORDER": "两边均登记，类别相符", "CLASS_UNKNOWN": "两边均登记，低保类别未登记，应核对",
    "KEY_NOT_A": "属于重点保障对象，现非A类，应核对", "A_NOT_KEY": "现为A类，按对方台账不属于重点保障对象，应核对",
    "MEMBERS": "两边登记的家庭成员不同", "KEEP_BELOW": "已脱贫，收入低于低保标准，脱贫不脱保",
    "KEEP_TAPER": "已脱贫，处于渐退期，继续享受", "REVIEW": "已脱贫，收入不低于标准或未登记，应复核",
    "NOT_REGISTERED": "未登记在对方台账，转扶贫办按其标准核查", "PRIORITY": "符合筛查条件且属于优先纳入范围",
    "MUST": "符合主动发现的筛查条件", "NOT_PASSED": "未达到筛查条件", "NAME_DIFFERS": "身份号码相同而姓名不同",
    "LEFT_INVALID": "民政台账身份号码不合规", "LEFT_MISSING": "民政台账缺身份号码",
    "RIGHT_INVALID": "对方台账身份号码不合规", "RIGHT_MISSING": "对方台账缺身份号码",
    "LEFT_TWO_NAMES": "民政台账内同一身份号码有不同姓名", "RIGHT_TWO_NAMES": "对方台账内同一身份号码有不同姓名",
    "LEFT_DEAD": "仅民政台账登记为死亡", "LEFT_MOVED": "仅民政台账登记为迁出",
    "LEFT_IN_CUSTODY": "仅民政台账登记为服刑",
    "RIGHT_DEAD": "仅对方台账登记为死亡", "RIGHT_MOVED": "仅对方台账登记为迁出",
    "RIGHT_IN_CUSTODY": "仅对方台账登记为服刑",
}  # fmt: skip
_WHY = (
    "完全丧失劳动能力", "部分丧失劳动能力且无法依靠产业就业脱贫", "收入低于低保标准", "因大病致贫", "因重残致贫",
    "因突发事件致贫", "单老双老户", "有未成年人",
)  # fmt: skip


class StartComparison(Request):
    """Which register is compared, and with what: a file of the four groups, or (null) the awards of that day."""

    register_id: UUID
    beneficiaries_id: UUID | None = None


class CountView(View):
    """How often one thing was found."""

    results: int
    households: int
    actionable: int


class ComparisonView(View):
    """A comparison and how far it is. `same_day`: whether both snapshots are of one day (domain §5.2)."""

    id: UUID
    division: Division
    kind: CounterpartKind
    left_source: Literal["FILE", "AWARDS"]
    left_id: UUID
    right_id: UUID
    left_on: date
    right_on: date
    same_day: bool
    standard_source: str
    started_on: date
    started_by: str
    automatic: bool
    status: Literal["RUNNING", "DONE"]
    step: str
    steps_done: int
    steps: int
    runs: int
    counts: dict[str, CountView]
    unsettled: int
    fingerprint: str | None
    finished_on: date | None

    @classmethod
    async def of(cls, c: Comparison, tx: Tx) -> ComparisonView:
        """With what waits for a person."""
        steps = ("SNAPSHOT", "COMPARE", "TASKS", "ANNOUNCE", "DONE")
        return cls.model_validate(
            {
                **c.model_dump(),
                "same_day": c.left_on == c.right_on,
                "steps_done": steps.index(c.step),
                "steps": len(steps) - 1,
                "unsettled": await lists.unsettled(tx, c.id),
            }
        )


class PersonView(View):
    """Somebody of a household by a register; the number is masked."""

    name: str
    id_number: str
    number: Literal["OK", "INVALID", "MISSING"]
    state: str


class HouseholdView(View):
    """A household as a register has it."""

    household: UUID
    number: str
    people: list[PersonView]


Homes = Mapping[UUID, HouseholdView]


async def homes(tx: Tx, file_id: UUID, households: Sequence[UUID | None]) -> Homes:
    """These households opened, for an officer; each is noted as read."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in await lists.people(tx, file_id, sorted({h for h in households if h is not None})):
        who = json.loads(tx.keys.open(row["sealed"], "register.person"))
        found[row["household"]].append({**who, "state": row["state"], "number_state": row["number"]})
    for household in found:
        tx.saw("ledger-household", household)
    return {h: _home(h, people) for h, people in found.items()}


def _home(household: UUID, people: Sequence[Mapping[str, Any]]) -> HouseholdView:
    shown = [
        PersonView(name=p["name"], id_number=_masked(p["id_number"]), number=p["number_state"], state=p["state"])
        for p in people
    ]
    return HouseholdView(household=household, number=people[0]["household"], people=shown)


def _masked(text: str) -> str:
    number = number_of(text)
    return number.masked if number else text[:2] + "*" * max(0, len(text) - 4) + text[-2:] if text[4:] else "*"


class ResultView(View):
    """One finding. `overlap` = shared ÷ together, exact; `because` in Chinese."""

    n: int
    code: Code
    programme: str | None
    left: HouseholdView | None
    right: HouseholdView | None
    shared: int | None
    together: int | None
    overlap: str | None
    note: str
    because: str
    actionable: bool
    task_id: UUID | None
    next_screening_on: date | None

    @classmethod
    def of(cls, row: Mapping[str, Any], left: Homes, right: Homes, on: date) -> ResultView:
        """With who it is about."""
        shared, together = row["shared"], row["together"]
        unlikely = row["code"] == Code.PR_ONLY_UNLIKELY
        return cls.model_validate(
            {
                **row,
                "left": left.get(row["left_household"]),
                "right": right.get(row["right_household"]),
                "overlap": f"{shared}/{together}" if together else None,
                "because": because(row["note"]),
                "next_screening_on": ledger.next_screening(on) if unlikely else None,
            }
        )


def because(note: str) -> str:
    """A finding's note in words."""
    return NOTES.get(note, f"同时享受 {note}")


class ResultPage(View):
    """Findings by number; `next` is the `after` of the following page."""

    items: list[ResultView]
    next: int | None


class ScreenedView(View):
    """A household of a screening list, and why."""

    id: UUID
    home: HouseholdView | None
    must: bool
    priority: bool
    key: bool
    reasons: list[str]

    @classmethod
    def of(cls, row: Mapping[str, Any], found: Homes) -> ScreenedView:
        """With who it is."""
        reasons = [text for place, text in enumerate(_WHY) if row["why"] >> place & 1]
        return cls.model_validate({**row, "home": found.get(row["household"]), "reasons": reasons})


class ProbableView(View):
    """Two people who may be one (domain §5.2.2), for a person to say; `carried_from`: it was said there."""

    n: int
    left: HouseholdView | None
    right: HouseholdView | None
    verdict: Literal["SAME", "DIFFERENT"] | None
    settled_on: date | None
    settled_by: str | None
    carried_from: UUID | None

    @classmethod
    def of(cls, p: Probable, left: Homes, right: Homes) -> ProbableView:
        """With both households."""
        shown = {**p.model_dump(), "left": left.get(p.left_household), "right": right.get(p.right_household)}
        return cls.model_validate(shown)


class ProbablePage(View):
    """Probable matches by number."""

    items: list[ProbableView]
    next: int | None


class Settle(Request):
    """Whether they are one, and how that is known."""

    verdict: Literal["SAME", "DIFFERENT"]
    reason: str = Field(min_length=1, max_length=2000)


class CloseTask(Request):
    """How it ended. ACTED: taken into the procedure; CORRECTED: data were put right; NOTHING_TO_DO: it is as it is."""

    outcome: Literal["ACTED", "CORRECTED", "NOTHING_TO_DO"]
    reason: str = Field(min_length=1, max_length=2000)


class TaskView(View):
    """What somebody has to do about a difference."""

    id: UUID
    division: Division
    kind: CounterpartKind
    code: Code
    programme: str | None
    household: UUID
    because: str
    status: Literal["OPEN", "CLOSED", "LAPSED"]
    owner: Owner
    opened_on: date
    due_on: date
    overdue: bool
    comparison_id: UUID
    outcome: str | None
    reason: str | None
    closed_on: date | None
    closed_by: str | None

    @classmethod
    def of(cls, t: LedgerTask, today: date) -> TaskView:
        """As it stands today."""
        overdue = t.status == "OPEN" and t.due_on < today
        return cls.model_validate({**t.model_dump(), "because": because(t.note), "overdue": overdue})
