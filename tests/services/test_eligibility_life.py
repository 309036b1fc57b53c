"""An award's life: review, change, hold, taper (E11), stop, refused work, and whom the law lets act."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, death, member
from tests.services.eligibility_life import Life, family, look

from doudi.auth import Role
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardStopped
from doudi.events.eligibility_life import (
    AwardResumed,
    AwardSuspended,
    ChangeReported,
    InterventionProposed,
    NoticeServed,
    PersonHeard,
    ReviewDue,
    ReviewOverdue,
    ReviewRecorded,
    SuspensionEnding,
    TaperGranted,
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
    assert "没有就业收入" in (await life.proposes(award, "TAPER", "X", 409, **idle, look=look("18720.00")))["detail"]
    long = await life.proposes(award, "TAPER", "FOUND_WORK", 409, **job, look=look("18720.00"), months=13)
    assert "最长 12 个月" in long["detail"]
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
    keys = {"match_key": life.s.runtime.keys.match("640522188001010027")}
    await life.award([{**elsewhere, **keys}], "0.00")
    came = {
        "person_id": elsewhere["person_id"], "id_number": "640522188001010027", "birth_date": "1946-01-01",
        "labour": "NONE",
    }  # fmt: skip
    made = await life.review(award, "6480.00", added=[came])
    await life.step(life.checker, made, "check")
    twice = await life.step(life.leader, made, "decide", status=409)
    assert twice["type"] == "/problems/insured-twice"
    await life.step(life.clerk, made, "drop", {"reason": "已在他户享受"})
    new = {**came, "person_id": "00000000-0000-0000-0000-000000000099", "id_number": "640502188506150011"}
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


async def test_a_suspension_by_decision_goes_the_long_way_and_begins_with_the_next_month(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "SUSPEND", "BY_DECISION")
    await life.step(life.checker, made, "check", status=409)
    await life.decides(made)
    (told,) = await life.s.said(AwardSuspended)
    assert (str(told.from_month), told.ground) == ("2020-02", "BY_DECISION")


@pytest.mark.parametrize(
    ("ground", "look_at", "status"),
    [
        ("WITHDRAWAL", None, 201),
        ("MOVED", None, 201),
        ("REFUSED_COOPERATION", None, 201),
        ("INCOME_OVER", look("13680.00"), 201),
        ("INCOME_OVER", look("13679.64"), 409),
        ("INCOME_OVER", None, 409),
        ("PROPERTY_OVER", look("6480.00", means={"verified_breaches": ["第二套商品房"]}), 201),
        ("PROPERTY_OVER", look("6480.00"), 409),
        ("POVERTY_EXIT", look("13680.00"), 409),
    ],
)
async def test_an_award_stops_for_the_listed_grounds_and_poverty_exit_is_none(life: Life, ground, look_at, status):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", ground, status, **({"look": look_at} if look_at else {}))
    if status == 409:
        assert made["type"] == "/problems/no-ground-to-stop"
        return
    await life.decides(made)
    now = await life.now(award)
    assert (now["status"], now["last_month"]) == ("STOPPED", "2020-01")
    assert [n.notice for n in await life.s.said(NoticeServed)] == ["PROPOSAL", "DECISION"]
    gone = await life.proposes(award, "STOP", "WITHDRAWAL", 409)
    assert gone["type"] == "/problems/award-not-in-this-state"
    again = await life.award([dict(p) for p in family()], "6480.00")
    assert again["status"] == "ACTIVE"


async def test_three_refusals_in_a_row_cost_the_persons_own_part_and_nobody_elses(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    lazy = {"person_id": people[1]["person_id"], "keeps": "50.00"}
    offers = f"awards/{award['id']}/work-offers"
    for day, outcome, acts in (
        ("2020-01-03", "REFUSED", False),
        ("2020-01-04", "REFUSED", False),
        ("2020-01-05", "EXCUSED", False),
        ("2020-01-06", "REFUSED", False),
        ("2020-01-07", "REFUSED", False),
        ("2020-01-08", "REFUSED", True),
    ):
        if not acts:
            early = await life.proposes(award, "REDUCE", "REFUSED_WORK", 409, **lazy)
            assert early["type"] == "/problems/work-not-refused"
        body = {"person_id": people[1]["person_id"], "offered_on": day, "outcome": outcome}
        assert (await life.post(life.clerk, offers, body, 201))["law_acts"] is acts
    child = {"person_id": people[2]["person_id"], "offered_on": "2020-01-08", "outcome": "REFUSED"}
    assert (await life.post(life.clerk, offers, child, 422))["type"] == "/problems/unknown-member"
    await life.decides(await life.proposes(award, "REDUCE", "REFUSED_WORK", **lazy))
    now = await life.now(award)
    assert now["amount"] == "450.00"
    paid = {line["person_id"]: line["amount"] for line in now["lines"] if line["to_month"] is None}
    assert paid == {people[0]["person_id"]: "200.00", people[1]["person_id"]: "50.00", people[2]["person_id"]: "200.00"}
    await life.decides(await life.proposes(award, "REDUCE", "REFUSED_WORK", **{**lazy, "keeps": "0.00"}))
    now = await life.now(award)
    assert (now["amount"], people[1]["person_id"] in now["insured"], now["household_size"]) == ("400.00", False, 3)


async def test_a_death_needs_no_hearing_but_gets_its_notice_and_drops_what_was_proposed(life: Life):
    alone = [member(1, "1946-01-01", "NONE")]
    award = await life.award(alone, "0.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    await life.s.deliver(death(alone[0], date(2020, 1, 15), date(2020, 1, 16)))
    assert (await life.now(award))["status"] == "STOPPED"
    assert [(n.notice, n.reason) for n in await life.s.said(NoticeServed)] == [("DEATH", "成员死亡，停发待遇")]
    await life.step(life.clerk, made, "notice", status=409)
    listed = (await life.clerk.get("/v1/interventions", params={"status": "DROPPED"})).json()["items"]
    assert [i["id"] for i in listed] == [made["id"]]


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


async def test_what_was_heard_about_another_state_of_the_award_is_not_decided(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    made = await life.review(award, "7560.00")
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    await life.s.deliver(death(people[1], date(2020, 1, 12), date(2020, 1, 20)))
    stale = await life.step(life.leader, made, "decide", status=409)
    assert stale["type"] == "/problems/award-changed-since"


async def test_three_people_act_none_of_them_kin_and_one_proposal_at_a_time(life: Life):
    award = await life.award(family(), "6480.00")
    everything = [Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER]
    one = life.s.client(everything, COUNTY, sub="all-in-one")
    body = {"kind": "STOP", "ground": "WITHDRAWAL", "reason": "本人申请"}
    made = await life.post(one, f"awards/{award['id']}/interventions", body, 201)
    assert (await life.proposes(award, "STOP", "WITHDRAWAL", 409))["type"] == "/problems/already-proposed"
    assert (await life.review(award, "13680.00", 409))["type"] == "/problems/already-proposed"
    await life.tells_and_hears(made)
    assert (await life.step(one, made, "check", status=409))["type"] == "/problems/three-people-needed"
    assert (await life.step(life.leader, made, "decide", status=409))["type"] == "/problems/not-in-this-step"
    await life.step(life.checker, made, "check")
    assert (await life.step(one, made, "decide", status=409))["type"] == "/problems/three-people-needed"
    await life.step(life.leader, made, "decide")


async def test_a_near_relative_neither_reviews_nor_proposes_nor_holds(life: Life):
    award = await life.award(family(), "6480.00", relatives=["kin"], near_relative=True)
    kin = life.s.client([Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER], COUNTY, sub="kin")
    offer = {"person_id": award["insured"][1], "offered_on": "2020-01-05", "outcome": "REFUSED"}
    for path, body in (
        ("review", look("6480.00")),
        ("interventions", {"kind": "STOP", "ground": "WITHDRAWAL", "reason": "x"}),
        ("hold", {"reason": "ACCOUNT_RETURNED"}),
        ("changes", {"kind": "INCOME", "happened_on": "2020-01-05"}),
        ("work-offers", offer),
    ):
        refused = await life.post(kin, f"awards/{award['id']}/{path}", body, 403)
        assert refused["clause"] == "民发〔2012〕220号 art. 14"
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    assert (await life.step(kin, made, "drop", {"reason": "x"}, 403))["type"] == "/problems/relative-must-not-act"
    assert (await life.step(kin, made, "notice", status=403))["type"] == "/problems/relative-must-not-act"
    await life.tells_and_hears(made)
    for verb in ("check", "decide"):
        assert (await life.step(kin, made, verb, status=403))["type"] == "/problems/relative-must-not-act"


async def test_under_RS2019_notice_and_reason_are_enough(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    needed = await life.step(life.checker, made, "check", status=409)
    assert (needed["type"], "尚未书面告知" in needed["detail"]) == ("/problems/hearing-needed", True)
    await life.step(life.clerk, made, "notice")
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")
    assert await life.s.said(PersonHeard) == []


async def test_under_RS2026_the_person_is_heard_first_and_silence_counts_only_after_the_term(life: Life):
    award = await life.award(family(), "6480.00")
    await life.at(date(2026, 7, 6))
    made = await life.proposes(award, "STOP", "REFUSED_COOPERATION")
    await life.step(life.clerk, made, "notice")
    for who, verb in ((life.checker, "check"), (life.leader, "decide")):
        unheard = await life.step(who, made, verb, status=409)
        assert (unheard["type"], unheard["clause"]) == ("/problems/hearing-needed", "社会救助法 art. 48")
    silent = {"hearing": "NO_ANSWER"}
    await life.at(date(2026, 7, 13))
    early = await life.step(life.clerk, made, "hearing", silent, 409)
    assert (early["type"], "2026-07-13" in early["detail"]) == ("/problems/term-still-running", True)
    await life.at(date(2026, 7, 14))
    await life.step(life.clerk, made, "hearing", silent)
    await life.step(life.checker, made, "check")
    await life.step(life.leader, made, "decide")
    assert (await life.now(award))["status"] == "STOPPED"
    assert [e.hearing for e in await life.s.said(PersonHeard)] == ["NO_ANSWER"]


async def test_what_the_person_said_is_kept_sealed(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    await life.step(life.clerk, made, "notice")
    await life.step(life.clerk, made, "hearing", {"hearing": "HEARD", "statement": "我没有申请退出"})
    rows = await life.s.fetch("SELECT statement FROM intervention")
    assert rows[0]["statement"].startswith("s1.")
    shown = (await life.leader.get(f"/v1/interventions/{made['id']}")).json()
    assert shown["statement"] == "我没有申请退出"


async def test_another_county_neither_sees_nor_touches_it(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    roles = [Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER]
    other = life.s.client(roles, "640521000000", sub="other")
    assert (await other.get(f"/v1/interventions/{made['id']}")).status_code == 404
    assert (await other.get("/v1/interventions")).json()["items"] == []
    for verb in ("notice", "check", "decide", "accept"):
        await life.step(other, made, verb, status=404)
    await life.post(other, f"awards/{award['id']}/review", look("6480.00"), 404)
    stale = await life.clerk.post(f"/v1/interventions/{made['id']}/notice", headers={"If-Match": '"9"'})
    assert stale.status_code == 412
    assert len(await life.s.said(AwardGranted)) == 1
