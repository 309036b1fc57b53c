"""A changed standard settles the awards of one person too: tekun with dibao, a subsidy by its own, exactly once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_programmes import COUNTY, Someone, Window, care, tekun
from tests.services.eligibility_standards import (
    APRIL,
    DAY,
    RAISED,
    approved,
    call,
    executed,
    granted,
    proposed,
    refused,
    results,
    whole,
)
from tests.services.test_eligibility_redetermination_resumed import Killed, batches

from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardQuestioned
from doudi.events.eligibility_standards import RedeterminationExecuted, RedeterminationProposed, StandardSet
from doudi.testing import Servers, running
from eligibility.app import SERVICE

CARE = {**RAISED, "standard": "care_sub.amount", "amount": "100.00"}


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def on_tekun(county: Window, born: str = "1950-05-05") -> Any:
    """Somebody of tekun, scattered and self-caring: 60 % of 10,200 a year, 510.00."""
    case = await county.applies(Someone(born), tekun())
    await county.hangs(case["id"])
    await county.confirms(case["id"])
    return await county.award_of(case["id"])


async def test_the_dry_run_counts_tekun_with_the_dibao_standard_and_changes_nothing(county: Window):
    await granted(county, "4800.00", 10)
    one = await on_tekun(county)
    await county.gets(Someone("1980-05-05"), care())
    job = await proposed(county)
    by = {p["place"]: p["figures"] for p in job["by_programme"]}
    assert set(by) == {"DIBAO_R", "TEKUN"}  # the care subsidy does not follow dibao
    assert (by["TEKUN"]["gaining"], by["TEKUN"]["change_month"], by["TEKUN"]["change_year"]) == (1, "62.00", "744.00")
    assert (job["figures"]["gaining"], job["figures"]["change_month"], job["total"]) == (2, "182.00", 2)
    assert job["figures"]["mean_after"] == "240.00"  # of dibao alone
    (mine,) = [r for r in await results(county, job) if r["award_id"] == one["id"]]
    assert (mine["programme"], mine["old_amount"], mine["new_amount"], mine["effective"]) == (
        "TEKUN", "510.00", "572.00", APRIL,
    )  # fmt: skip
    (said,) = await county.s.said(RedeterminationProposed)
    assert (said.figures.gaining, str(said.figures.change_month)) == (2, "182.00")
    assert (await county.award_of(one["application_id"]))["amount"] == "510.00"
    assert not await county.s.said(PersonalAwardAdjusted)


async def test_the_execution_settles_tekun_as_approved_and_tells_the_person(county: Window):
    one = await on_tekun(county)
    job = await whole(county)
    assert (job["status"], job["settled"]["adjusted"], job["settled"]["change_month"]) == ("EXECUTED", 1, "62.00")
    after = await county.award_of(one["application_id"])
    assert (after["amount"], after["lines"]) == ("572.00", [{"item": "BASE", "amount": "572.00"}])
    (said,) = await county.s.said(PersonalAwardAdjusted)
    assert (str(said.from_month), str(said.amount), said.by, str(said.redetermination_id)) == (
        APRIL, "572.00", "county-leader", job["id"],
    )  # fmt: skip
    assert said.reason == "特困人员救助供养按海政发〔2020〕9号重新核定，由每月 510.00 元调整为每月 572.00 元"
    (told,) = await county.s.fetch("SELECT * FROM personal_notice WHERE kind = 'CHANGE'")
    assert (told["id"], told["before_fen"], told["amount_fen"], told["because"]) == (
        said.notice_id, 51000, 57200, said.reason,
    )  # fmt: skip
    (done,) = await county.s.said(RedeterminationExecuted)
    assert (done.adjusted, str(done.change_month)) == (1, "62.00")
    await county.s.tick(date(2020, 4, 1))  # the comparison finds nothing left to do
    assert len(await county.s.said(PersonalAwardAdjusted)) == 1


async def test_a_subsidys_own_standard_is_counted_and_settled_without_dibao(county: Window):
    await granted(county, "4800.00", 10)
    await refused(county, "9600.00", 30)
    one, two = Someone("1980-05-05"), Someone("1981-05-05")
    for who in (one, two):
        await county.gets(who, care())
    job = await proposed(county, CARE)
    assert [p["place"] for p in job["by_programme"]] == ["CARE_SUB"]
    assert (job["figures"]["gaining"], job["figures"]["change_month"], job["figures"]["entering"]) == (2, "40.00", 0)
    await approved(county, job)
    done = await executed(county, job)
    assert (done["status"], done["settled"]["adjusted"], done["settled"]["rescreened"]) == ("EXECUTED", 2, 0)
    (standard,) = await county.s.said(StandardSet)
    assert (standard.standard, str(standard.amount)) == ("care_sub.amount", "100.00")
    assert {str(e.amount) for e in await county.s.said(PersonalAwardAdjusted)} == {"100.00"}
    assert not await county.s.said(AwardAdjusted)


async def test_a_lower_standard_takes_nothing_by_itself(county: Window):
    await county.gets(Someone("1980-05-05"), care())
    job = await proposed(county, {**CARE, "amount": "79.99"})
    assert (job["figures"]["losing"], job["figures"]["listed"]) == (1, 1)
    await approved(county, job)
    done = await executed(county, job)
    assert (done["settled"]["adjusted"], done["settled"]["listed"]) == (0, 1)
    (kept,) = (await county.awards()).values()
    assert kept["amount"] == "80.00"
    (listed,) = await results(county, done, listed=True)
    assert "须按减发程序" in listed["listed_because"]


async def test_arrears_are_due_from_the_month_of_the_standard_also_where_the_comparison_raised_since(county: Window):
    one = await on_tekun(county)
    await county.s.tick(date(2020, 5, 20))
    made = await call(county.leader, "POST", "/v1/standards", {"division": COUNTY, **RAISED}, 201)
    await county.s.tick(date(2020, 6, 1))
    (raised,) = await county.s.said(PersonalAwardAdjusted)
    assert (str(raised.from_month), str(raised.amount), raised.redetermination_id) == ("2020-06", "572.00", None)
    job = await proposed(county, None, standard_ids=[made["id"]])
    assert (job["figures"]["same"], job["figures"]["listed"]) == (1, 0)
    await approved(county, job)
    assert (await executed(county, job))["settled"]["adjusted"] == 1
    _, owed = await county.s.said(PersonalAwardAdjusted)
    assert (str(owed.from_month), str(owed.amount)) == (APRIL, "572.00")
    again = await proposed(county, None, standard_ids=[made["id"]])
    await approved(county, again)
    assert (await executed(county, again))["settled"]["unchanged"] == 1
    assert len(await county.s.said(PersonalAwardAdjusted, one["id"])) == 2


async def test_months_before_the_facts_are_left_to_a_person(county: Window):
    one = await on_tekun(county)
    await county.s.fetch("UPDATE programme_award SET facts_from = '2020-05', lines_from = '2020-05'")
    job = await proposed(county)
    (mine,) = await results(county, job)
    assert (mine["award_id"], mine["effective"]) == (one["id"], "2020-05")
    assert "2020-04至2020-04按其他情况核定" in mine["listed_because"]


async def test_what_changed_since_the_dry_run_is_listed_with_its_event(county: Window):
    gone = await on_tekun(county)
    job = await proposed(county)
    await approved(county, job)
    change = {"programme": "TEKUN", "failed_items": []}
    case = (
        await county.window.post(
            f"/v1/programme-awards/{gone['id']}/changes", json={"facts": change, "circumstances": ["ASKS_TO_LEAVE"]}
        )
    ).json()
    await county.hangs(case["id"])
    await county.confirms(case["id"])
    new = await on_tekun(county, "1951-06-06")
    done = await executed(county, job)
    assert (done["settled"]["gone"], done["settled"]["adjusted"], done["settled"]["changed_since"]) == (1, 1, 2)
    why = {r["award_id"]: r["changed_because"] for r in await results(county, done, changed=True)}
    (stopped,) = await county.s.said(AwardStopped)
    assert why[gone["id"]].startswith("doudi.eligibility.award-stopped")
    assert stopped.reason in why[gone["id"]]
    assert new["id"] in why


async def test_results_of_people_that_were_tampered_with_are_not_executed(county: Window):
    await on_tekun(county)
    job = await proposed(county)
    await approved(county, job)
    await county.s.fetch("UPDATE redetermined_award SET new_lines = '[]' WHERE personal")
    path = f"/v1/redeterminations/{job['id']}/execute"
    assert (await call(county.clerk, "POST", path, status=409))["type"] == "/problems/results-differ"


async def test_the_comparison_asks_nothing_of_what_is_paid_from_a_later_month(county: Window):
    one = await on_tekun(county)
    job = await whole(county, {**RAISED, "valid_from": "2020-05-01"}, "2020-05")
    assert job["settled"]["adjusted"] == 1
    for day in (date(2020, 4, 1), date(2020, 5, 1)):
        await county.s.tick(day)
    assert not await county.s.said(PersonalAwardQuestioned)
    (said,) = await county.s.said(PersonalAwardAdjusted, one["id"])
    assert said.from_month == Month(2020, 5)


@pytest.mark.parametrize("dies_at", [1, 2, 3, 4, 5, 6])
async def test_killed_at_any_batch_and_resumed_each_person_is_settled_once(county: Window, dies_at: int):
    people = [await on_tekun(county, f"195{i}-05-05") for i in range(3)]
    job = await proposed(county)
    await approved(county, job)
    await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute")
    with pytest.raises(Killed):  # awards, cases, three people and their end
        await batches(county.s, job["id"], 1, dies_at=dies_at)
    assert await batches(county.s, job["id"], 1) >= 1
    for person in people:
        assert len(await county.s.said(PersonalAwardAdjusted, person["id"])) == 1
    assert len(await county.s.fetch("SELECT 1 FROM personal_notice WHERE kind = 'CHANGE'")) == len(people)
    (done,) = await county.s.said(RedeterminationExecuted)
    assert (done.adjusted, done.changed_since, str(done.change_month)) == (3, 0, "186.00")


async def test_the_size_of_batches_changes_neither_the_hash_nor_the_figures(county: Window):
    for i in range(3):
        await on_tekun(county, f"195{i}-05-05")
    at_once, by_ones = await proposed(county), await proposed(county)
    assert by_ones["sha256"] == at_once["sha256"]
    await county.s.fetch(
        "UPDATE redetermination SET status = 'COUNTING', phase = 'AWARDS', after = NULL, done = 0, sha256 = '', "
        f"figures = '{{}}' WHERE id = '{by_ones['id']}'"
    )
    await county.s.fetch(f"DELETE FROM redetermined_award WHERE redetermination_id = '{by_ones['id']}'")
    with pytest.raises(Killed):
        await batches(county.s, by_ones["id"], 1, dies_at=4)
    await batches(county.s, by_ones["id"], 1)
    seen = await call(county.clerk, "GET", f"/v1/redeterminations/{by_ones['id']}")
    assert (seen["sha256"], seen["figures"]) == (at_once["sha256"], at_once["figures"])
