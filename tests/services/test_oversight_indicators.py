"""oversight: each indicator on its facts, whichever of them is heard first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from itertools import permutations
from uuid import uuid4

import pytest
import pytest_asyncio
from tests.services.oversight_world import DAY, VILLAGE, Case, fell_short, recovered

from doudi.calendar import Month
from doudi.events.intake import ApplicationForwardedV1
from doudi.events.oversight import FlagRaised, FlagSettled
from doudi.events.relief import EmergencyReported, PaperworkDone, PaperworkFellOverdue
from doudi.money import Money
from doudi.testing import Running, running
from oversight.app import SERVICE

TODAY = date(2020, 4, 10)
POSTED, ENDED = date(2020, 3, 2), date(2020, 3, 9)
HUNG, TAKEN_DOWN = date(2020, 3, 12), date(2020, 3, 19)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def s(servers) -> AsyncIterator[Running]:
    """One service for all tests of this file: each test has cases of its own."""
    async with running(SERVICE, servers, today=TODAY) as s:
        yield s


async def flags(s: Running, *subjects: object) -> list[tuple[str, str]]:
    """Indicator and status of what is asked about these subjects or cases."""
    rows = await s.fetch(
        """SELECT indicator, status FROM flag WHERE case_id::text = ANY($1) OR subject_id = ANY($1)
           ORDER BY indicator, id""",
        [str(subject) for subject in subjects],
    )
    return [(r["indicator"], r["status"]) for r in rows]


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_R01_paid_after_death_in_any_order_of_arrival(s, order):
    case, payment = Case(), uuid4()
    paid = case.paid(payment)
    told = [case.granted(), paid, case.died(date(2020, 3, 31))]
    ids = {}
    for place in order:
        (ids[place],) = await s.deliver(told[place])
    assert await flags(s, case.award) == [("R01", "OPEN")]
    (raised,) = [f for f in await s.said(FlagRaised) if f.subject_id == paid.payment_key]
    assert set(raised.evidence) == {ids[1], ids[2]}
    assert "2020-03-31" in raised.because
    assert (raised.severity, raised.raised_on, raised.due_on) == ("H", TODAY, date(2020, 4, 17))
    rows = await s.fetch("SELECT division FROM flag WHERE case_id = $1", case.award)
    assert [r["division"] for r in rows] == [str(VILLAGE)]


async def test_R01_the_month_of_death_is_paid(s):
    case = Case()
    await s.deliver(case.granted(), case.paid(uuid4()), case.died(date(2020, 4, 1)))
    assert await flags(s, case.award) == []


async def test_R01_two_reports_of_one_death_are_one_question(s):
    case = Case()
    await s.deliver(case.died(date(2020, 3, 5)), case.paid(uuid4()), case.died(date(2020, 3, 5)))
    assert await flags(s, case.award) == [("R01", "OPEN")]


async def test_R24_and_R25_on_an_attempt_and_on_a_decision(s):
    c, a, fine, special = Case(), Case(), Case(), Case()
    (blocked,) = await s.deliver(c.blocked())
    assert await flags(s, c.application) == [("R24", "OPEN")]
    await s.deliver(c.blocked())
    (raised,) = [f for f in await s.said(FlagRaised) if f.subject_id == str(c.application)]
    assert (raised.evidence, raised.division) == ([blocked], VILLAGE)
    await s.deliver(a.decided(TAKEN_DOWN, ENDED, TAKEN_DOWN, assistance_class="A", household_size=3))
    assert ("R25", "OPEN") in await flags(s, a.application)
    await s.deliver(fine.decided(TAKEN_DOWN, ENDED, TAKEN_DOWN, assistance_class="A"))
    await s.deliver(special.blocked(insured=[special.person, uuid4()]))
    assert {i for i, _ in await flags(s, fine.application, special.application)} & {"R24", "R25"} == set()


def proper(case: Case):
    """An application as it should go: two postings of seven days, then the decision."""
    return [
        case.first_ended(POSTED, ENDED),
        case.forwarded(POSTED, ENDED),
        case.second_started(HUNG, TAKEN_DOWN),
        case.second_ended(HUNG, TAKEN_DOWN),
        case.decided(TAKEN_DOWN, ENDED, TAKEN_DOWN),
    ]


@pytest.mark.parametrize("intake_first", [True, False])
async def test_R51_R53_a_proper_procedure_raises_nothing_whichever_topic_comes_first(s, intake_first):
    case = Case()
    told = proper(case)
    for event in told if intake_first else told[2:] + told[:2]:
        await s.deliver(event)
    assert await flags(s, case.application) == []


@pytest.mark.parametrize("also_in_v2", [None, True])
async def test_R51_version_1_of_a_case_counts_only_where_version_2_was_not_said(s, also_in_v2):
    case = Case()
    told = proper(case)
    old = told[1].model_dump() | {"programme": "DIBAO_R", "also_in_v2": also_in_v2}
    told[1] = ApplicationForwardedV1.model_validate(old)
    for event in told:
        await s.deliver(event)
    heard = await s.fetch("SELECT FROM forwarded WHERE application_id = $1", case.application)
    assert len(heard) == (0 if also_in_v2 else 1)


@pytest.mark.parametrize("intake_first", [True, False])
@pytest.mark.parametrize("missing", [True, False])
async def test_R51_a_first_posting_that_is_missing_or_short(s, intake_first, missing):
    case = Case()
    told = proper(case)
    told[0:1] = [] if missing else [case.first_ended(POSTED + DAY, ENDED)]
    split = 1 if missing else 2
    for event in told if intake_first else told[split:] + told[:split]:
        await s.deliver(event)
    assert await flags(s, case.application) == [("R51", "OPEN")]


async def test_R51_a_second_posting_that_is_missing_or_short(s):
    missing, short = Case(), Case()
    await s.deliver(missing.decided(TAKEN_DOWN, ENDED, None))
    assert await flags(s, missing.application) == [("R51", "OPEN")]
    await s.deliver(short.second_ended(HUNG + DAY, TAKEN_DOWN), short.decided(TAKEN_DOWN, ENDED, TAKEN_DOWN))
    assert await flags(s, short.application) == [("R51", "OPEN")]


async def test_R51_from_2021_07_a_decision_rests_on_the_first_posting_alone(s):
    before, after, short = Case(), Case(), Case()
    await s.deliver(before.decided(date(2021, 6, 30), ENDED, None), after.decided(date(2021, 7, 1), ENDED, None))
    assert await flags(s, before.application) == [("R51", "OPEN")]
    assert await flags(s, after.application) == []
    await s.deliver(short.first_ended(POSTED + DAY, ENDED), short.decided(date(2021, 7, 1), ENDED, None))
    assert await flags(s, short.application) == [("R51", "OPEN")]


async def test_R51_a_refusal_needs_no_second_posting(s):
    case = Case()
    await s.deliver(*proper(case)[:2], case.decided(TAKEN_DOWN, ENDED, None, outcome="REFUSED"))
    assert await flags(s, case.application) == []


async def test_R53_a_decision_while_the_posting_hangs(s):
    by_itself, running_on = Case(), Case()
    told = proper(by_itself)
    await s.deliver(*told[:4], by_itself.decided(TAKEN_DOWN - DAY, ENDED, TAKEN_DOWN))
    assert await flags(s, by_itself.application) == [("R53", "OPEN")]
    told = proper(running_on)
    await s.deliver(*told[:3], running_on.decided(TAKEN_DOWN - DAY, ENDED, TAKEN_DOWN - DAY))
    assert ("R53", "OPEN") in await flags(s, running_on.application)


async def test_R53_a_posting_that_ended_after_the_decision_is_heard_later(s):
    case = Case()
    told = proper(case)
    await s.deliver(*told[2:4], case.decided(ENDED - DAY, ENDED - DAY, TAKEN_DOWN, outcome="REFUSED"))
    before = await flags(s, case.application)
    await s.deliver(*told[:2])
    assert await flags(s, case.application) == [("R53", "OPEN")]
    assert before == [("R53", "OPEN")]  # by its own dates already


@pytest.mark.parametrize(
    ("amount", "asked"), [("379.98", True), ("379.99", False), ("380.01", False), ("380.02", True)]
)
@pytest.mark.parametrize("award_first", [True, False])
async def test_R71_more_than_a_fen_from_the_decision(s, amount, asked, award_first):
    case = Case()
    told = [case.granted(), case.instructed(uuid4(), amount=Money.yuan(amount))]
    for event in told if award_first else reversed(told):
        await s.deliver(event)
    assert await flags(s, case.award) == ([("R71", "OPEN")] if asked else [])


async def test_R71_what_holds_is_what_was_decided_when_the_line_was_made(s):
    case, payment = Case(), uuid4()
    await s.deliver(case.granted(), case.instructed(payment))
    s.clock.set(TODAY + DAY)
    await s.deliver(case.adjusted("300.00", "2020-04"), case.paid(payment))
    assert await flags(s, case.award) == []
    await s.deliver(case.instructed(uuid4(), month=Month(2020, 5), amount=Money.yuan("300.00")))
    assert await flags(s, case.award) == []
    await s.deliver(case.instructed(uuid4(), month=Month(2020, 6)))
    assert await flags(s, case.award) == [("R71", "OPEN")]
    s.clock.set(TODAY)


async def test_R71_an_adjustment_that_is_heard_later_explains_and_nothing_is_paid_after_a_stop(s):
    case, payment = Case(), uuid4()
    await s.deliver(case.granted(), case.instructed(payment, amount=Money.yuan("300.00")))
    assert await flags(s, case.award) == [("R71", "OPEN")]
    before = len(await s.said(FlagSettled))
    await s.deliver(case.adjusted("300.00", "2020-04"))
    assert await flags(s, case.award) == [("R71", "FALSE_POSITIVE")]
    (settled,) = (await s.said(FlagSettled))[before:]
    assert settled.by == "oversight"
    assert settled.outcome == "FALSE_POSITIVE"
    await s.deliver(case.stopped("2020-03"))
    assert await flags(s, case.award) == [("R71", "OPEN")]
    assert len([f for f in await s.said(FlagRaised) if f.flag_id == settled.flag_id]) == 2


async def test_R71_other_items_are_not_compared(s):
    case = Case()
    await s.deliver(case.granted(), case.instructed(uuid4(), item="ARREARS", amount=Money.yuan("99.00")))
    assert await flags(s, case.award) == []


async def test_R72_two_lines_for_one_money_even_under_two_awards(s):
    case, other = Case(), Case()
    other.person = case.person
    await s.deliver(case.instructed(uuid4()), other.instructed(uuid4()))
    (flag,) = await flags(s, case.award, other.award)
    assert flag == ("R72", "OPEN")
    await s.deliver(case.instructed(uuid4()))
    assert len(await flags(s, case.award, other.award)) == 1


async def test_R72_paid_again_after_a_return_is_no_double(s):
    case, first, again = Case(), uuid4(), uuid4()
    later = date(2020, 4, 15)
    await s.deliver(case.instructed(first), case.returned(first), case.instructed(again, later, attempt=2))
    await s.deliver(case.paid(again, later, attempt=2))
    assert await flags(s, case.award) == []
    late = Case()
    await s.deliver(late.instructed(first), late.instructed(again, later, attempt=2))
    assert await flags(s, late.award) == [("R72", "OPEN")]
    await s.deliver(late.returned(first))
    assert await flags(s, late.award) == [("R72", "FALSE_POSITIVE")]


async def test_R72_one_line_told_twice_and_other_months_are_no_doubles(s):
    case, payment = Case(), uuid4()
    await s.deliver(case.instructed(payment), case.paid(payment), case.instructed(uuid4(), month=Month(2020, 5)))
    assert await flags(s, case.award) == []


async def test_R74_the_maker_checks_his_own_list(s):
    case, fine = Case(), Case()
    await s.deliver(case.run_opened(), case.run_checked("m", "m"), case.run_confirmed("m", "m"))
    assert await flags(s, case.run) == [("R74", "OPEN")]
    (raised,) = [f for f in await s.said(FlagRaised) if f.subject_id == str(case.run)]
    assert str(raised.division) == "640522000000"
    await s.deliver(fine.run_opened(), fine.run_checked("m", "c"), fine.run_confirmed("m", "c"))
    assert await flags(s, fine.run) == []


async def test_R80_papers_too_late(s):
    case, late, fine = uuid4(), uuid4(), uuid4()
    due = date(2020, 3, 25)
    for one in (case, late, fine):
        await s.deliver(
            EmergencyReported(
                relief_case_id=one,
                division=VILLAGE,
                cause="FIRE",
                persons=4,
                registry="NONE",
                reported_at=s.clock.now(),
            )
        )
    await s.deliver(PaperworkFellOverdue(relief_case_id=case, due_on=due, noticed_on=due + DAY))
    await s.deliver(PaperworkDone(relief_case_id=case, done_on=due + 2 * DAY, due_on=due, late=True, by="a"))
    await s.deliver(PaperworkDone(relief_case_id=late, done_on=due + DAY, due_on=due, late=True, by="a"))
    await s.deliver(PaperworkDone(relief_case_id=fine, done_on=due, due_on=due, late=False, by="a"))
    assert await flags(s, case, late) == [("R80", "OPEN")] * 2
    assert await flags(s, fine) == []


async def test_R88_only_a_shortage_that_lasts(s):
    short, mended, again = uuid4(), uuid4(), uuid4()
    for one in (short, mended, again):
        await s.deliver(fell_short(one, TODAY))
    await s.deliver(recovered(mended, TODAY, TODAY + 7 * DAY), recovered(again, TODAY, TODAY + 8 * DAY))
    await s.tick(TODAY + 7 * DAY)
    assert await flags(s, short, mended) == []
    assert await flags(s, again) == [("R88", "OPEN")]  # recovered, but too late
    await s.tick(TODAY + 8 * DAY)
    await s.tick(TODAY + 9 * DAY)
    assert await flags(s, short) == [("R88", "OPEN")]
    (raised,) = [f for f in await s.said(FlagRaised) if f.subject_id.startswith(str(short))]
    assert (raised.raised_on, raised.because) == (TODAY + 8 * DAY, "自2020-04-10起应配5人，实有4.5人，已超过7天")
    await s.deliver(fell_short(mended, TODAY + 9 * DAY))
    await s.tick(TODAY + 30 * DAY)
    assert await flags(s, mended) == [("R88", "OPEN")]
    s.clock.set(TODAY)
