"""Awards of programmes of one person: granted, settled with what else is held, ended by a death or with dibao."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardStopped
from doudi.events.eligibility_programmes import (
    PersonalAwardAdjusted,
    PersonalAwardGranted,
    PersonalDecisionIssued,
    PersonalLine,
)
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import personal_notices
from eligibility.model import ProgrammeAward, ProgrammeCase, refusals
from eligibility.rules import programmes
from eligibility.store import programmes as store

_BY = "system:comparison"


def lines(made: programmes.ProgrammeDetermination) -> list[PersonalLine]:
    """The lines as they are published."""
    return [PersonalLine(person_id=UUID(x.person_id), item=x.item, amount=x.amount) for x in made.lines]


def decision(case: ProgrammeCase, result: programmes.ProgrammeDetermination) -> PersonalDecisionIssued:
    """What is said of a signed case."""
    assert case.decision_id is not None
    assert case.decided_on is not None
    assert case.notice_due_on is not None
    assert case.prepared_by is not None
    assert case.checked_by is not None
    assert case.signed_by is not None
    approved = case.status == "APPROVED"
    return PersonalDecisionIssued(
        decision_id=case.decision_id,
        application_id=case.id,
        person_id=case.person_id,
        division=Division(case.division),
        programme=case.programme,
        outcome="APPROVED" if approved else "REFUSED",
        award_id=case.award_id,
        change=case.outcome,
        rule_set=result.rule_set,
        lines=lines(result) if approved else [],
        amount=result.amount if approved else result.amount * 0,
        findings=list(result.findings),
        decided_on=case.decided_on,
        posting_ended_on=case.posting_ended_on,
        notice_due_on=case.notice_due_on,
        prepared_by=case.prepared_by,
        checked_by=case.checked_by,
        signed_by=case.signed_by,
    )


def _at_first(made: programmes.ProgrammeDetermination) -> dict[str, Any]:
    """By which rules it is paid, what, and since when."""
    starts = str(made.starts)
    return {
        "rule_set": made.rule_set,
        "lines": [[line.item, str(line.amount)] for line in made.lines],
        "amount_fen": made.amount.fen,
        "starts": starts,
        "lines_from": starts,
        "facts_from": starts,
    }


async def grant(case: ProgrammeCase, made: programmes.ProgrammeDetermination, tx: Transaction) -> ProgrammeAward:
    """Money is due from the first month on."""
    assert case.decision_id is not None
    award = ProgrammeAward(
        division=case.division,
        application_id=case.id,
        decision_id=case.decision_id,
        programme=case.programme,
        person_id=case.person_id,
        match_key=case.match_key,
        whole=case.programme != "DEFACTO" or all(line.item != "TOP_UP" for line in made.lines),
        **_at_first(made),
        case_id=case.id,
        checked_month=str(Month.of(tx.today)),
        checked_on=tx.today,
        granted_on=tx.today,
        review_due_on=programmes.procedure.next_review(tx.today),
    )
    tx.session.add(award)
    await tx.announce(
        PersonalAwardGranted(
            award_id=award.id,
            application_id=case.id,
            decision_id=case.decision_id,
            person_id=case.person_id,
            division=Division(case.division),
            programme=case.programme,
            rule_set=made.rule_set,
            lines=lines(made),
            amount=made.amount,
            starts=made.starts,
            review_due_on=award.review_due_on,
            account=case.payee,
        )
    )
    return award


async def give_way(settlement: programmes.Settlement, starts: Month, by: str, tx: Transaction) -> None:
    """What is held ends or is lowered for a programme that begins. Raises EndsFirst where another procedure ends it."""
    changed = [*settlement.ends, *(held for held, _ in settlement.lowered)]
    own = {str(a.id): a for a in await store.awards(tx, ids=[UUID(h.award_id) for h in changed])}
    for held in changed:
        if held.award_id not in own:
            raise refusals.EndsFirst(detail=f"{programmes.WORDS[held.programme]}（{held.division}）")
    because = [finding for finding in settlement.findings if finding.parameters.get("relation") in ("HIGHER", "TOP_UP")]
    for held in settlement.ends:
        award = own[held.award_id]
        last = max(starts.previous(), Month.parse(award.starts).previous())
        await stop(award, last, "与其他项目择高享受或者补差后停发", because, by, tx)
    for held, left in settlement.lowered:
        await _lower(own[held.award_id], left, starts, because, by, tx)


async def stop(
    award: ProgrammeAward, last: Month, reason: str, findings: Sequence[Finding], by: str, tx: Transaction
) -> None:
    """The last month is fixed, with the reason."""
    award.stop(last, reason)
    await tx.announce(
        AwardStopped(
            award_id=award.id, last_month=last, reason=reason, findings=list(findings), stopped_on=tx.today, by=by
        )
    )
    await personal_notices.stopped(award, last, reason, findings, tx)


async def _lower(
    award: ProgrammeAward, left: Money, starts: Month, findings: Sequence[Finding], by: str, tx: Transaction
) -> None:
    before, from_month, reason = award.amount, max(starts, Month.parse(award.starts)), "已享受其他救助，按差额补足"
    award.lower(left, from_month)
    await tx.announce(
        PersonalAwardAdjusted(
            award_id=award.id,
            from_month=from_month,
            lines=[PersonalLine(person_id=award.person_id, item="TOP_UP", amount=left)],
            amount=left,
            reason=reason,
            findings=list(findings),
            adjusted_on=tx.today,
            by=by,
        )
    )
    await personal_notices.changed(award, before, from_month, reason, findings, tx)


async def still_higher(case: ProgrammeCase, award_id: UUID, amount: Money, tx: Transaction) -> None:
    """What takes an award's place is chosen because it is the higher of two (domain §2.2). Raises NotTogether."""
    held = [h for h in await store.holdings(tx, case.match_key) if h.award_id == str(award_id)]
    chosen = programmes.chosen_is_higher(held, case.programme, amount, on=tx.today, division=case.division)
    if chosen is not None and not chosen.met:
        raise refusals.NotTogether(detail=chosen.because)


Insured = tuple[str, Money]
"""Somebody's match key, and the own money of a dibao determination."""


async def beside_dibao(
    insured: Iterable[Insured], division: str, programme: str, tx: Transaction, *, ends: Collection[UUID] = ()
) -> list[programmes.Settlement]:
    """What each of these people holds beside a dibao that begins, by the matrix (domain §2.2). Raises NotTogether.

    `ends`: awards that end for it. People's locks are taken in the order of their keys.
    """
    dibao, ending = ("DIBAO_R", "DIBAO_U"), {str(id_) for id_ in ends}
    found = []
    for key, amount in sorted(insured):
        held = [h for h in await store.holdings(tx, key) if h.programme not in dibao and h.award_id not in ending]
        settlement = programmes.settle(held, programme, amount, on=tx.today, division=Division(division))
        if not settlement.stands:
            raise refusals.NotTogether(detail="；".join(f.because for f in settlement.findings if not f.met))
        found.append(settlement)
    return found


async def dibao_begins(
    insured: Iterable[Insured], division: str, programme: str, starts: Month, by: str, tx: Transaction
) -> None:
    """A household's dibao beside what its insured hold: refused by name, or the others give way. Raises NotTogether."""
    for settlement in await beside_dibao(insured, division, programme, tx):
        await give_way(settlement, starts, by, tx)


def own_money(made: rules.Determination, keys: Mapping[str, str], already: Collection[str] = ()) -> list[Insured]:
    """Each insured person's own money of a dibao determination, but of those who are in dibao `already`."""
    return [
        (keys[p], sum((x.amount for x in made.lines if x.person_id == p), Money.zero()))
        for p in sorted({line.person_id for line in made.lines} - set(already))
    ]


async def compare_living(tx: Transaction) -> int:
    """The comparison of C34, once a day: a living subsidy that came with dibao ends with dibao's last month.

    From RS2026 the person is heard first: then the comparison ends nothing by itself (社会救助法 art. 48).
    """
    if rules.term("hearing", tx.today):
        return 0
    looked, ended = await store.living_without_dibao(tx, tx.today, limit=500)
    for award in await store.awards(tx, ids=list(ended)):
        known = ended[award.id]
        decided = known.last_day if known else tx.today
        last = programmes.procedure.last_month_of(Month.parse(award.starts), decided_on=decided)
        await stop(award, last, "不再是低保家庭成员", [], _BY, tx)
    return looked
