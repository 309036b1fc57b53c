"""In the townships: from the written application to the first posting (民发〔2012〕220号 art. 9-25)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from doudi_local.demo.api import Officer, Town, each, until
from doudi_local.demo.people import Family, Member

_STEPS = ["EXPLAIN_POLICY", "PRESENT_CASE", "DISCUSS", "CONCLUDE", "ALL_SIGN"]
_ADULT_BORN_BEFORE = "20020302"
_LACKS_PAPERS = 7  # every seventh family forgets the account and learns it from the correction notice
_BEFORE_POSTING = {"SUBMITTED", "CORRECTION", "ACCEPTED", "SURVEY", "CHECK_FAILED", "ASSESSMENT", "REVIEWED"}


class Window:
    """The townships' windows."""

    def __init__(self, town: Town, day: str) -> None:
        self._town, self._day = town, day

    def clerk(self, family: Family) -> Officer:
        """Who takes it in (经办)."""
        return self._town.officer("clerk", family.township)

    def leader(self, family: Family) -> Officer:
        """The township's leader."""
        return self._town.officer("reviewer", family.township)

    async def register(self, family: Family) -> None:
        """People and household are put on record."""
        clerk = self.clerk(family)
        family.ids = [
            (await clerk.post("intake", "/v1/persons", _person(member, family)))["id"] for member in family.members
        ]
        members = [
            {"person_id": person, "relation": member.relation}
            for person, member in zip(family.ids, family.members, strict=True)
        ]
        body = {
            "division": family.village,
            "hukou": family.hukou,
            "number": f"HY{family.number:04d}",
            "members": members,
        }
        family.household = (await clerk.post("intake", "/v1/households", body))["id"]

    async def apply(self, family: Family) -> None:
        """The head applies; what is missing is told once and brought."""
        papers = self._papers(family)
        lacking = {"account"} if family.number % _LACKS_PAPERS == 0 else set()
        if family.story == "WITHOUT_CONSENT":
            lacking = {"consents"}
        body = {
            "household_id": family.household,
            "applicant_id": family.head,
            **{name: paper for name, paper in papers.items() if name not in lacking},
        }
        clerk = self.clerk(family)
        family.application = (await clerk.post("intake", "/v1/applications", body))["id"]
        if lacking:
            await self.act(family, "request-correction")
            await self.act(family, "supply", {name: papers[name] for name in lacking})
        await self.act(family, "accept")

    async def match(self, family: Family) -> str:
        """The departments are asked; their verdict."""
        await self.act(family, "match")
        found = await until(
            f"answers of the departments on application {family.application}",
            lambda: self.application(family),
            lambda case: case["matching"] not in (None, "RUNNING"),
        )
        if found["matching"] == "FAILED":
            reason = "市场监管登记显示家庭成员经营商店，与申报不符"
            await self.act(family, "match/refuse", {"reason": reason}, by=self.leader(family))
        return str(found["matching"])

    async def survey(self, family: Family, day: str) -> None:
        """Two officers visit, the village assesses, the leader forms the opinion, the case is posted."""
        await self.act(family, "home-visit", self._visit(family, day), round_=day)
        meeting = {"held_on": day, "present": 9, "representatives": 7, "steps": _STEPS, "conclusion": "AGREED"}
        await self.act(family, "assessment", meeting, round_=day)
        await self.act(family, "review", _opinion(family), self.leader(family), round_=day)
        await self.act(family, "post", round_=day)

    async def from_window_to_board(self, family: Family) -> None:
        """All of the first day."""
        await self.register(family)
        await self.apply(family)
        if family.story == "WITHDRAWS":
            await self.act(family, "withdraw", {"reason": "申请人已在银川就业，主动撤回申请"})
            return
        if await self.match(family) == "PASSED":
            await self.survey(family, self._day)

    async def object_and_look_again(self, family: Family, day: str) -> None:
        """A neighbour objects to the posting; the family is visited again and posted again."""
        case = await self.application(family)
        if case["state"] == "POSTING_1" and case["posted_on"] == self._day:
            posted = await self._town.public("intake", "/v1/postings", division=family.village, limit=200)
            name = family.members[0].name
            [posting] = [one for one in posted["items"] if one["applicant"] == name]
            body = {"statement": "听说这家在县城有工资收入", "name": "王邻居", "phone": "13900000000"}
            await self._town.tell("intake", f"/v1/postings/{posting['id']}/objections", body)
        answer = "已再次入户核实，所称工资收入不属实"
        await self.act(family, "look-again", {"to": "SURVEY", "answer": answer})
        await self.survey(family, day)

    async def application(self, family: Family) -> dict[str, Any]:
        """The case as the window sees it."""
        found: dict[str, Any] = await self.clerk(family).get("intake", f"/v1/applications/{family.application}")
        return found

    async def act(
        self,
        family: Family,
        verb: str,
        body: dict[str, Any] | None = None,
        by: Officer | None = None,
        round_: str = "",
    ) -> dict[str, Any]:
        """One act of the procedure; `round_` tells a second such act from a repetition of the first."""
        path = f"/v1/applications/{family.application}/{verb}"
        found: dict[str, Any] = await (by or self.clerk(family)).post("intake", path, body, round_=round_)
        return found

    def _papers(self, family: Family) -> dict[str, Any]:
        """Everything that art. 12 asks for."""
        adults = [
            person
            for person, member in zip(family.ids, family.members, strict=True)
            if member.id_number[6:14] < _ADULT_BORN_BEFORE
        ]
        return {
            "signed": True, "truth_promised": True, "consents": adults, "declared": family.stated, "relatives": [],
            "account": family.bank_account,
        }  # fmt: skip

    def _visit(self, family: Family, day: str) -> dict[str, Any]:
        found = [
            {"person_id": person, "labour": member.labour, "student": member.student, "earns": member.earns,
             "seriously_ill": member.seriously_ill}
            for person, member in zip(family.ids, family.members, strict=True)
        ]  # fmt: skip
        return {
            "visited_on": day, "surveyors": [self.clerk(family).sub, f"cadre-{family.village}"],
            "surveyors_signed": True, "applicant_signed": True, "means": family.stated, "found": found,
        }  # fmt: skip


def _person(member: Member, family: Family) -> dict[str, Any]:
    return {
        "id_number": member.id_number, "name": member.name, "division": family.village, "phone": "13900000000",
        "address": f"{family.number}号", "labour": member.labour, "student": member.student, "earns": member.earns,
        "seriously_ill": member.seriously_ill, "disability": member.disability,
    }  # fmt: skip


def _opinion(family: Family) -> dict[str, str]:
    if family.story == "AT_THE_LINE":
        return {"opinion": "REFUSE", "reason": "人均月收入不低于保障标准"}
    return {"opinion": "SUPPORT", "reason": "入户调查与申报一致，评议同意"}


async def first_day(town: Town, families: list[Family], day: str, done: Callable[[], None]) -> Window:
    """The departments learn what they know, and every family goes to its window."""
    facts = [
        {"source": "MARKET_REGULATION", "id_number": family.members[0].id_number, "code": "MISMATCH",
         "amount": "80000.00", "detail": "登记有个体工商户（百货）"}
        for family in families if family.story == "HAS_A_SHOP"
    ]  # fmt: skip
    await town.tell("departments", "/v1/facts", facts)
    window = Window(town, day)
    await each(window.from_window_to_board, families, done)
    return window
