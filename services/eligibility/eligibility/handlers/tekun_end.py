"""The end of tekun (民发〔2021〕43号 art. 24-27): on its grounds only, with its month; other aid is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility_programmes import TekunEnded
from doudi.events.intake import DeathReported
from doudi.law import Finding, cited_by
from doudi.transaction import Transaction
from eligibility.handlers import programme_awards
from eligibility.model import ProgrammeAward, ProgrammeCase, refusals
from eligibility.rules import programmes
from eligibility.rules.programmes.tekun_end import TekunChange, TekunEnd, end_of_tekun, other_aid_to_look_at
from eligibility.store import programmes as store

_BY = "system:death-report"
_NO_GROUND = cited_by(programmes.self_care.self_care_assessed).id
"""An assessment that nobody made is no ground of art. 24."""
_MANNER = cited_by(end_of_tekun).id


def _known(case: ProgrammeCase, died_on: date | None = None) -> TekunChange:
    reported = set(case.circumstances)
    return TekunChange(
        facts=programmes.tekun.TekunFacts.from_json(case.facts),
        died_on=died_on.isoformat() if died_on else None,
        imprisoned="IMPRISONED" in reported,
        regained_labour="REGAINED_LABOUR" in reported,
        asks_to_leave="ASKS_TO_LEAVE" in reported,
    )


def _end_of(case: ProgrammeCase, change: TekunChange, on: date) -> TekunEnd:
    return end_of_tekun(change, programmes.numbers.TekunNumbers.from_json(case.numbers), on=on)


def grounded(case: ProgrammeCase, on: date) -> None:
    """Raises NoGroundToEnd where what is reported would end tekun without a ground (art. 24)."""
    if case.programme != "TEKUN" or case.eligible or _end_of(case, _known(case), on).ends:
        return
    unmet = [Finding.model_validate(f) for f in case.result["findings"] if not f["met"]]
    if all(f.clause == _NO_GROUND for f in unmet):
        raise refusals.NoGroundToEnd(detail="；".join(f.because for f in unmet), field="facts/failed_items")


async def decided(
    award: ProgrammeAward, case: ProgrammeCase, found: Sequence[Finding], by: str, tx: Transaction
) -> None:
    """The leader signed the end: with the month of the decision, after its posting, with the grounds in writing.

    Grounds beside those of art. 24 (moved away, other aid) are told as they were found. Raises PostingMissing.
    """
    change = _known(case)
    end = _end_of(case, change, tx.today)
    if end.posting_days and case.posting_ended_on is None:
        raise refusals.PostingMissing
    last = programmes.procedure.last_month_of(Month.parse(award.starts), decided_on=tx.today)
    grounds = [f for f in end.findings if f.clause != _MANNER]
    others = [f for f in found if not f.met and f.because not in {g.because for g in grounds}]
    reason = "；".join(dict.fromkeys(f.because for f in (*grounds, *others)))
    await _say(award, case, change, end, last, by, tx)  # first: the stop is the last word about the award
    await programme_awards.stop(award, last, reason, [*end.findings, *found], by, tx)


async def person_died(event: DeathReported, tx: Transaction) -> None:
    """The month of death is the last that is paid of each programme (domain §8.1); of tekun by art. 24 and 26."""
    for award in await store.awards(tx, match_key=event.match_key):
        last = programmes.procedure.last_month_of(Month.parse(award.starts), died_on=event.died_on)
        if award.programme != "TEKUN":
            await programme_awards.stop(award, last, "保障对象死亡", [], _BY, tx)
            continue
        case = await store.find_case(tx, award.case_id)
        change = _known(case, event.died_on)
        end = _end_of(case, change, event.died_on)
        await _say(award, case, change, end, last, _BY, tx)
        await programme_awards.stop(award, last, "保障对象死亡", end.findings, _BY, tx)


async def _say(
    award: ProgrammeAward,
    case: ProgrammeCase,
    change: TekunChange,
    end: TekunEnd,
    last: Month,
    by: str,
    tx: Transaction,
) -> None:
    await tx.announce(
        TekunEnded(
            award_id=award.id,
            application_id=case.id,
            person_id=award.person_id,
            division=Division(award.division),
            last_month=last,
            posting_days=end.posting_days,
            posting_ended_on=case.posting_ended_on if end.posting_days else None,
            findings=list(end.findings),
            look_at=list(other_aid_to_look_at(change, end)),
            ended_on=tx.today,
            by=by,
        )
    )
