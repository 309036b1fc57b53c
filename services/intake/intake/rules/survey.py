"""民发〔2012〕220号 第四章 家庭经济状况调查: terms, team, signatures, matching."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Calendar
from doudi.law import Finding, clause, finding
from intake.rules.numbers import C2, integer, sources


@clause(C2, "18", "应当自受理低保申请之日起10个工作日内逐一进行调查核实")
def survey_due(accepted_on: date, calendar: Calendar) -> date:
    """The last day of the survey."""
    return calendar.add_working_days(accepted_on, integer("survey.working_days", on=accepted_on))


@clause(C2, "18", "每组调查人员不得少于2人")
def survey_team(surveyors: Sequence[str], *, on: date) -> Finding:
    """Whether enough different people surveyed."""
    least = integer("survey.team_least", on=on)
    there = len(set(surveyors))
    return finding(survey_team, there >= least, f"调查人员{there}人，不得少于{least}人")


@clause(C2, "19", "通过县级以上人民政府民政部门与有关部门和机构进行核对")
def sources_to_ask(*, on: date) -> list[str]:
    """The sources that are asked about each member, by their codes in sources.yaml."""
    return [source.code for source in sources(on)]


@clause(C2, "19", "由调查人员和申请人（被调查人）分别签字")
def both_sides_signed(by_surveyors: bool, by_applicant: bool) -> Finding:
    """Whether the record of the visit is signed by both sides."""
    lacking = [who for who, signed in (("调查人员", by_surveyors), ("申请人", by_applicant)) if not signed]
    because = "双方已签字" if not lacking else "、".join(lacking) + "未签字"
    return finding(both_sides_signed, not lacking, because)


@clause(C2, "19", "了解其家庭收入、财产情况和吃、穿、住、用等实际生活状况")
def everyone_was_seen(unit: Collection[UUID], found: Collection[UUID]) -> Finding:
    """Whether the visit says how each member of the unit stands."""
    lacking = len(set(unit) - set(found))
    because = "逐人核实" if not lacking else f"尚有{lacking}名家庭成员未核实"
    return finding(everyone_was_seen, not lacking, because)


@clause(C2, "20", "经家庭经济状况信息核对，对符合条件的低保申请，应当依程序开展入户调查")
def visit_is_in_time(visited_on: date, *, accepted_on: date, on: date) -> Finding:
    """Whether the visit's date is possible: not before acceptance, not in the future."""
    met = accepted_on <= visited_on <= on
    because = f"入户日期{visited_on}" if met else f"入户日期{visited_on}应当在受理之日{accepted_on}至今天之间"
    return finding(visit_is_in_time, met, because)


@dataclass(frozen=True, slots=True)
class Result:
    """An answer as the verdict needs it. `explained`: the township checked the applicant's proof and accepted it."""

    source: str
    code: str
    explained: bool = False


@clause(C2, "20", "不符合条件的，应当书面通知申请人并说明理由；有异议的，应当组织开展复查")
def matching_verdict(results: Sequence[Result], *, on: date) -> Literal["PASSED", "FAILED", "INCOMPLETE"]:
    """FAILED: a source that decides did not agree and it is unexplained. INCOMPLETE: a source was silent, or consent is
    missing; silence is never 'no record' (domain §4.4). An auxiliary source never fails anybody."""
    auxiliary = {source.code for source in sources(on) if source.auxiliary}
    if any(r.code == "MISMATCH" and not r.explained and r.source not in auxiliary for r in results):
        return "FAILED"
    if any(r.code in {"UNAVAILABLE", "CONSENT_MISSING"} for r in results):
        return "INCOMPLETE"
    return "PASSED"
