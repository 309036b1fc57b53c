"""The certificate of a decision on a programme of one person: issued with it, or made from the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from doudi.dated import MissingParameter
from doudi.division import Division
from doudi.errors import NotFound
from doudi.transaction import Transaction
from eligibility import store as common
from eligibility.model import ProgrammeCase
from eligibility.rules import certificate as dibao
from eligibility.rules import personal_certificate, programmes
from eligibility.rules.personal_certificate import PersonalGiven
from eligibility.store import programmes as store

_SET_SINCE = "认定后参数另有设定：所列为签发时有效的参数，计算以认定时的数值（numbers）为准"


async def issue(case: ProgrammeCase, tx: Transaction) -> None:
    """Keeps the certificate of a decision just made."""
    case.certificate = await _made(case, tx)


async def text_of(case_id: UUID, tx: Transaction) -> tuple[ProgrammeCase, str]:
    """A decided case and its certificate's text. Raises NotFound, also before the decision."""
    case = await store.case(tx, case_id)
    if case.decision_id is None:
        raise NotFound
    tx.saw("certificate", case.decision_id)
    return case, case.certificate or await _made(case, tx)


async def _made(case: ProgrammeCase, tx: Transaction) -> str:
    return dibao.canonical(personal_certificate.certify_person(await given(case, tx)))


async def given(case: ProgrammeCase, tx: Transaction) -> PersonalGiven:
    """What the file holds about a decided case."""
    read = dibao.Read(await common.parameters(tx))
    rules, sources = programmes.PROGRAMMES[case.programme], _sources(case)
    try:
        now = programmes.resolve(rules.numbers, case.determined_on, Division(case.division), read)
    except MissingParameter:
        now = None
    if now is None or now.as_json() != case.numbers:
        sources["parameters"] = [_SET_SINCE, None]
    return PersonalGiven(
        decision=_decision(case),
        programme=case.programme,
        division=case.division,
        on=case.determined_on.isoformat(),
        facts=case.facts,
        numbers=case.numbers,
        holdings=case.holdings,
        circumstances=case.circumstances,
        sources=sources,
        parameters=dibao.parameter_rows(read),
    )


def _decision(case: ProgrammeCase) -> dict[str, Any]:
    days = {
        "decided_on": case.decided_on,
        "posting_ended_on": case.posting_ended_on,
        "county_visited_on": case.visited_on,
    }
    return {
        "id": str(case.decision_id),
        "application_id": str(case.id),
        "division": case.division,
        "programme": case.programme,
        "kind": case.kind,
        "outcome": "APPROVED" if case.status == "APPROVED" else "REFUSED",
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
    }


def _sources(case: ProgrammeCase) -> dict[str, list[str | None]]:
    """Whence the file has what: the township's window, and the day on which it took it."""
    return {"facts": ["乡镇受理窗口登记和核对", case.applied_on.isoformat()]}
