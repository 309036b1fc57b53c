"""A changed standard on the live awards: dry-run to the fen, two people, bound by hash, resumable, nobody stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_county import COUNTY, VILLAGE, County, death, forwarded, member
from tests.services.eligibility_life import Life
from tests.services.eligibility_standards import (
    APRIL,
    DAY,
    LOWERED,
    RAISED,
    approved,
    call,
    couple,
    executed,
    granted,
    proposed,
    refused,
    results,
    whole,
)

from doudi.auth import Role
from doudi.events.eligibility import AwardAdjusted, AwardStopped
from doudi.events.eligibility_standards import (
    RedeterminationApproved,
    RedeterminationExecuted,
    RedeterminationProposed,
    RescreeningFound,
    StandardSet,
)
from doudi.testing import Servers, running
from eligibility.app import SERVICE


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


async def test_the_dry_run_is_right_to_the_fen_and_changes_nothing(county: County):
    one = await granted(county, "4800.00", 10)  # y 200.00: 2 x 180.00 = 360.00, then 2 x 240.00
    await granted(county, "9000.00", 20)  # y 375.00: 2 x 5.00 = 10.00, then 2 x 65.00
    await refused(county, "9600.00", 30)  # y 400.00: nothing, then 2 x 40.00
    await refused(county, "10560.00", 40)  # y 440.00 is not below 440.00
    before = await county.s.fetch("SELECT * FROM award_line ORDER BY 1, 2, 3, 4")
    job = await proposed(county)
    figures = job["figures"]
    assert (job["status"], figures["awards"], figures["gaining"], figures["losing"], figures["leaving"]) == (
        "PROPOSED", 2, 2, 0, 0,
    )  # fmt: skip
    assert (figures["paid_before_month"], figures["paid_after_month"]) == ("370.00", "610.00")
    assert (figures["change_month"], figures["change_year"]) == ("240.00", "2880.00")
    assert (figures["entering"], figures["entering_month"], figures["entering_year"]) == (1, "80.00", "960.00")
    assert figures["mean_after"] == "152.50"
    assert [(p["place"], p["figures"]["change_month"]) for p in job["by_township"]] == [("640522105000", "240.00")]
    assert [p["place"] for p in job["by_county"]] == [COUNTY]
    assert [p["place"] for p in job["by_programme"]] == ["DIBAO_R"]
    (mine,) = [r for r in await results(county, job) if r["award_id"] == one["id"]]
    assert [line["amount"] for line in mine["new_lines"]] == ["240.00", "240.00"]
    assert (mine["outcome"], mine["old_amount"], mine["new_amount"], mine["effective"]) == (
        "GAINS", "360.00", "480.00", APRIL,
    )  # fmt: skip
    assert await county.s.fetch("SELECT * FROM award_line ORDER BY 1, 2, 3, 4") == before
    (said,) = await county.s.said(RedeterminationProposed)
    assert (str(said.figures.change_month), said.sha256) == ("240.00", job["sha256"])
    assert not await county.s.said(StandardSet)


async def test_the_floors_that_the_new_standard_breaches_are_named(county: County):
    await granted(county, "4800.00", 10)
    job = await proposed(county)
    told = {f["finding"]["because"] for f in job["floors"] if not f["finding"]["met"]}
    # 1.3 x 440.00 = 572.00 is above the 510.00 of 60 % and below the 680.00 of 80 %; 240.00 a person is below 310.00.
    assert told == {"分散供养基本生活标准 510.00 元，低于下限 572.00 元", "月人均补差 240.00 元，低于下限 310.00 元"}


async def test_the_maker_does_not_approve_and_nobody_executes_what_is_not_approved(county: County):
    await granted(county, "4800.00", 10)
    both = county.s.client([Role.COUNTY_CLERK, Role.COUNTY_LEADER], COUNTY, sub="both")
    job = await call(
        both, "POST", "/v1/redeterminations", {"division": COUNTY, "from_month": APRIL, "draft": RAISED}, 201
    )  # fmt: skip
    path = f"/v1/redeterminations/{job['id']}"
    assert (await call(both, "POST", f"{path}/execute", status=409))["type"] == "/problems/not-approved"
    own = await call(both, "POST", f"{path}/approve", {"sha256": job["sha256"]}, 409)
    assert own["type"] == "/problems/maker-must-not-approve"
    other = await call(county.leader, "POST", f"{path}/approve", {"sha256": "0" * 64}, 409)
    assert other["type"] == "/problems/results-differ"
    await call(county.leader, "POST", f"{path}/approve", {"sha256": job["sha256"]})
    (said,) = await county.s.said(RedeterminationApproved)
    assert (said.proposed_by, said.by) == ("both", "county-leader")
    assert not await county.s.said(AwardAdjusted)


async def test_results_that_were_tampered_with_after_the_approval_are_not_executed(county: County):
    await granted(county, "4800.00", 10)
    job = await proposed(county)
    await approved(county, job)
    await county.s.fetch("UPDATE redetermined_award SET new_lines = '[]'")
    path = f"/v1/redeterminations/{job['id']}/execute"
    assert (await call(county.clerk, "POST", path, status=409))["type"] == "/problems/results-differ"


async def test_the_execution_adjusts_each_award_sets_the_draft_and_tells(county: County):
    one = await granted(county, "4800.00", 10)
    entering = await refused(county, "9600.00", 30)
    job = await whole(county)
    assert (job["status"], job["settled"]["adjusted"], job["settled"]["change_month"]) == ("EXECUTED", 1, "120.00")
    award = await call(county.leader, "GET", f"/v1/awards/{one['id']}")
    assert (award["amount"], award["version"]) == ("480.00", one["version"] + 1)
    # It was granted in March and starts in April: the lines of April are replaced, none is left over.
    assert [(x["amount"], x["from_month"], x["to_month"]) for x in award["lines"]] == [("240.00", APRIL, None)] * 2
    (adjusted,) = await county.s.said(AwardAdjusted)
    assert (str(adjusted.from_month), str(adjusted.amount), adjusted.by) == (APRIL, "480.00", "county-leader")
    assert str(adjusted.redetermination_id) == job["id"]
    (standard,) = await county.s.said(StandardSet)
    assert (str(standard.amount), standard.document) == ("440.00", "海政发〔2020〕9号")
    (done,) = await county.s.said(RedeterminationExecuted)
    assert (done.adjusted, done.unchanged, done.listed, done.changed_since, done.rescreened) == (1, 0, 0, 0, 1)
    (found,) = await county.s.said(RescreeningFound)
    assert (found.application_id, str(found.amount)) == (entering, "80.00")
    again = await call(county.clerk, "POST", f"/v1/redeterminations/{job['id']}/execute", status=409)
    assert again["type"] == "/problems/not-in-this-state"


async def test_a_standard_that_is_set_starts_nothing_and_is_applied_by_its_id_from_its_month(county: County):
    one = await granted(county, "4800.00", 10)
    await county.s.tick(date(2020, 6, 20))
    body = {**RAISED, "division": COUNTY, "valid_from": "2020-05-01"}
    standard = await call(county.leader, "POST", "/v1/standards", body, 201)
    await county.s.tick()
    assert not await county.s.said(AwardAdjusted)
    early = {"division": COUNTY, "from_month": APRIL, "standard_ids": [standard["id"]]}
    assert (await call(county.clerk, "POST", "/v1/redeterminations", early, 422))["type"] == (
        "/problems/standard-not-in-force"
    )
    job = await whole(county, None, "2020-05", standard_ids=[standard["id"]])
    assert job["settled"]["adjusted"] == 1
    award = await call(county.leader, "GET", f"/v1/awards/{one['id']}")
    assert [(x["amount"], x["from_month"], x["to_month"]) for x in award["lines"]] == [
        ("180.00", APRIL, APRIL), ("180.00", APRIL, APRIL), ("240.00", "2020-05", None), ("240.00", "2020-05", None),
    ]  # fmt: skip
    assert len(await county.s.said(StandardSet)) == 1


async def test_when_it_falls_nobody_is_stopped_or_gets_less_by_it_but_is_listed(county: County):
    leaves, less = await granted(county, "9000.00", 10), await granted(county, "4800.00", 20)
    job = await whole(county, LOWERED)
    assert (job["figures"]["leaving"], job["figures"]["losing"], job["figures"]["leaving_month"]) == (1, 1, "10.00")
    assert (job["settled"]["listed"], job["settled"]["adjusted"], job["settled"]["change_month"]) == (2, 0, "0.00")
    for award in (leaves, less):
        kept = await call(county.leader, "GET", f"/v1/awards/{award['id']}")
        assert (kept["status"], kept["amount"], kept["version"]) == ("ACTIVE", award["amount"], award["version"])
    told = {r["award_id"]: (r["settled"], r["listed_because"]) for r in await results(county, job, listed=True)}
    assert told[less["id"]] == ("LISTED", "新标准下应减至每月 200.00 元，须按减发程序告知并说明理由")
    assert told[leaves["id"]][1].startswith(
        "新标准下不再符合条件，列入核查：人均月收入 375.00 元，不低于标准 300.00 元"
    )
    assert {settled for settled, _ in told.values()} == {"LISTED"}
    assert not await county.s.said(AwardStopped)
    assert not await county.s.said(AwardAdjusted)


async def test_an_award_that_changed_since_is_determined_anew_and_listed_with_its_event(county: County):
    people = [*couple(10), member(12, "1950-01-01")]
    changed = await county.approves(await county.receives(forwarded(people, "4800.00", on=DAY)))
    same = await granted(county, "4800.00", 20)
    job = await proposed(county)
    await approved(county, job)
    await county.s.deliver(death(people[2], county.s.clock.today(), county.s.clock.today()))
    late = await granted(county, "2400.00", 30)  # y 100.00, granted after the dry-run under the standard before
    (fell,) = await county.s.said(AwardAdjusted)
    job = await executed(county, job)
    assert (job["settled"]["adjusted"], job["settled"]["changed_since"]) == (3, 2)
    found = {r["award_id"]: r for r in await results(county, job, changed=True)}
    assert found.keys() == {changed["id"], late["id"]}
    assert found[changed["id"]]["changed_because"] == (
        "doudi.eligibility.award-adjusted.v1：成员死亡，按现有成员重新核定"
    )
    events = await county.s.fetch("SELECT id FROM outbox WHERE type = $1 ORDER BY position", fell.TYPE)
    assert found[changed["id"]]["changed_event"] == str(events[0]["id"])
    # Two are left of three: y 4,800 / 2 / 12 = 200.00, so 2 x 240.00, and not the 3 x 306.67 that was approved.
    assert found[changed["id"]]["settled_amount"] == "480.00"
    assert found[late["id"]]["changed_because"].startswith("doudi.eligibility.award-granted.v2")
    assert (await call(county.leader, "GET", f"/v1/awards/{late['id']}"))["amount"] == "680.00"
    assert (await call(county.leader, "GET", f"/v1/awards/{same['id']}"))["amount"] == "480.00"


async def test_what_changed_it_is_the_change_and_not_the_notice_that_told_of_it(county: County):
    life = Life(county.s)
    earns, leaves, held = [await granted(county, "4800.00", number) for number in (10, 20, 30)]
    job = await proposed(county)
    await approved(county, job)
    await life.decides(await life.review(earns, "6000.00"))  # y 250.00: 2 x 130.00, then 2 x 190.00
    await life.decides(await life.proposes(leaves, "STOP", "WITHDRAWAL"))
    await life.post(life.clerk, f"awards/{held['id']}/hold", {"reason": "ACCOUNT_RETURNED"})
    job = await executed(county, job)
    found = {r["award_id"]: r for r in await results(county, job, changed=True)}
    told = {id_: (r["settled"], r["changed_because"].partition("：")[0]) for id_, r in found.items()}
    assert told == {
        earns["id"]: ("ADJUSTED", "doudi.eligibility.award-adjusted.v1"),
        leaves["id"]: ("GONE", "doudi.eligibility.award-stopped.v1"),
        held["id"]: ("ADJUSTED", "doudi.eligibility.award-suspended.v1"),
    }
    assert (found[earns["id"]]["settled_amount"], found[leaves["id"]]["settled_amount"]) == ("380.00", "0.00")
    events = await county.s.fetch("SELECT id FROM outbox WHERE type = $1", AwardStopped.TYPE)
    assert found[leaves["id"]]["changed_event"] == str(events[0]["id"])


async def test_another_county_neither_sees_nor_counts(county: County):
    await granted(county, "4800.00", 10)
    job = await proposed(county)
    elsewhere = county.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    await call(elsewhere, "GET", f"/v1/redeterminations/{job['id']}", status=404)
    asked = {"division": COUNTY, "from_month": APRIL, "draft": RAISED}
    assert (await call(elsewhere, "POST", "/v1/redeterminations", asked, 403))["type"] == "/problems/forbidden"
    assert VILLAGE.startswith(COUNTY[:6])
