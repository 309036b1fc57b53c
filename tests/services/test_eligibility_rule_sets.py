"""Cases of 2021, 2022 and 2026 through the service: decided after the check, published, by the law of their day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import pytest
import pytest_asyncio
from tests.services.eligibility_county import County, death, forwarded, member

from doudi.events.eligibility import (
    ApprovalBlocked,
    AwardAdjusted,
    AwardGranted,
    AwardGrantedV1,
    AwardStopped,
    DecisionIssued,
    DecisionPublished,
    DeterminationMade,
    DeterminationMadeV1,
    SecondPostingEnded,
    SecondPostingStarted,
)
from doudi.events.intake import ApplicationForwardedV1, ApplicationWithdrawn
from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2021, 8, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def elder(number: int = 1):
    return [member(number, "1946-01-01", "NONE")]


def able_four():
    return [
        member(1, "1975-01-01"),
        member(2, "1977-01-01"),
        member(3, "2000-01-01", earns=True),
        member(4, "1944-01-01", "PARTIAL"),
    ]


async def decides(county: County, event, **choice) -> UUID:
    id_ = await county.receives(event)
    await county.checks(id_, **choice)
    await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"})
    return id_


@pytest.mark.parametrize(
    ("today", "rule_set", "amount", "starts"),
    [
        (date(2021, 8, 2), "RS2021", "380.00", "2021-09"),
        (date(2022, 11, 7), "RS2022", "380.00", "2022-12"),
        (date(2026, 8, 3), "RS2026", "560.00", "2026-09"),
    ],
)
async def test_the_leader_decides_after_the_check_and_the_decision_is_published(
    county: County, today, rule_set, amount, starts
):
    county.s.clock.set(today)
    id_ = await decides(county, forwarded(elder(), "0.00", on=today))
    (decided,) = await county.s.said(DecisionIssued)
    assert (decided.rule_set, decided.outcome, decided.second_posting_ended_on) == (rule_set, "APPROVED", None)
    (granted,) = await county.s.said(AwardGranted)
    assert (str(granted.amount), str(granted.starts), granted.rule_set) == (amount, starts, rule_set)
    (published,) = await county.s.said(DecisionPublished)
    assert (published.application_id, published.published_on) == (id_, today)
    assert await county.s.said(SecondPostingStarted) == []


async def test_a_publication_shows_name_number_and_amount_and_takes_no_objection(county: County):
    id_ = await decides(county, forwarded(elder(), "0.00", on=DAY))
    (shown,) = (await county.s.public().get("/v1/postings")).json()["items"]
    assert (shown["kind"], shown["applicant_name"], shown["members"], shown["amount"]) == (
        "PUBLICATION", "马某某", 1, "380.00",
    )  # fmt: skip
    assert (shown["posted_on"], shown["ends_on"]) == ("2021-08-02", "2021-08-09")
    answer = await county.s.public().post(f"/v1/postings/{shown['id']}/objections", json={"statement": "他有一辆车"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/publication-is-no-posting")
    await county.s.deliver(ApplicationWithdrawn(application_id=id_, reason="不要了", withdrawn_on=DAY))
    assert len((await county.s.public().get("/v1/postings")).json()["items"]) == 1
    await county.s.tick(date(2021, 8, 10))
    assert (await county.s.public().get("/v1/postings")).json()["items"] == []
    assert await county.s.said(SecondPostingEnded) == []
    assert (await county.leader.get(f"/v1/cases/{id_}")).json()["status"] == "APPROVED"


async def test_there_is_no_second_posting_any_more_and_no_decision_before_the_check(county: County):
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
    refused = await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"}, status=409)
    assert refused["type"] == "/problems/not-in-this-state"
    await county.checks(id_)
    refused = await county.post(county.leader, id_, "propose", status=409)
    assert (refused["type"], refused["clause"]) == ("/problems/no-second-posting", "民发〔2021〕57号 art. 24")


async def test_kin_is_visited_always_and_nobody_is_drawn(county: County):
    for _ in range(20):
        id_ = await county.receives(forwarded(elder(), "0.00", on=DAY))
        assert (await county.leader.get(f"/v1/cases/{id_}")).json()["visit_because"] is None
    id_ = await county.receives(forwarded(elder(), "0.00", on=DAY, near_relative=True))
    await county.post(county.clerk, id_, "prepare", {})
    await county.post(county.checker, id_, "check", {})
    refused = await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"}, status=409)
    assert refused["type"] == "/problems/visit-missing"


async def test_the_county_has_ten_working_days_and_a_refusal_three(county: County):
    county.s.clock.set(date(2021, 8, 6))  # a Friday
    id_ = await county.receives(forwarded(able_four(), "99999.00", on=date(2021, 8, 6)))
    await county.checks(id_)
    await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入不低于标准"})
    case = (await county.leader.get(f"/v1/cases/{id_}")).json()
    assert (case["opinion_due_on"], case["notice_due_on"]) == ("2021-08-20", "2021-08-11")


@pytest.mark.parametrize(
    ("today", "status"), [(date(2021, 8, 2), 200), (date(2022, 11, 7), 409), (date(2026, 8, 3), 409)]
)
async def test_E05_two_of_four_may_be_insured_until_2022_and_never_after(county: County, today, status):
    county.s.clock.set(today)
    income = "14400.00" if today.year < 2026 else "23040.00"  # 300.00 and 480.00 a head: 80.00 below the line
    id_ = await county.receives(forwarded(able_four(), income, on=today))
    await county.checks(id_, insured=[str(UUID(int=3)), str(UUID(int=4))])
    answer = await county.post(county.leader, id_, "decide", {"outcome": "APPROVED"}, status=status)
    if status == 200:
        assert str((await county.s.said(AwardGranted))[0].amount) == "160.00"
        return
    assert (answer["type"], "不得仅将个别家庭成员纳入" in answer["detail"]) == ("/problems/approval-forbidden", True)
    (blocked,) = await county.s.said(ApprovalBlocked)
    assert [f.clause for f in blocked.findings] == ["民发〔2022〕83号 一(一)"]
    assert await county.s.said(AwardGranted) == []


async def test_E05_under_RS2022_all_four_are_insured(county: County):
    county.s.clock.set(date(2022, 11, 7))
    await decides(county, forwarded(able_four(), "14400.00", on=date(2022, 11, 7)))
    assert str((await county.s.said(AwardGranted))[0].amount) == "320.00"


@pytest.mark.parametrize(
    ("today", "income", "outcome"),
    [
        (date(2020, 3, 2), "13680.00", "NONE"),
        (date(2021, 8, 2), "13680.00", "MARGIN"),  # E03: 380.00
        (date(2021, 8, 2), "20519.64", "MARGIN"),  # E04: 569.99
        (date(2021, 8, 2), "20520.00", "NONE"),  # 570.00
    ],
)
async def test_E03_E04_at_the_line_the_household_is_a_margin_household_from_2021(
    county: County, today, income, outcome
):
    county.s.clock.set(today)
    people = [member(1, "1980-01-01", earns=True), member(2, "1982-01-01"), member(3, "2010-01-01", student=True)]
    await county.receives(forwarded(people, income, on=today))
    (made,) = await county.s.said(DeterminationMade)
    assert (made.eligible, str(made.amount), made.outcome) == (False, "0.00", outcome)


def with_M3():
    m3 = member(3, "1993-01-01", "NONE", disability={"category": "LIMB", "grade": 2}, applies_alone=True)
    m3 |= {"cannot_register_apart": True}
    return [member(1, "1965-01-01", earns=True), member(2, "1967-01-01"), m3, member(4, "1990-01-01", earns=True)]


async def test_E08_one_member_is_treated_as_single_and_the_others_get_nothing(county: County):
    county.s.clock.set(date(2020, 3, 2))
    id_ = await county.receives(forwarded(with_M3(), "21600.00", on=date(2020, 3, 2)))
    award = await county.approves(id_)
    assert (award["assistance_class"], award["household_size"], award["amount"]) == ("A", 1, "380.00")
    assert [(x["person_id"], x["amount"]) for x in award["lines"]] == [(str(UUID(int=3)), "380.00")]
    made = (await county.s.said(DeterminationMade))[-1]
    assert (made.treated_as_single, made.route, made.household_size) == (True, "NORMAL", 1)
    (granted,) = await county.s.said(AwardGranted)
    assert granted.single_basis == made.single_basis == award["single_basis"] == "POVERTY_REGISTRY"


async def test_E08_a_relatives_death_changes_nothing_and_ones_own_ends_it(county: County):
    people = with_M3()
    await decides(county, forwarded(people, "21600.00", on=DAY))  # RS2021: a margin household, 450.00
    await county.s.deliver(death(people[0], date(2021, 9, 3), date(2021, 9, 6)))
    assert await county.s.said(AwardAdjusted) == []
    assert await county.s.said(AwardStopped) == []
    await county.s.deliver(death(people[2], date(2021, 9, 3), date(2021, 9, 6)))
    assert [str(e.last_month) for e in await county.s.said(AwardStopped)] == ["2021-09"]


async def test_E22_a_death_after_the_seeds_rules_is_worked_out_by_the_rules_of_its_day(county: County):
    county.s.clock.set(date(2021, 6, 1))
    people = [member(n, "1980-01-01", earns=n == 1) for n in (1, 2, 3)]
    await county.approves(await county.receives(forwarded(people, "6480.00", on=date(2021, 6, 1))))
    await county.s.tick(date(2021, 9, 6))
    await county.s.deliver(death(people[1], date(2021, 8, 15), date(2021, 9, 6)))
    (adjusted,) = await county.s.said(AwardAdjusted)
    assert (str(adjusted.amount), str(adjusted.from_month)) == ("220.00", "2021-10")
    assert {f.rule_set for f in adjusted.findings} == {"RS2021"}


async def test_an_urban_household_is_held_against_the_urban_standard(county: County):
    event = forwarded(elder(), "0.00", on=DAY)
    event = event.model_copy(update={"household": event.household.model_copy(update={"hukou": "URBAN"})})
    await decides(county, event)
    (granted,), (old,) = await county.s.said(AwardGranted), await county.s.said(AwardGrantedV1)
    assert (str(granted.amount), granted.programme, granted.single_basis) == ("600.00", "DIBAO_U", None)
    assert (old.programme, old.standard_of, old.also_in_v2) == ("DIBAO_R", "DIBAO_U", True)
    assert (old.award_id, old.lines) == (granted.award_id, granted.lines)
    made, before = await county.s.said(DeterminationMade), await county.s.said(DeterminationMadeV1)
    assert [e.programme for e in made] == ["DIBAO_U"] * len(before)
    assert {(e.programme, e.standard_of, e.also_in_v2) for e in before} == {("DIBAO_R", "DIBAO_U", True)}
    assert [e.determination_id for e in before] == [e.determination_id for e in made]
    awards = (await county.leader.get("/v1/awards")).json()["items"]
    assert [award["programme"] for award in awards] == ["DIBAO_U"]


async def test_version_1_of_a_case_counts_only_where_version_2_was_not_said(county: County):
    new = forwarded(elder(), "0.00", on=DAY)
    told = new.model_dump(mode="json") | {"programme": "DIBAO_R", "standard_of": "DIBAO_R"}
    await county.s.deliver(ApplicationForwardedV1.model_validate({**told, "also_in_v2": True}))
    assert (await county.clerk.get("/v1/cases")).json()["items"] == []
    await county.s.deliver(ApplicationForwardedV1.model_validate(told))
    await county.s.deliver(new)
    (case,) = (await county.clerk.get("/v1/cases")).json()["items"]
    assert (case["id"], len(await county.s.said(DeterminationMade))) == (str(new.application_id), 1)


async def test_an_urban_decision_is_certified_and_tried_elsewhere_by_the_urban_numbers(county: County):
    event = forwarded(elder(), "0.00", on=DAY)
    event = event.model_copy(update={"household": event.household.model_copy(update={"hukou": "URBAN"})})
    id_ = await decides(county, event)
    case = (await county.leader.get(f"/v1/cases/{id_}")).json()
    kept = (await county.clerk.get(f"/v1/decisions/{case['decision_id']}/certificate")).json()["given"]
    keys = {row["key"] for row in kept["parameters"]}
    assert "dibao.urban" in keys
    assert "dibao.rural" not in keys
    assert "parameters" not in kept["sources"]  # nothing was set between the determination and the decision
    path = f"/v1/determinations/{case['determination_id']}/recompute"
    tried = (await county.clerk.post(path, params={"on": "2024-03-01"})).json()
    assert (tried["equal"], tried["would_be"]["standard"], tried["would_be"]["amount"]) == (True, "690.00", "690.00")
