"""What the services measure of themselves: counted from what they know, by county, never about a person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
from tests.services.care_home import Home
from tests.services.eligibility_county import County, forwarded, member
from tests.services.intake_window import Window
from tests.services.ledger_county import Bureau, planted
from tests.services.oversight_world import Case
from tests.services.payments_county import County as Payers
from tests.services.payments_county import award
from tests.services.relief_town import Town

from care_institutions.app import SERVICE as HOMES
from doudi.auth import Role
from doudi.testing import PACKAGES, running, service_named, until
from eligibility.app import SERVICE as ELIGIBILITY
from intake.app import SERVICE as INTAKE
from oversight.app import SERVICE as OVERSIGHT
from payments.app import SERVICE as PAYMENTS
from relief.app import SERVICE as RELIEF

HAIYUAN = "640522"
DAY = date(2020, 3, 2)


@pytest.mark.parametrize("package", PACKAGES)
async def test_every_measure_is_counted_on_no_data_at_all(package: str, servers):
    service = service_named(package)
    assert service.measures
    async with running(service, servers, today=DAY) as s:
        for one in service.measures:
            counted = await s.measured(one.name)
            assert all(len(labels) == len(one.labels) for labels in counted)
            if one.name not in ("doudi_milestone_days", "doudi_tekun_to_income"):
                assert counted == {}
        body = (await s.public().get("/metrics")).text
    assert all(f"# HELP {one.name} " in body for one in service.measures)


@pytest_asyncio.fixture
async def county(servers) -> AsyncIterator[County]:
    async with running(ELIGIBILITY, servers, today=DAY) as s:
        yield County(s)


async def test_awards_are_counted_by_county_programme_and_class(county: County):
    people = [
        member(1, "1946-01-01", "NONE", disability={"category": "LIMB", "grade": 2}),
        member(2, "1949-01-01", "NONE"),
    ]
    made = await county.approves(await county.receives(forwarded(people, "0.00", on=DAY)))
    s = county.s
    assert made["assistance_class"] == "A"
    assert await s.measured("doudi_awards") == {(HAIYUAN, "DIBAO_R", "A"): 1}
    assert await s.measured("doudi_award_persons") == {(HAIYUAN, "DIBAO_R"): 2}
    assert await s.measured("doudi_award_yuan") == {(HAIYUAN, "DIBAO_R"): 760}
    assert await s.measured("doudi_class_c_with_one") == {}
    assert await s.measured("doudi_living_eligible") == {(HAIYUAN, "no"): 1}
    assert await s.measured("doudi_county_decisions") == {(HAIYUAN, "APPROVED", "yes"): 1}
    assert await s.measured("doudi_spot_check_share") == {("640522105",): 1}
    due = date.fromisoformat(made["review_due_on"])
    s.clock.set(due)
    assert await s.measured("doudi_reviews") == {(HAIYUAN, "in_time"): 1}
    s.clock.set(due + timedelta(days=1))
    assert await s.measured("doudi_reviews") == {(HAIYUAN, "overdue"): 1}


async def test_a_term_of_the_county_passes_with_its_last_day(county: County):
    id_ = await county.receives(forwarded([member(1, "1946-01-01", "NONE")], "0.00", on=DAY))
    (case,) = await county.s.fetch("SELECT term_due_on FROM county_case WHERE id = $1", id_)
    county.s.clock.set(case["term_due_on"])
    assert await county.s.measured("doudi_county_terms") == {(HAIYUAN, "COUNTY_OPINION", "in_time"): 1}
    county.s.clock.set(case["term_due_on"] + timedelta(days=1))
    assert await county.s.measured("doudi_county_terms") == {(HAIYUAN, "COUNTY_OPINION", "passed"): 1}
    assert await county.s.measured("doudi_spot_check_share") == {}


async def test_the_tekun_standard_is_measured_against_income_and_the_milestones_by_their_days(county: County):
    ratio = await county.s.measured("doudi_tekun_to_income")
    assert ratio[HAIYUAN, "centralised"] == pytest.approx(0.8)
    assert ratio[HAIYUAN, "scattered"] == pytest.approx(0.6)
    county.s.clock.set(date(2019, 6, 20))
    days = await county.s.measured("doudi_milestone_days")
    assert days == {("640502", "MUST"): 102, ("640521", "MUST"): 102, (HAIYUAN, "AIM"): 10}


async def test_the_ledger_s_tasks_results_and_age_are_measured(servers):
    async with running(ELIGIBILITY, servers, today=DAY) as s:
        bureau = Bureau(s)
        await bureau.maps()
        found = await bureau.comparison(await bureau.compares(planted(ordinary=3, each=1)))
        results = {code: row["households"] for code, row in found["counts"].items()}
        assert await s.measured("doudi_ledger_results") == {
            (HAIYUAN, "POVERTY_REGISTRY", code): number for code, number in results.items()
        }
        assert results["STOPPED_STILL_POOR"] == 1
        tasks = await s.measured("doudi_ledger_tasks")
        assert sum(tasks.values()) == sum(row["actionable"] for row in found["counts"].values())
        assert {state for _, _, state in tasks} == {"in_time"}
        assert await s.measured("doudi_milestone_progress") == {(HAIYUAN, "AIM"): 0}
        s.clock.set(DAY + timedelta(days=60))
        assert {state for _, _, state in await s.measured("doudi_ledger_tasks")} == {"overdue"}
        assert await s.measured("doudi_ledger_comparison_days") == {(HAIYUAN, "POVERTY_REGISTRY"): 60}


async def test_money_is_late_after_the_tenth_and_a_county_without_a_run_is_seen(servers):
    async with running(PAYMENTS, servers, today=date(2020, 3, 10), bank_url="http://bank.test") as s:
        payers = Payers(s)
        await s.deliver(award("320.00", "100.00"), award("60.00"))
        assert await s.measured("doudi_awards_without_run") == {}
        s.clock.set(date(2020, 3, 11))
        assert await s.measured("doudi_awards_without_run") == {(HAIYUAN,): 2}
        run = await payers.confirmed()
        assert await s.measured("doudi_awards_without_run") == {}
        assert await s.measured("doudi_payments_late") == {(HAIYUAN,): 3}
        assert await s.measured("doudi_payment_yuan") == {("2020-03", "DIBAO_R", "INSTRUCTED"): 480}
        await payers.courier()
        assert (await payers.run(run))["status"] == "DONE"
        assert await s.measured("doudi_payments_late") == {}
        assert await s.measured("doudi_payments_paid") == {(HAIYUAN, "no"): 3}
        assert await s.measured("doudi_payments") == {("2020-03", "DIBAO_R", "PAID"): 3}


async def test_hours_to_pay_and_overdue_papers_of_relief_are_measured(servers):
    async with running(RELIEF, servers, today=date(2020, 3, 5)) as s:
        town = Town(s)
        case = await town.granted()
        s.clock.set(date(2020, 3, 6))
        (waits,) = (await s.measured("doudi_relief_unpaid_hours")).values()
        assert waits == pytest.approx(24, abs=1)
        await town.bank_pays(case)
        (hours,) = (await s.measured("doudi_relief_hours_to_pay")).values()
        assert hours == (await town.get(f"/{case}"))["hours_to_pay"]
        assert await s.measured("doudi_relief_unpaid_hours") == {}
        await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-06"})
        due = date.fromisoformat((await town.get(f"/{case}"))["paperwork_due_on"])
        s.clock.set(due)
        assert await s.measured("doudi_relief_papers") == {(HAIYUAN, "in_time"): 1}
        s.clock.set(due + timedelta(days=1))
        assert await s.measured("doudi_relief_papers") == {(HAIYUAN, "overdue"): 1}


async def test_homes_at_the_ratio_and_who_lives_there_are_measured(servers):
    async with running(HOMES, servers, today=DAY) as s:
        home = Home(s)
        await home.register()
        assert await s.measured("doudi_homes") == {}
        await home.houses(3, 6, 10)
        assert await s.measured("doudi_homes") == {(HAIYUAN, "short"): 1}
        assert await s.measured("doudi_residents") == {(HAIYUAN, "TEKUN"): 19}
        s.clock.set(DAY + timedelta(days=3))
        assert await s.measured("doudi_home_short_days") == {(HAIYUAN,): 3}
        await home.hires(3)
        assert await s.measured("doudi_homes") == {(HAIYUAN, "at_ratio"): 1}
        assert await s.measured("doudi_home_short_days") == {}


async def test_flags_are_measured_by_state_and_age(servers):
    async with running(OVERSIGHT, servers, today=date(2020, 4, 10)) as s:
        case = Case()
        await s.deliver(case.granted(), case.died(date(2020, 3, 31)), case.paid(uuid4()))
        assert await s.measured("doudi_flags") == {("R01", "H", "OPEN"): 1}
        assert await s.measured("doudi_flags_overdue") == {}
        s.clock.set(date(2020, 4, 18))
        assert await s.measured("doudi_flags_overdue") == {("H",): 1}
        assert await s.measured("doudi_flag_oldest_days") == {("H",): 8}


async def test_an_application_is_measured_against_the_term_of_its_state(servers):
    async with running(INTAKE, servers, today=DAY) as s:
        window = Window(s, Role)
        await window.register_family()
        await window.apply()
        assert await s.measured("doudi_applications") == {(HAIYUAN, "SUBMITTED", "none"): 1}
        await window.act("accept")
        (row,) = await s.fetch("SELECT survey_due_on FROM application")
        s.clock.set(row["survey_due_on"])
        assert await s.measured("doudi_applications") == {(HAIYUAN, "ACCEPTED", "in_time"): 1}
        s.clock.set(row["survey_due_on"] + timedelta(days=1))
        assert await s.measured("doudi_applications") == {(HAIYUAN, "ACCEPTED", "passed"): 1}


async def test_a_running_service_measures_by_itself(servers):
    async with running(ELIGIBILITY, servers, today=date(2019, 6, 20), kafka=True) as s:
        line = 'doudi_milestone_days{county="640522",strength="AIM"} 10.0'

        async def shown() -> bool:
            return line in (await s.public().get("/metrics")).text

        await until(shown)


async def test_work_by_time_is_counted_by_its_name(servers):
    async with running(RELIEF, servers, today=date(2020, 3, 5)) as s:
        town = Town(s)
        case = await town.granted()
        await town.bank_pays(case)
        await s.tick(date(2020, 6, 5))
        body = (await s.public().get("/metrics")).text
        assert 'doudi_due_work_total{work="emergency.assume_ends"} 1.0' in body
