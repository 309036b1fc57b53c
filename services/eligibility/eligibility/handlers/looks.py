"""Looking at a household again: its award, who may act on it, its facts with new verified means, what the rules say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from doudi.division import Division
from doudi.events.parts import Household, Means
from doudi.service import check_version
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common
from eligibility.model import Award, DeterminationRecord, refusals
from eligibility.store import life


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is a member now, and the keyed hash of the ID number."""

    match_key: str
    person: rules.Person


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the officer chooses anew. None keeps what was decided; a special case goes with whom it is for."""

    insured: tuple[str, ...] | None = None
    special_case: str | None = None
    extras: tuple[rules.Extra, ...] | None = None

    def over(self, kept: rules.Choice) -> rules.Choice:
        """Upon what was decided before; an extra is kept for whoever goes on being insured."""
        anew = self.insured is not None
        insured = self.insured if anew else kept.insured
        goes_on = tuple(e for e in kept.extras if insured is None or e.person_id in insured)
        return rules.Choice(
            insured,
            self.special_case if anew or self.special_case else kept.special_case,
            goes_on if self.extras is None else self.extras,
        )


KEPT = Chosen()
"""Nothing is chosen anew."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was verified: the unit's means, and where members changed, came or left."""

    means: Means
    states: dict[str, dict[str, bool | str]] = field(default_factory=dict)
    """By person id: labour, student, earns, seriously_ill, severely_disabled, as far as they changed."""
    added: tuple[Newcomer, ...] = ()
    left: frozenset[str] = frozenset()
    choice: Chosen = KEPT

    def facts(self, known: rules.Facts) -> rules.Facts:
        """The facts now. Raises UnknownMember for somebody who changed or left and was no member, or came and was."""
        before = {p.person_id for p in known.unit}
        came = {new.person.person_id for new in self.added}
        if not (self.left | self.states.keys()) <= before or came & before or len(came) < len(self.added):
            raise refusals.UnknownMember(field="members")
        stayed = [replace(p, **self.states.get(p.person_id, {})) for p in known.unit if p.person_id not in self.left]  # type: ignore[arg-type]
        return facts_of([*stayed, *(new.person for new in self.added)], self.means, known.registry)


def facts_of(unit: Sequence[rules.Person], means: Means, registry: str) -> rules.Facts:
    """Facts of a unit with its means. Raises NotEligible when nobody is in it."""
    if not unit:
        raise refusals.NotEligible(detail="认定单位已无成员")
    return rules.facts_of(unit, means, registry)


async def award(tx: Transaction, award_id: UUID, version: int | None = None) -> Award:
    """The award, locked, for an officer who is no relative of the household and saw its present version."""
    found = await life.award_for_update(tx, award_id)
    check_version(found.version, version)
    not_kin(tx, await relatives([found], tx))
    return found


async def relatives(awards: Sequence[Award], tx: Transaction) -> list[str]:
    """The officers who are near relatives of a household, as filed with its application (domain §4.5)."""
    rows = await life.households_of(tx, {a.application_id for a in awards})
    return sorted({name for row in rows for name in json.loads(row["relatives"])})


def not_kin(tx: Transaction, filed: Sequence[str]) -> None:
    """Raises RelativeMustNotAct."""
    if not rules.procedure.may_act(common.officer(tx), filed).met:
        raise refusals.RelativeMustNotAct


async def keys(awards: Sequence[Award], tx: Transaction) -> dict[str, str]:
    """Match keys by person id: of everybody in the applications, and of who is, or was, insured."""
    known: dict[str, str] = {}
    for row in await life.households_of(tx, {a.application_id for a in awards}):
        known |= {str(m.person_id): m.match_key for m in Household.model_validate_json(row["household"]).members}
    for one in awards:
        known |= {str(person): key for key, person in await life.everybody_covered(tx, one.id)}
    return known


def kept_choice(award: Award, unit: Sequence[rules.Person]) -> rules.Choice:
    """What was decided before about whom to insure, without those who left; the whole unit stays the whole unit."""
    kept, now = rules.Choice.from_json(award.choice), {p.person_id for p in unit}
    before = {p.person_id for p in rules.Facts.from_json(award.facts).unit}
    whole = kept.insured is None or set(kept.insured) >= before
    insured = None if whole or kept.insured is None else tuple(p for p in kept.insured if p in now)
    covered = now if insured is None else set(insured)
    return rules.Choice(insured or None, kept.special_case, tuple(e for e in kept.extras if e.person_id in covered))


def needy(result: rules.Determination, at: str) -> rules.Determination:
    """What may go on. `at`: before the fields of the look.

    Raises NotEligible, or ApprovalForbidden where the law forbids whom the officer insures.
    """
    if not result.eligible:
        raise refusals.NotEligible(detail="；".join(f.because for f in result.findings if not f.met))
    lawful(result, at)
    return result


_OF_EXTRAS = ("extra_is_reasoned", "extra_fits_group")


def lawful(result: rules.Determination, at: str = "") -> None:
    """Raises ApprovalForbidden for a household in need of which the law demands that others be insured as well, or
    that somebody else, or nobody, be paid a tenth more. `at`: before the fields of the look."""
    if not result.eligible or result.approvable:
        return
    coverage = [f for f in result.obstacles if f.parameters["rule"] not in _OF_EXTRAS]
    told = "；".join(f.because for f in result.obstacles)
    if coverage:
        raise refusals.ApprovalForbidden(field=f"{at}insured", detail=told)
    told += "。请重新填写增发对象：不再符合的不列入，仍符合的逐人写明类别和理由，无人增发的填空"
    raise refusals.ApprovalForbidden(field=f"{at}extras", detail=told)


def reviewed_first(made: rules.Determination, field: str) -> rules.Determination:
    """A split has no choice of its own: what is kept must be lawful, else a household in need would have no award."""
    if made.eligible and not made.approvable:
        told = "；".join(f.because for f in made.obstacles)
        raise refusals.ApprovalForbidden(field=field, detail=f"{told}。请先复核原待遇，再办理分户")
    return made


def programme_of(award: Award) -> rules.Programme:
    """By whose standard an award is determined."""
    return "DIBAO_U" if award.programme == "DIBAO_U" else "DIBAO_R"


def _named(choice: rules.Choice, facts: rules.Facts) -> None:
    """Raises UnknownMember for somebody who is none."""
    named = {*(choice.insured or ()), *(e.person_id for e in choice.extras)}
    if not named <= {p.person_id for p in facts.unit}:
        raise refusals.UnknownMember(field="insured")


async def determined(
    award: Award,
    facts: rules.Facts,
    choice: Chosen,
    tx: Transaction,
    *,
    division: str | None = None,
    programme: rules.Programme | None = None,
    before: rules.Choice | None = None,
) -> tuple[DeterminationRecord, rules.Determination]:
    """What the rules of today say of the facts; kept, so that it can be made again. Raises WrongRuleSet.

    `before`: upon what is chosen anew; None: what the award was decided with. A former choice that the law forbids by
    now, such as part of a household, gives way to the whole unit.
    """
    where, whose = division or award.division, programme or programme_of(award)
    try:
        numbers = rules.decided(tx.today, Division(where), await store.parameters(tx), whose)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    kept = choice.over(kept_choice(award, facts.unit) if before is None else before)
    _named(kept, facts)
    result = rules.determine(facts, numbers, on=tx.today, choice=kept)
    if choice.insured is None and result.eligible and not result.approvable:
        kept = rules.Choice(None, None, kept.extras)
        result = rules.determine(facts, numbers, on=tx.today, choice=kept)
    record = DeterminationRecord(
        division=where,
        application_id=award.application_id,
        made_on=tx.today,
        made_by=common.officer(tx),
        rule_set=result.rule_set,
        facts=facts.as_json(),
        numbers=numbers.as_json(),
        choice=kept.as_json(),
        result=result.as_json(),
        sha256=result.sha256,
    )
    tx.session.add(record)
    return record, result
