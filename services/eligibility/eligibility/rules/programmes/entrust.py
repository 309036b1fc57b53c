"""卫民发〔2019〕21号 二(三)10 and 二(四)12: care places for those who are not tekun (ENTRUST, SEVERE_CARE)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.law import Finding, clause, finding
from eligibility.rules.numbers import SEED
from eligibility.rules.programmes.common import ProgrammeDetermination, certified_within, conclude, month_after
from eligibility.rules.programmes.numbers import EntrustNumbers, SevereCareNumbers, TekunNumbers
from eligibility.rules.programmes.tekun import TekunFacts, no_able_supporter, no_labour_capacity, no_source_of_living

HOUSEHOLDS = {"DIBAO_R": "农村低保", "LOW_INCOME": "低收入", "REGISTERED_POOR": "建档立卡", "OTHER": "其他"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrustFacts(TekunFacts):
    """The tekun test's facts, the household's kind, and how many tekun people wait for a place."""

    household_kind: str
    tekun_waiting: int
    """People of the groups 1 to 4 of domain §7.5 who wait for a place in the region's homes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SevereCareFacts(TekunFacts):
    """The tekun test's facts, and whether the person is registered poor and needs care for long."""

    registered_poor: bool
    long_term_care: bool


@clause(SEED, "二(四)12", "符合特困人员认定条件的，及时纳入特困人员救助供养")
def is_not_tekun(facts: TekunFacts, n: TekunNumbers, *, on: date) -> Finding:
    """Tekun is tested first: who passes its three tests goes there and not into an entrusted place."""
    tests = (no_labour_capacity(facts, n, on=on), no_source_of_living(facts, n), no_able_supporter(facts, n, on=on))
    failed = [test.because for test in tests if not test.met]
    because = f"不符合特困人员条件：{failed[0]}" if failed else "符合特困人员认定条件，应当纳入特困人员救助供养"
    return finding(is_not_tekun, bool(failed), because)


@clause(SEED, "二(三)10", "在满足特困人员集中供养需求的前提下")
def tekun_demand_is_met(facts: EntrustFacts) -> Finding:
    """Nobody of the tekun groups waits."""
    return finding(tekun_demand_is_met, facts.tekun_waiting == 0, f"等候入住的特困人员 {facts.tekun_waiting} 人")


@clause(SEED, "二(三)10", "为农村低保、低收入家庭和建档立卡贫困家庭老年人、残疾人")
def is_old_or_disabled_and_poor(facts: EntrustFacts, n: EntrustNumbers, *, on: date) -> Finding:
    """Of such a household, and old or with a certificate of any grade."""
    poor, age = facts.household_kind in n.household_kinds, facts.age(on)
    weak = age >= n.elderly_age or facts.disability is not None
    disabled = f"{facts.disability.words}残疾" if facts.disability else "无残疾人证"
    because = f"{HOUSEHOLDS.get(facts.household_kind, facts.household_kind)}家庭，{age} 周岁，{disabled}"
    return finding(is_old_or_disabled_and_poor, poor and weak, because)


@clause(SEED, "二(三)10", "通过签订代养协议，提供低偿的集中托养服务")
def determine_entrust(facts: EntrustFacts, n: EntrustNumbers, *, on: date) -> ProgrammeDetermination:
    """A place, no money; the agreement is the home's."""
    findings = [is_not_tekun(facts, n, on=on), is_old_or_disabled_and_poor(facts, n, on=on), tekun_demand_is_met(facts)]
    return conclude("ENTRUST", findings, [], n, month_after(on))


@clause(SEED, "二(四)12", "建档立卡贫困残疾人中16岁以上有长期照料护理需求的重度残疾人")
def is_severe_and_registered(facts: SevereCareFacts, n: SevereCareNumbers, *, on: date) -> Finding:
    """Registered poor, sixteen or older, severely disabled, in need of long care."""
    age = facts.age(on)
    told = (
        (facts.registered_poor, "非建档立卡对象"),
        (age >= n.age, f"{age} 周岁，未满 {n.age} 周岁"),
        (certified_within(facts.disability, n.disability), "非重度残疾"),
        (facts.long_term_care, "无长期照料护理需求"),
    )
    lacking = [words for holds, words in told if not holds]
    because = "；".join(lacking) if lacking else f"建档立卡，{age} 周岁，重度残疾，需长期照护"
    return finding(is_severe_and_registered, not lacking, because)


@clause(SEED, "二(四)12", "为不符合特困条件的提供集中养护或日间照料照护等服务")
def determine_severe_care(facts: SevereCareFacts, n: SevereCareNumbers, *, on: date) -> ProgrammeDetermination:
    """A place in a home or in day care, no money."""
    findings = [is_not_tekun(facts, n, on=on), is_severe_and_registered(facts, n, on=on)]
    return conclude("SEVERE_CARE", findings, [], n, month_after(on))
