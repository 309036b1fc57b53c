"""/v1/determinations: what the rules said, why, and that they say it again; /v1/notices: the decision in words."""

from __future__ import annotations

from uuid import UUID

from doudi.auth import Principal, allow
from doudi.errors import NotFound
from doudi.service import Router, Tx
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.views import DeterminationView, NoticeView, RecomputeView

router = Router(prefix="/v1", tags=["determinations"])

_APPEAL = "如不服本决定，可自收到本通知之日起六十日内申请行政复议，或者在六个月内向人民法院提起行政诉讼。"
"""民发〔2012〕220号 art. 36; 行政复议法 §20; 行政诉讼法 §46 (domain §4.6)."""


@router.get("/determinations/{id}")
async def get_determination(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> DeterminationView:
    """All findings, met or not, with figures, clause and reason."""
    return DeterminationView.of(await store.determination_to_see(tx, id))


@router.post("/determinations/{id}/recompute")
async def recompute(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> RecomputeView:
    """The same facts, numbers and choice through the rules once more."""
    record = await store.determination_to_see(tx, id)
    again = record.again().sha256
    return RecomputeView(equal=again == record.sha256, kept=record.sha256, again=again)


@router.get("/notices/{application_id}")
async def get_notice(application_id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> NoticeView:
    """The notice of a decision; 404 before it is decided."""
    case = await store.case_to_see(tx, application_id)
    if case.decided_on is None:
        raise NotFound
    made = (await store.determination(tx, case.determination_id)).again()
    approved = case.status == "APPROVED"
    carried = [f for f in made.findings if f.met or not approved]
    reasons = [f"（{f.clause}）{f.because}" for f in carried]
    lead = (
        f"经审核，批准你户享受农村最低生活保障，每月 {made.amount} 元。"
        if approved
        else f"经审核，你户的申请不予批准。理由：{case.outcome_because}"
    )
    return NoticeView(
        application_id=case.id,
        outcome="APPROVED" if approved else "REFUSED",
        decided_on=case.decided_on,
        due_on=case.notice_due_on or case.decided_on,
        text="\n".join([lead, *reasons, _APPEAL]),
        clauses=[f.clause for f in carried],
    )
