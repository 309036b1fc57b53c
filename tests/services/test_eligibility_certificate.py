"""A decision's certificate over the API: anybody makes it again by the command; the letter; other rules as a trial."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY, County, forwarded, member

from doudi.auth import Role
from doudi.events.eligibility import DecisionIssued, DeterminationMade
from doudi.testing import ROOT, Servers, running
from eligibility.app import SERVICE
from eligibility.rules.certificate import CODE

DAY = date(2020, 3, 2)
DOUDI = str(ROOT / ".venv" / "bin" / "doudi")


@pytest_asyncio.fixture(loop_scope="session")
async def county(servers: Servers) -> AsyncIterator[County]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield County(s)


def couple_and_child() -> list[dict[str, Any]]:
    return [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
    ]


async def refused(county: County, income: str = "13680.00", **more: Any) -> tuple[UUID, str]:
    """A family is refused; its application and the decision."""
    id_ = await county.receives(forwarded(couple_and_child(), income, on=DAY, **more))
    await county.checks(id_)
    case = await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "马某某家收入不低于标准"})
    return id_, case["decision_id"]


async def certificate(county: County, decision: str) -> bytes:
    """The bytes."""
    answer = await county.clerk.get(f"/v1/decisions/{decision}/certificate")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    return answer.content


def verified(file: Path) -> subprocess.CompletedProcess[str]:
    """What the command says, with no installation in reach and none of a service's settings."""
    given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "DOUDI_DATA": str(file.parent / "nothing-runs-here")}
    return subprocess.run(
        [DOUDI, "verify-decision", str(file)], capture_output=True, text=True, check=False, cwd=file.parent, env=given
    )


async def test_anybody_makes_a_decision_again_from_its_file(county: County, tmp_path: Path):
    id_, decision = await refused(county)
    text = await certificate(county, decision)
    whole = json.loads(text)
    assert whole["given"]["decision"]["application_id"] == str(id_)
    assert whole["given"]["code"] == CODE
    assert whole["facts"][0]["source"] == "乡镇入户调查"
    assert {row["date"] for row in whole["facts"]} == {"2020-03-02"}
    assert whole["counterfactual"]["would_qualify_if"][0][0]["value"] == "13679.99"
    assert (await county.s.said(DeterminationMade))[-1].findings == (await county.s.said(DecisionIssued))[0].findings
    (tmp_path / "decision.json").write_bytes(text)
    done = verified(tmp_path / "decision.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("低保决定凭证 v1：重算一致")
    assert whole["sha256"] in done.stdout


def test_it_takes_no_database_and_no_network_to_make_a_decision_again(tmp_path: Path):
    asks = (
        "import sys, typer; from doudi.cli import app; sys.argv = ['doudi', 'verify-decision', 'x.json']\n"
        "try: app()\n"
        "except SystemExit as end:\n"
        "    print(end.code, sorted({'eligibility.store', 'sqlalchemy', 'aiokafka'} & set(sys.modules)))"
    )
    (tmp_path / "x.json").write_text("{}")
    python = str(ROOT / ".venv" / "bin" / "python")
    done = subprocess.run([python, "-c", asks], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "2 []\n", done.stderr


async def test_a_file_that_somebody_changed_is_found_out_at_its_first_difference(county: County, tmp_path: Path):
    _, decision = await refused(county)
    whole = json.loads(await certificate(county, decision))
    whole["result"]["per_capita_income"] = "379.99"
    file = tmp_path / "decision.json"
    file.write_text(json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
    done = verified(file)
    assert (done.returncode, done.stdout) == (1, "")
    assert 'result.per_capita_income: "379.99" ≠ "380.00"' in done.stderr


@pytest.mark.parametrize("bytes_", [b"", b"\xff\xfe", b"not json", b"{}", b"[1,2]", b'{"certificate": "x"}'])
def test_what_is_no_certificate_is_said_to_be_none(tmp_path: Path, bytes_: bytes):
    file = tmp_path / "garbage.json"
    file.write_bytes(bytes_)
    done = verified(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert "不是一份可读取的决定凭证" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path):
    done = verified(tmp_path / "none.json")
    assert (done.returncode, done.stderr) == (2, f"{tmp_path / 'none.json'}: No such file or directory\n")


async def test_nobody_is_named_in_it_nor_quoted(county: County):
    _, decision = await refused(county)
    text = (await certificate(county, decision)).decode()
    assert "马某某" not in text
    assert "640522188001010019" not in text
    letter = (await county.clerk.get(f"/v1/decisions/{decision}/letter")).text
    assert letter.splitlines()[2] == "马某某："
    assert "理由：马某某家收入不低于标准" in letter
    assert "家庭年收入不超过 13679.99 元，即符合条件" in letter


async def test_it_is_kept_as_it_was_issued(county: County):
    _, decision = await refused(county)
    before = await certificate(county, decision)
    body = {"division": COUNTY, "amount": "400.00", "period": "MONTH", "valid_from": "2020-01-02", "document": "x"}
    assert (await county.leader.post("/v1/standards", json=body)).status_code == 201
    county.s.clock.set(date(2020, 9, 1))
    assert await certificate(county, decision) == before


async def test_a_decision_that_is_older_than_certificates_gets_one_from_its_file(county: County, tmp_path: Path):
    _, decision = await refused(county)
    issued = await certificate(county, decision)
    await county.s.fetch("DELETE FROM certificate")
    assert await certificate(county, decision) == issued


async def test_a_standard_that_was_set_between_determination_and_decision_is_said_and_changes_nothing(county: County):
    id_ = await county.receives(forwarded(couple_and_child(), "13680.00", on=DAY))
    await county.checks(id_)
    body = {"division": COUNTY, "amount": "400.00", "period": "MONTH", "valid_from": "2020-01-02", "document": "x"}
    assert (await county.leader.post("/v1/standards", json=body)).status_code == 201
    case = await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入不低于标准"})
    whole = json.loads(await certificate(county, case["decision_id"]))
    assert whole["result"]["standard"] == "380.00"
    assert "认定后参数另有设定" in whole["given"]["sources"]["parameters"][0]
    assert "认定后参数另有设定" in (await county.clerk.get(f"/v1/decisions/{case['decision_id']}/letter")).text


async def test_an_approval_has_its_certificate_with_money_and_where_it_ends(county: County, tmp_path: Path):
    id_ = await county.receives(forwarded(couple_and_child(), "6480.00", on=DAY, means={"deposits": "1.00"}))
    extra = {"person_id": str(UUID(int=3)), "group": "MINOR", "reason": "马某某之子"}
    award = await county.approves(id_, extras=[extra])
    text = await certificate(county, award["decision_id"])
    whole = json.loads(text)
    assert (whole["result"]["amount"], award["amount"]) == ("620.00", "620.00")
    assert whole["counterfactual"]["no_longer_from_income_year"] == "13680.00"
    assert "马某某" not in text.decode()
    (tmp_path / "decision.json").write_bytes(text)
    assert verified(tmp_path / "decision.json").returncode == 0


async def test_who_may_see_it_is_who_may_see_the_case_and_it_is_noted(county: County):
    _, decision = await refused(county)
    for what in ("certificate", "letter"):
        path = f"/v1/decisions/{decision}/{what}"
        assert (await county.s.public().get(path)).status_code == 401
        assert (await county.s.client(Role.BANK, COUNTY).get(path)).status_code == 403
        other = county.s.client(Role.COUNTY_CLERK, "640521000000")
        unknown = await other.get(f"/v1/decisions/{UUID(int=9)}/{what}")
        hidden = await other.get(path)
        assert (hidden.status_code, hidden.json()) == (404, unknown.json())
    inspector = county.s.client(Role.INSPECTOR, COUNTY, sub="inspector-1")
    letter = (await inspector.get(f"/v1/decisions/{decision}/letter")).text
    assert letter.splitlines()[2] == "申请人："
    rows = await county.s.fetch("SELECT sub, kind FROM access_log WHERE subject = $1 AND action = 'READ'", decision)
    assert [tuple(row) for row in rows] == [("inspector-1", "certificate")]
    await county.clerk.get(f"/v1/decisions/{decision}/letter")
    rows = await county.s.fetch("SELECT sub, kind FROM access_log WHERE subject = $1 AND action = 'READ'", decision)
    assert {tuple(row) for row in rows[1:]} == {("county-clerk", "certificate"), ("county-clerk", "notice")}


async def test_before_it_is_decided_there_is_none(county: County):
    id_ = await county.receives(forwarded(couple_and_child(), "13680.00", on=DAY))
    assert (await county.clerk.get(f"/v1/decisions/{id_}/certificate")).status_code == 404


async def recomputed(county: County, id_: UUID, query: dict[str, str], status: int = 200) -> Any:
    made = await county.post(county.clerk, id_, "prepare", {})
    answer = await county.clerk.post(f"/v1/determinations/{made['id']}/recompute", params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_recomputed_it_gives_the_same_bytes(county: County):
    id_ = await county.receives(forwarded(couple_and_child(), "6480.00", on=DAY))
    again = await recomputed(county, id_, {})
    assert (again["equal"], again["again"] == again["kept"], again["would_be"]) == (True, True, None)


@pytest.mark.parametrize(
    ("query", "on", "standard", "amount", "difference"),
    [
        ({"on": "2019-06-03"}, "2019-06-03", "316.66", "410.00", "-190.00"),
        ({"on": "2020-01-01"}, "2020-01-01", "380.00", "600.00", "0.00"),
        ({"under": "RS2019"}, "2020-03-02", "380.00", "600.00", "0.00"),
        ({"under": "RS2019", "on": "2021-06-30"}, "2021-06-30", "380.00", "600.00", "0.00"),
    ],
)
async def test_what_it_would_be_on_another_day_is_a_trial_and_kept_nowhere(
    county: County, query: dict[str, str], on: str, standard: str, amount: str, difference: str
):
    id_ = await county.receives(forwarded(couple_and_child(), "6480.00", on=DAY))
    tried = (await recomputed(county, id_, query))["would_be"]
    assert (tried["hypothetical"], "不是决定" in tried["says"], tried["on"]) == (True, True, on)
    assert (tried["standard"], tried["amount"], tried["difference"]) == (standard, amount, difference)
    assert len(await county.s.said(DeterminationMade)) == len(await county.s.fetch("SELECT 1 FROM determination"))
    assert await county.s.said(DecisionIssued) == []


@pytest.mark.parametrize(
    ("query", "status", "type_"),
    [
        ({"under": "RS2019", "on": "2022-11-01"}, 422, "/problems/invalid"),
        ({"under": "RS1999"}, 422, "/problems/invalid"),
        ({"under": "x"}, 422, "/problems/invalid"),
        ({"on": "2019-03-10"}, 409, "/problems/wrong-rule-set"),
        ({"on": "9999-12-31"}, 422, "/problems/not-plausible"),
    ],
)
async def test_a_day_that_no_rules_are_known_for_is_refused(county: County, query: dict[str, str], status, type_):
    id_ = await county.receives(forwarded(couple_and_child(), "6480.00", on=DAY))
    assert (await recomputed(county, id_, query, status))["type"] == type_


@pytest.mark.parametrize(
    ("rule_set", "on"), [("RS2021", "2021-07-01"), ("RS2022", "2022-10-20"), ("RS2026", "2026-07-01")]
)
async def test_a_case_of_the_seeds_world_under_each_later_rule_set(county: County, rule_set: str, on: str):
    id_ = await county.receives(forwarded(couple_and_child(), "13600.00", on=DAY))
    made = await county.post(county.clerk, id_, "prepare", {"insured": [str(UUID(int=1)), str(UUID(int=2))]})
    answer = await county.clerk.post(f"/v1/determinations/{made['id']}/recompute", params={"under": rule_set})
    tried = answer.json()["would_be"]
    assert (made["assistance_class"], made["approvable"]) == ("C", True)
    assert (tried["rule_set"], tried["on"], tried["eligible"]) == (rule_set, on, True)
    assert tried["approvable"] is (rule_set == "RS2021")  # from RS2022 nobody of a household is left out


async def test_a_decision_of_2021_is_certified_under_its_own_rules(county: County, tmp_path: Path):
    county.s.clock.set(date(2021, 9, 1))
    id_ = await county.receives(forwarded(couple_and_child(), "18000.00", on=date(2021, 9, 1)))
    await county.checks(id_)
    case = await county.post(county.leader, id_, "decide", {"outcome": "REFUSED", "reason": "收入不低于标准"})
    text = await certificate(county, case["decision_id"])
    whole = json.loads(text)
    assert (whole["rule_set"], whole["result"]["outcome"]) == ("RS2021", "MARGIN")
    (tmp_path / "decision.json").write_bytes(text)
    assert verified(tmp_path / "decision.json").returncode == 0
