"""The certificate of a decision on a programme of one person, as a file that anybody makes again, and as a letter."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.responses import PlainTextResponse

from doudi.auth import Principal, allow
from doudi.service import Router, Tx
from eligibility.api.cases import READERS
from eligibility.api.certificate_views import NAMED
from eligibility.handlers import personal_certificates
from eligibility.rules.personal_certificate import person_letter

router = Router(prefix="/v1/programme-applications", tags=["decisions"])

_OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": True}


@router.get(
    "/{id}/certificate",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": _OBJECT}}, "description": "Canonical JSON, one line"}},
)
async def get_personal_certificate(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The certificate of a decision, byte for byte as issued; `doudi verify-decision FILE` makes it again."""
    case, text = await personal_certificates.text_of(id, tx)
    named = {"content-disposition": f'inline; filename="decision-{case.decision_id}.json"'}
    return Response(text.encode(), media_type="application/json", headers=named)


@router.get("/{id}/letter", response_class=PlainTextResponse)
async def get_personal_letter(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> str:
    """The same in plain Chinese, for the person."""
    case, text = await personal_certificates.text_of(id, tx)
    to = None
    if who.roles & set(NAMED):
        tx.saw("notice", id)
        to = tx.keys.open(case.person_name, "person.name")
    return person_letter(json.loads(text), to=to, because=case.outcome_because)
