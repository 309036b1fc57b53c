"""The decision certificate: issued with the decision, or made from the file for a decision that is older than it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from doudi.division import Division
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.model import Case, DeterminationRecord
from eligibility.model.notice import Certificate
from eligibility.rules import certificate
from eligibility.rules.certificate import Given

_SET_SINCE = "认定后参数另有设定：所列为签发时有效的参数，计算以认定时的数值（numbers）为准"


async def issue(case: Case, record: DeterminationRecord, tx: Transaction) -> None:
    """Keeps the certificate of a decision just made."""
    assert case.decision_id is not None
    made = certificate.certify(await given(case, record, tx))
    tx.session.add(
        Certificate(
            id=case.decision_id,
            division=case.division,
            application_id=case.id,
            text=certificate.canonical(made),
            sha256=made["sha256"],
        )
    )


async def text_of(decision_id: UUID, tx: Transaction) -> tuple[Case, str]:
    """A decision's case and its certificate's text. Raises NotFound."""
    case = await store.case_of_decision(tx, decision_id)
    tx.saw("certificate", decision_id)
    kept = await store.certificate(tx, decision_id)
    if kept is not None:
        return case, kept.text
    record = await store.determination(tx, case.determination_id)
    return case, certificate.canonical(certificate.certify(await given(case, record, tx)))


async def given(case: Case, record: DeterminationRecord, tx: Transaction) -> Given:
    """What the file holds about a decided case."""
    return await of_record(record, _decision(case, record), _sources(case), tx)


async def of_record(
    record: DeterminationRecord, decision: dict[str, Any], sources: dict[str, list[str | None]], tx: Transaction
) -> Given:
    """What was kept with a determination. The numbers are those that it kept."""
    read = certificate.Read(await store.parameters(tx))
    numbers = rules.Numbers(**record.numbers)
    now = rules.decided(record.made_on, Division(record.division), read, numbers.programme)
    if now != numbers:
        sources = {**sources, "parameters": [_SET_SINCE, None]}
    return Given(
        decision=decision,
        on=record.made_on,
        facts=rules.Facts.from_json(record.facts),
        numbers=numbers,
        choice=rules.Choice.from_json(record.choice),
        sources=sources,
        parameters=certificate.parameter_rows(read),
    )


def _decision(case: Case, record: DeterminationRecord) -> dict[str, str | None]:
    days = {
        "decided_on": case.decided_on,
        "first_posted_on": case.first_posted_on,
        "first_posting_ended_on": case.first_posting_ended_on,
        "second_posting_ended_on": case.posting_ended_on,
        "county_visited_on": case.visited_on,
    }
    return {
        "id": str(case.decision_id),
        "application_id": str(case.id),
        "determination_id": str(record.id),
        "division": case.division,
        "programme": record.again().programme,
        "outcome": "APPROVED" if case.status == "APPROVED" else "REFUSED",
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
    }


_DECLARED, _MATCHED, _VISITED = "申请人申报", "信息核对", "乡镇入户调查"
_OF: dict[str, str] = {
    "unit": _VISITED, "labour_missing": _VISITED, "supporters": _DECLARED, "rigid_year": _DECLARED,
    "rigid_cause": _DECLARED, "deposits": _MATCHED, "effective_assets": _MATCHED, "verified_breaches": _MATCHED,
    "things": _MATCHED, "registry": _MATCHED,
}  # fmt: skip
"""Whence a fact is where the file has the day of its own; income is from both, see `_sources`."""


def _sources(case: Case) -> dict[str, list[str | None]]:
    """Whence the file has what, each with its own day: declaration, matching, the township's visit, the county's.

    A fact whose own day the file does not have carries the day on which the township sent the case.
    """
    sent = case.forwarded_on
    days = {_DECLARED: case.declared_on, _MATCHED: case.matched_on, _VISITED: case.surveyed_on}
    doubts = "核对有疑问" if case.doubtful else "核对通过"
    seen = case.doubtful and case.visited_on is not None
    matched = f"{_MATCHED}（{doubts}{'，经县级入户调查' if seen else ''}）"
    names = {_DECLARED: _DECLARED, _MATCHED: matched, _VISITED: _VISITED}
    known = [day for day in (case.matched_on, case.surveyed_on, case.visited_on if seen else None) if day is not None]
    income = max(known, default=sent)
    found: dict[str, list[str | None]] = {
        "unit": [_VISITED, (case.surveyed_on or sent).isoformat()],
        "means": [f"{_VISITED}和{matched}", income.isoformat()],
    }
    if any(days.values()):
        own: dict[str, list[str | None]] = {
            fact: [names[of], (days[of] or sent).isoformat()] for fact, of in _OF.items()
        }
        found = {**found, **own}
    return found
