"""The decision certificate: issued with the decision, or made from the file for a decision that is older than it."""

from __future__ import annotations

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
    """What the file holds about a decided case. The numbers are those that the determination kept."""
    read = certificate.Read(await store.parameters(tx))
    sources = _sources(case)
    numbers = rules.Numbers(**record.numbers)
    now = rules.numbers(record.made_on, Division(case.division), read, numbers.programme)
    if now != numbers:
        sources["parameters"] = [_SET_SINCE, None]
    return Given(
        decision=_decision(case, record),
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


def _sources(case: Case) -> dict[str, list[str | None]]:
    """Whence the file has what: the township's visit and matching, and the day on which it sent them to the county."""
    day = case.forwarded_on.isoformat()
    matching = (
        "核对有疑问，经县级入户调查"
        if case.doubtful and case.visited_on
        else "核对有疑问"
        if case.doubtful
        else "核对通过"
    )
    return {"unit": ["乡镇入户调查", day], "means": [f"乡镇入户调查和信息核对（{matching}）", day]}
