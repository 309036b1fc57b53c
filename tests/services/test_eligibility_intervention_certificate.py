"""What the county decides on an award later has a certificate too: anybody makes it again, the family reads it."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_life import Life, family, look
from tests.services.eligibility_programmes import Someone, Window
from tests.services.test_eligibility_successors import groups
from tests.services.test_eligibility_taper_cap import tapered
from tests.services.test_eligibility_to_personal import checked, in_dibao
from typer.testing import CliRunner

from doudi import cli
from doudi.auth import Role
from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.rules.certificate import Unreadable
from eligibility.rules.verification import verify

DAY = date(2020, 1, 2)
NOT_CHINESE = r"doudi verify-decision|RS20[0-9]{2}|[0-9a-f]{64}|[ABC] ?类|D-[0-9]{2}"


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def read(life: Life, id_: Any) -> tuple[str, dict[str, Any], str]:
    """The certificate's text, the same read, and the letter."""
    answer = await life.clerk.get(f"/v1/interventions/{id_}/certificate")
    assert answer.status_code == 200, answer.text
    letter = await life.clerk.get(f"/v1/interventions/{id_}/letter")
    assert letter.status_code == 200, letter.text
    assert verify(answer.text).same, verify(answer.text).says
    assert re.findall(r"[A-Za-z]+", re.sub(NOT_CHINESE, "", letter.text)) == []
    return answer.text, json.loads(answer.text), letter.text


async def test_a_reduction_is_made_again_without_a_database_and_read_in_plain_words(life: Life, tmp_path: Path):
    award = await life.award(family(), "6480.00")
    id_ = (await life.review(award, "7560.00"))["intervention_id"]
    assert (await life.clerk.get(f"/v1/interventions/{id_}/certificate")).status_code == 404
    await life.decides({"id": id_})
    text, made, letter = await read(life, id_)
    file = tmp_path / "decision.json"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["verify-decision", str(file)])
    assert (done.exit_code, "重算一致" in done.output, id_ in done.output) == (0, True, True)
    result, now = made["result"], await life.now(award)
    assert (result["amount_before"], result["amount_after"]) == ("600.00", now["amount"])
    assert (result["last_month_before"], result["from_month"]) == ("2020-01", "2020-02")
    for said in (
        "决定：减发", f"原每月 600.00 元，自 2020-02 起每月 {now['amount']} 元。", "书面告知拟作出的决定和理由",
        "已听取您的陈述和申辩", "人均月收入 210.00 元", "家庭年收入达到 13680.00 元的，不再符合条件", "60 日内",
        made["sha256"],
    ):  # fmt: skip
        assert said in letter


async def test_what_somebody_changed_is_named(life: Life):
    award = await life.award(family(), "6480.00")
    id_ = (await life.review(award, "7560.00"))["intervention_id"]
    await life.decides({"id": id_})
    text, made, _ = await read(life, id_)
    amount = f'"amount_after":"{made["result"]["amount_after"]}"'
    forged = verify(text.replace(amount, '"amount_after":"1.00"'))
    assert (forged.same, "result.amount_after" in forged.says) == (False, True)
    unheard = verify(re.sub(r'"noticed_on":"[0-9-]+"', '"noticed_on":null', text))
    assert (unheard.same, "重算结果与凭证不一致" in unheard.says) == (False, True)
    spaced = verify(json.dumps(made, ensure_ascii=False))
    assert (spaced.same, "规范文本" in spaced.says) == (False, True)
    with pytest.raises(Unreadable):
        verify(text.replace('"starts"', '"begins"'))


async def test_a_stop_for_income_names_the_ground_and_the_way_back(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "INCOME_OVER", look=look("13680.00"))
    await life.decides(made)
    _, whole, letter = await read(life, made["id"])
    assert (whole["result"]["amount_after"], whole["result"]["from_month"]) == ("0.00", None)
    for said in (
        "事由：家庭人均收入不低于保障标准。", "理由：经核查，情况已发生变化", "发放至 2020-01，次月起停发",
        "其他情况不变，如家庭年收入不超过 13679.99 元，即符合条件",
    ):  # fmt: skip
        assert said in letter


async def test_a_suspension_and_a_withdrawal_rest_on_no_determination(life: Life):
    one, other = await life.award(family(), "6480.00"), await life.award(family(11), "6480.00")
    held = await life.proposes(one, "SUSPEND", "BY_DECISION")
    left = await life.proposes(other, "STOP", "WITHDRAWAL")
    await life.decides(held)
    await life.decides(left)
    _, whole, letter = await read(life, held["id"])
    now = await life.now(one)
    assert (whole["result"]["held_from"], whole["result"]["decide_by"]) == ("2020-02", now["decide_by"])
    assert f"自 2020-02 起暂停发放，最迟于 {now['decide_by']} 前作出决定" in letter
    _, whole, letter = await read(life, left["id"])
    assert (whole["determinations"], "事由：本人申请退出。" in letter) == ([], True)


async def test_a_taper_has_its_last_month_and_its_cap(life: Life):
    award, _ = await tapered(life)
    (made,) = (await life.clerk.get("/v1/interventions", params={"status": "DONE"})).json()["items"]
    _, whole, letter = await read(life, made["id"])
    assert (whole["result"]["amount_before"], whole["result"]["amount_after"]) == ("798.00", "760.00")
    assert whole["result"]["last_month"] == (await life.now(award))["taper_until"]
    assert "渐退期自 2020-03 起至 2021-02 止，每月 760.00 元（原每月 798.00 元），期满停发" in letter


async def test_of_a_split_each_household_is_determined_and_told(life: Life):
    people = family()
    award = await life.award(people, "6480.00")
    made = await life.proposes(award, "SPLIT", "SPLIT", groups=groups(people, "2400.00", "0.00"))
    await life.decides(made)
    _, whole, letter = await read(life, made["id"])
    assert [place["amount"] for place in whole["result"]["places"]] == ["180.00", "760.00"]
    assert "第 1 户" in letter
    assert "  农村最低生活保障每月 760.00 元" in letter.splitlines()


async def test_who_goes_to_tekun_is_in_the_same_certificate(life: Life):
    await life.at(date(2020, 3, 2))
    window, who = Window(life.s), Someone("1957-06-01")
    award = await in_dibao(window, who, Someone("1950-01-01"))
    case = await checked(window, who, award)
    rest = look("0.00", left=[str(who.person_id)])
    made = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", application_id=case["id"], look=rest)
    await life.decides(made)
    text, whole, letter = await read(life, made["id"])
    assert [p["programme"] for p in whole["result"]["places"]] == ["DIBAO_R", "TEKUN"]
    assert "转入的特困人员救助供养" in letter
    assert who.id_number not in text


async def test_another_county_reads_none_and_an_inspector_no_name(life: Life):
    award = await life.award(family(), "6480.00")
    made = await life.proposes(award, "STOP", "WITHDRAWAL")
    await life.decides(made)
    text, _, letter = await read(life, made["id"])
    name = letter.splitlines()[2].rstrip("：")
    assert name != "申请人"
    assert name not in text
    neighbour = life.s.client(Role.COUNTY_CLERK, "640521000000", sub="neighbour")
    for what in ("certificate", "letter"):
        assert (await neighbour.get(f"/v1/interventions/{made['id']}/{what}")).status_code == 404
    inspector = life.s.client(Role.INSPECTOR, "640500000000", sub="inspector")
    assert name not in (await inspector.get(f"/v1/interventions/{made['id']}/letter")).text
