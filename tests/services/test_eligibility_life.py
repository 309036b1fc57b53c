"""An award's life through the API: review, change, hold, taper (E11), refused work, death (E22)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.eligibility_county import death, member
from tests.services.eligibility_life import Life, family, look

from doudi.auth import Role
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_life import (
    AwardResumed,
    AwardSuspended,
    ChangeReported,
    InterventionProposed,
    NoticeServed,
    ReviewDue,
    ReviewOverdue,
    ReviewRecorded,
    SuspensionEnding,
    TaperGranted,
    WorkOffered,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def test_E11_month_twelve_of_a_taper_is_paid_and_month_thirteen_is_not(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    assert (award["amount"], award["starts"]) == ("600.00", "2020-02")
    await life.at(date(2020, 2, 20))
    job = {"person_id": people[0]["person_id"], "employer": "海原县某建筑公司", "look": look("18720.00")}
    made = await life.proposes(award, "TAPER", "FOUND_WORK", **job)
    assert any("520.00" in f["because"] for f in made["findings"])
    await life.decides(made)
    (granted,) = await life.s.said(TaperGranted)
    assert (str(granted.from_month), str(granted.last_month), str(granted.amount)) == ("2020-03", "2021-02", "600.00")
    now = await life.now(award)
    assert (now["status"], now["taper_until"], now["amount"]) == ("TAPER", "2021-02", "600.00")
    await life.at(date(2021, 2, 28))
    assert (await life.now(award))["status"] == "TAPER"
    await life.at(date(2021, 3, 1))
    now = await life.now(award)
    assert (now["status"], now["last_month"]) == ("STOPPED", "2021-02")
    assert {line["to_month"] for line in now["lines"]} == {"2021-02"}
    (stopped,) = await life.s.said(AwardStopped)
    assert (str(stopped.last_month), stopped.reason) == ("2021-02", "渐退期满")
    rows = await life.s.fetch("SELECT job, (SELECT count(*) FROM covered WHERE active) AS active FROM taper")
    assert ("建筑" in rows[0]["job"], rows[0]["active"]) == (False, 0)


async def test_a_taper_is_given_once_for_a_job_and_only_above_the_line(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    job = {"person_id": people[0]["person_id"], "employer": "某 公司"}
    below = await life.proposes(award, "TAPER", "FOUND_WORK", 409, **job, look=look("6480.00"))
    assert (below["type"], "仍低于标准" in below["detail"]) == ("/problems/taper-forbidden", True)
    idle = {**job, "person_id": people[1]["person_id"]}
    assert "并非因就业" in (await life.proposes(award, "TAPER", "X", 409, **idle, look=look("18720.00")))["detail"]
    long = await life.proposes(award, "TAPER", "FOUND_WORK", 409, **job, look=look("18720.00"), months=13)
    assert "应为 1 至 12 个月" in long["detail"]
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job, look=look("18720.00"), months=1))
    again = await life.proposes(award, "TAPER", "FOUND_WORK", 409, **job, look=look("18720.00"))
    assert again["type"] == "/problems/award-not-in-this-state"
    await life.at(date(2020, 3, 1))
    second = await life.award([dict(p) for p in people], "6480.00")
    once = await life.proposes(
        second, "TAPER", "FOUND_WORK", 409, **{**job, "employer": "某公司"}, look=look("18720.00")
    )
    assert "同一工作" in once["detail"]


@pytest.mark.parametrize(
    ("income", "outcome", "after"),
    [
        ("6480.00", "UNCHANGED", "600.00"),
        ("5400.00", "RAISE", "690.00"),
        ("7560.00", "REDUCE", "510.00"),
        ("13679.64", "REDUCE", "0.03"),
        ("13679.99", "REDUCE", "0.00"),  # below the line by less than a fen a month
        ("13680.00", "STOP", "0.00"),
    ],
)
async def test_a_review_leads_to_nothing_or_to_a_proposal(life: Life, income: str, outcome: str, after: str):
    award = await life.award(family(), "6480.00")
    await life.at(date(2020, 3, 10))
    made = await life.review(award, income)
    assert (made["outcome"], made["amount_before"], made["amount_after"]) == (outcome, "600.00", after)
    assert (await life.now(award))["amount"] == "600.00"
    (recorded,) = await life.s.said(ReviewRecorded)
    assert (recorded.outcome, str(recorded.review_due_on)) == (outcome, (await life.now(award))["review_due_on"])
    assert len(await life.s.said(InterventionProposed)) == (outcome != "UNCHANGED")
    if outcome == "UNCHANGED":
        assert made["intervention_id"] is None
        return
    await life.decides(made) if outcome != "RAISE" else await raised(life, made)
    now, changed = await life.now(award), await life.s.said(AwardAdjusted)
    if outcome == "STOP":
        assert (now["status"], now["last_month"], changed) == ("STOPPED", "2020-03", [])
        (stopped,) = await life.s.said(AwardStopped)
        assert any("不低于标准" in f.because for f in stopped.findings)
    else:
        assert (now["amount"], [(str(a.from_month), str(a.amount)) for a in changed]) == (after, [("2020-04", after)])
        assert {line["to_month"] for line in now["lines"]} == {"2020-03", None}


async def raised(life: Life, made) -> None:
    """A raise takes nothing: three people, and no hearing."""
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")


async def test_members_come_and_leave_at_a_review_and_nobody_is_covered_twice(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    elsewhere = member(20, "1946-01-01", "NONE")
    keys = {"match_key": life.s.runtime.keys.match("640522194601010021")}
    await life.award([{**elsewhere, **keys}], "0.00")
    came = {
        "person_id": elsewhere["person_id"], "id_number": "640522194601010021", "birth_date": "1946-01-01",
        "labour": "NONE",
    }  # fmt: skip
    made = await life.review(award, "6480.00", added=[came])
    await life.step(life.checker, made, "check")
    twice = await life.step(life.leader, made, "decide", status=409)
    assert twice["type"] == "/problems/insured-twice"
    await life.step(life.clerk, made, "drop", {"reason": "已在他户享受"})
    new = {**came, "person_id": "00000000-0000-0000-0000-000000000099", "id_number": "640502194601010018"}
    made = await life.review(award, "6480.00", added=[new], left=[people[1]["person_id"]])
    assert (made["outcome"], made["amount_after"]) == ("RAISE", "600.00")  # the same sum, and nobody loses
    await raised(life, made)
    now = await life.now(award)
    assert (now["household_size"], people[1]["person_id"] in now["insured"]) == (3, False)
    assert new["person_id"] in now["insured"]
    covered = await life.s.fetch("SELECT person_id FROM covered WHERE active AND award_id = $1::uuid", award["id"])
    assert sorted(str(r["person_id"]) for r in covered) == sorted(now["insured"])
    unknown = await life.review(award, "6480.00", 422, left=[people[1]["person_id"]])
    assert unknown["type"] == "/problems/unknown-member"


async def test_reviews_come_near_and_pass_and_each_is_said_once(life: Life):
    award = await life.award(family(), "6480.00")
    assert (award["assistance_class"], award["review_due_on"]) == ("B", "2020-07-31")
    await life.at(date(2020, 6, 30))
    assert await life.s.said(ReviewDue) == []
    for _ in range(2):
        await life.at(date(2020, 7, 1))
    assert [str(e.due_on) for e in await life.s.said(ReviewDue)] == ["2020-07-31"]
    await life.at(date(2020, 7, 31))
    assert await life.s.said(ReviewOverdue) == []
    for _ in range(2):
        await life.at(date(2020, 8, 1))
    assert len(await life.s.said(ReviewOverdue)) == len(await life.s.said(ReviewDue)) == 1
    await life.review(award, "6480.00")
    assert (await life.now(award))["review_due_on"] == "2021-02-28"


async def test_a_reported_change_moves_the_review_forward_and_nothing_else(life: Life):
    award = await life.award(family(), "6480.00")
    township = life.s.client(Role.CLERK, "640522105000", sub="clerk-9")
    body = {"kind": "INCOME", "happened_on": "2020-01-05"}
    made = await life.post(township, f"awards/{award['id']}/changes", body, 201)
    assert made["review_by"] == "2020-02-09"
    now = await life.now(award)
    assert (now["review_due_on"], now["amount"], now["status"]) == ("2020-02-09", "600.00", "ACTIVE")
    (told,) = await life.s.said(ChangeReported)
    assert (told.kind, str(told.review_due_on)) == ("INCOME", "2020-02-09")
    future = {**body, "happened_on": "2020-12-01"}
    await life.post(township, f"awards/{award['id']}/changes", future, 422)
    stranger = {**body, "kind": "MEMBER_LEFT", "person_id": "00000000-0000-0000-0000-000000000099"}
    await life.post(township, f"awards/{award['id']}/changes", stranger, 422)


async def test_money_is_held_three_months_at_most_and_then_a_decision_is_demanded(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date(2020, 3, 10))
    held = await life.post(life.clerk, f"awards/{award['id']}/hold", {"reason": "ALIVE_CHECK_MISSED"})
    assert (held["status"], held["held_from"], held["decide_by"]) == ("SUSPENDED", "2020-03", "2020-05-31")
    (told,) = await life.s.said(AwardSuspended)
    assert (str(told.from_month), told.ground) == ("2020-03", "ALIVE_CHECK_MISSED")
    assert [n.notice for n in await life.s.said(NoticeServed)] == ["HOLD"]
    again = await life.post(life.clerk, f"awards/{award['id']}/hold", {"reason": "ACCOUNT_RETURNED"}, 409)
    assert again["type"] == "/problems/award-not-in-this-state"
    await life.at(date(2020, 5, 15))
    assert await life.s.said(SuspensionEnding) == []
    for day in (date(2020, 5, 16), date(2020, 5, 31)):
        await life.at(day)
        assert [e.overdue for e in await life.s.said(SuspensionEnding)] == [False]
    await life.at(date(2020, 6, 1))
    assert [e.overdue for e in await life.s.said(SuspensionEnding)] == [False, True]
    assert (await life.now(award))["status"] == "SUSPENDED"
    assert (await life.clerk.post(f"/v1/awards/{award['id']}/resume")).status_code == 403
    await life.post(life.leader, f"awards/{award['id']}/resume")
    (resumed,) = await life.s.said(AwardResumed)
    assert [str(m) for m in resumed.months_owed] == ["2020-03", "2020-04", "2020-05"]
    now = await life.now(award)
    assert (now["status"], now["amount"], now["held_from"]) == ("ACTIVE", "600.00", None)


async def test_three_refusals_in_a_row_cost_the_persons_own_part_and_nobody_elses(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    lazy = {"person_id": people[1]["person_id"], "keeps": "50.00"}
    offers, before = f"awards/{award['id']}/work-offers", await life.now(award)
    await life.at(date(2020, 1, 16))
    for day, outcome, acts in (
        ("2020-01-11", "REFUSED", False),
        ("2020-01-12", "REFUSED", False),
        ("2020-01-13", "EXCUSED", False),
        ("2020-01-14", "REFUSED", False),
        ("2020-01-15", "REFUSED", False),
        ("2020-01-16", "REFUSED", True),
    ):
        if not acts:
            early = await life.proposes(award, "REDUCE", "REFUSED_WORK", 409, **lazy)
            assert early["type"] == "/problems/work-not-refused"
        body = {"person_id": people[1]["person_id"], "offered_on": day, "outcome": outcome}
        assert (await life.post(life.clerk, offers, body, 201))["law_acts"] is acts
    child = {"person_id": people[2]["person_id"], "offered_on": "2020-01-16", "outcome": "REFUSED"}
    earner = {**child, "person_id": people[0]["person_id"]}
    for who in (child, earner):
        assert (await life.post(life.clerk, offers, who, 422))["type"] == "/problems/unknown-member"
    said = await life.s.said(WorkOffered)
    assert [(e.outcome, e.law_acts, e.offered_on.day) for e in said] == [
        ("REFUSED", False, 11), ("REFUSED", False, 12), ("EXCUSED", False, 13),
        ("REFUSED", False, 14), ("REFUSED", False, 15), ("REFUSED", True, 16),
    ]  # fmt: skip
    assert {(str(e.award_id), str(e.person_id), e.division.code) for e in said} == {
        (award["id"], people[1]["person_id"], before["division"])
    }
    await life.decides(await life.proposes(award, "REDUCE", "REFUSED_WORK", **lazy))
    now = await life.now(award)
    assert now["amount"] == "450.00"
    paid = {line["person_id"]: line["amount"] for line in now["lines"] if line["to_month"] is None}
    assert paid == {people[0]["person_id"]: "200.00", people[1]["person_id"]: "50.00", people[2]["person_id"]: "200.00"}
    await life.decides(await life.proposes(award, "REDUCE", "REFUSED_WORK", **{**lazy, "keeps": "0.00"}))
    now = await life.now(award)
    assert (now["amount"], people[1]["person_id"] in now["insured"], now["household_size"]) == ("400.00", False, 3)


async def test_E22_a_death_in_a_held_award_or_a_taper_takes_only_the_dead_persons_part(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    job = {"person_id": people[0]["person_id"], "employer": "某公司", "look": look("18720.00")}
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job))
    await life.post(life.clerk, f"awards/{award['id']}/hold", {"reason": "ACCOUNT_RETURNED"})
    await life.s.deliver(death(people[1], date(2020, 1, 12), date(2020, 1, 20)))
    (adjusted,) = await life.s.said(AwardAdjusted)
    assert (str(adjusted.from_month), str(adjusted.amount)) == ("2020-02", "400.00")
    assert (await life.now(award))["status"] == "SUSPENDED"
    await life.post(life.leader, f"awards/{award['id']}/resume")
    assert (await life.now(award))["status"] == "TAPER"
    await life.at(date(2021, 2, 1))
    assert (await life.now(award))["status"] == "STOPPED"


@pytest.mark.parametrize(
    ("income", "outcome", "after"), [("7560.00", "REDUCE", "510.00"), ("5400.00", "RAISE", "690.00")]
)
async def test_who_is_in_need_again_before_the_taper_is_over_goes_on(life: Life, income: str, outcome: str, after: str):
    people = family()
    award = await life.award(people, "6480.00")
    job = {"person_id": people[0]["person_id"], "employer": "某公司", "look": look("18720.00")}
    await life.decides(await life.proposes(award, "TAPER", "FOUND_WORK", **job, months=2))
    still = await life.review(award, "18720.00")
    assert (still["outcome"], still["intervention_id"]) == ("UNCHANGED", None)
    assert (await life.now(award))["status"] == "TAPER"
    made = await life.review(award, income)
    assert made["outcome"] == outcome
    await life.decides(made) if outcome == "REDUCE" else await raised(life, made)
    await life.at(date(2020, 4, 1))
    now = await life.now(award)
    assert (now["status"], now["amount"], now["taper_until"]) == ("ACTIVE", after, None)
    (resumed,) = await life.s.said(AwardResumed)
    assert (resumed.taper_given_up, resumed.held) == (True, False)


@pytest.mark.parametrize(
    ("ground", "told"), [("POVERTY_EXIT", "脱贫不脱保"), ("INCOME_OVER", "未脱贫；家庭人均收入仍低于标准")]
)
async def test_poverty_exit_stops_nobody_who_is_below_the_line(life: Life, ground: str, told: str):
    award = await life.award(family(), "6480.00")
    refused = await life.proposes(award, "STOP", ground, 409, look=look("13679.00"))
    assert (refused["type"], told in refused["detail"]) == ("/problems/no-ground-to-stop", True)
