"""The certificate of a decided intervention, issued with it: by the same builder as the certificate of a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from doudi.errors import NotFound
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import certificate, notices, personal_certificates
from eligibility.model import Award, DeterminationRecord, Intervention, refusals
from eligibility.model.notice import Certificate
from eligibility.rules.certificate import canonical
from eligibility.rules.intervention_certificate import InterventionGiven, certify_intervention
from eligibility.store import life
from eligibility.store import programmes as personal

_TERMS = ("months", "person_id", "keeps_fen", "programme", "division")
Before = tuple[list[rules.Line], str]
"""What the awards paid, and the latest of their first months."""


async def before(made: Intervention, awards: Sequence[Award], tx: Transaction) -> Before:
    """To be asked before it is carried out."""
    lines = [line for award in awards for line in await life.present_lines(tx, award.id)]
    return lines, max(award.starts for award in awards)


async def issue(made: Intervention, award: Award, paid: Before, tx: Transaction) -> None:
    """Keeps the certificate of an intervention that was decided and done. `award`: the first that it is about."""
    whole = certify_intervention(await _given(made, award, paid, tx))
    kept = Certificate(
        id=made.id, division=made.division, application_id=award.application_id, text=canonical(whole),
        sha256=whole["sha256"],
    )  # fmt: skip
    tx.session.add(kept)


async def text_of(id_: UUID, tx: Transaction) -> tuple[Intervention, str]:
    """A decided intervention and its certificate.

    Raises NotFound, also before the decision, and DecidedBeforeCertificates for one from before these were.
    """
    made = await life.intervention_to_see(tx, id_, anywhere=True)
    if made.decided_on is None:
        raise NotFound
    kept = await store.certificate(tx, made.id)
    if kept is None:
        raise refusals.DecidedBeforeCertificates
    tx.saw("certificate", made.id)
    return made, kept.text


async def addressee(made: Intervention, tx: Transaction) -> str:
    """The name of whom the decision's letter goes to; opening it is noted."""
    award = await life.find_award(tx, made.award_id)
    assert award is not None
    sealed, family = await notices.to_whom(award, tx)
    tx.saw("notice", made.id)
    return tx.keys.open(sealed, "person.name") + ("家属" if family else "")


async def _given(made: Intervention, award: Award, paid: Before, tx: Transaction) -> InterventionGiven:
    assert made.decided_on is not None
    groups = made.plan.get("groups", [made.plan])
    ids = [UUID(group["determination_id"]) for group in groups if "determination_id" in group]
    records = [await store.determination(tx, id_) for id_ in ids]
    known = {(f["clause"], f["because"]) for record in records for f in record.result["findings"]}
    persons: list[dict[str, Any]] = []
    if "case_id" in made.plan:
        case = await personal.case(tx, UUID(made.plan["case_id"]))
        persons, known = [asdict(await personal_certificates.given(case, tx))], known | _said(case.result)
    lines, starts = paid
    return InterventionGiven(
        decision=_decision(made, award),
        on=made.decided_on.isoformat(),
        starts=starts,
        before=[[line.person_id, line.item, str(line.amount)] for line in lines],
        terms={name: made.plan[name] for name in _TERMS if name in made.plan},
        determinations=[await _determination(record, tx) for record in records],
        personal=persons,
        findings=[f for f in made.findings if (f["clause"], f["because"]) not in known],
    )


def _said(result: dict[str, Any]) -> set[tuple[str, str]]:
    return {(f["clause"], f["because"]) for f in result["findings"]}


async def _determination(record: DeterminationRecord, tx: Transaction) -> dict[str, Any]:
    decision = {"id": str(record.id), "division": record.division, "programme": record.again().programme}
    day = record.made_on.isoformat()
    sources: dict[str, list[str | None]] = {"unit": ["县级核查", day], "means": ["县级核查", day]}
    return (await certificate.of_record(record, decision, sources, tx)).as_json()


def _decision(made: Intervention, award: Award) -> dict[str, Any]:
    days = ("proposed_on", "noticed_on", "answer_by", "heard_on", "decided_on")
    return {
        "id": str(made.id),
        "application_id": str(award.application_id),
        "award_ids": [str(made.award_id), *made.others],
        "division": made.division,
        "programme": award.programme,
        "kind": made.kind,
        "ground": made.ground,
        "hearing": made.hearing,
        **{day: None if getattr(made, day) is None else getattr(made, day).isoformat() for day in days},
    }
