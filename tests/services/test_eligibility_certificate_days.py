"""Each fact of a certificate has its own source and day: declaration, matching, the township's visit, the county's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import County, forwarded
from tests.services.eligibility_standards import couple

from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)
DAYS = {"declared_on": "2020-02-03", "matched_on": "2020-02-12", "surveyed_on": "2020-02-14"}


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


async def told(county: County, **more: Any) -> dict[str, tuple[str, str]]:
    """Source and day of each fact in the certificate of a refusal."""
    people = couple(1)
    id_ = await county.receives(forwarded(people, "13680.00", on=DAY, **more))
    await county.checks(id_)
    case = await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入不低于标准"})
    answer = await county.clerk.get(f"/v1/decisions/{case['decision_id']}/certificate")
    rows = json.loads(answer.content)["facts"]
    return {row["fact"].replace(people[0]["person_id"], "person"): (row["source"], row["date"]) for row in rows}


async def test_every_fact_has_the_day_on_which_it_was_found_out(county: County):
    facts = await told(county, **DAYS)
    assert facts["person"] == ("乡镇入户调查", "2020-02-14")
    assert facts["rigid_year"] == ("申请人申报", "2020-02-03")
    assert facts["deposits"] == ("信息核对（核对通过）", "2020-02-12")
    assert facts["registry"] == ("信息核对（核对通过）", "2020-02-12")
    assert facts["income_year"] == ("乡镇入户调查和信息核对（核对通过）", "2020-02-14")


async def test_of_a_doubtful_case_the_income_has_the_day_of_the_countys_visit(county: County):
    facts = await told(county, matching="INCOMPLETE", **DAYS)
    assert facts["income_year"] == ("乡镇入户调查和信息核对（核对有疑问，经县级入户调查）", "2020-03-02")
    assert facts["deposits"] == ("信息核对（核对有疑问，经县级入户调查）", "2020-02-12")


@pytest.mark.parametrize("known", [{}, {"matched_on": "2020-02-12"}])
async def test_a_day_that_the_file_does_not_have_is_the_day_on_which_the_case_was_sent(
    county: County, known: dict[str, str]
):
    facts = await told(county, **known)
    assert facts["person"] == ("乡镇入户调查", "2020-03-02")
    assert facts["deposits"][1] == known.get("matched_on", "2020-03-02")
