"""/v1/decisions: the certificate of a decision, as a file that anybody can make again, and as a letter."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.responses import PlainTextResponse

from doudi.auth import Principal, allow
from doudi.service import Router, Tx
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.certificate_views import addressee
from eligibility.handlers import certificate
from eligibility.rules.letter import letter

router = Router(prefix="/v1/decisions", tags=["decisions"])

_OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": True}


@router.get(
    "/{id}/certificate",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": _OBJECT}}, "description": "Canonical JSON, one line"}},
)
async def get_certificate(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The certificate of a decision, byte for byte as issued; `doudi verify-decision FILE` makes it again."""
    _, text = await certificate.text_of(id, tx)
    named = {"content-disposition": f'inline; filename="decision-{id}.json"'}
    return Response(text.encode(), media_type="application/json", headers=named)


@router.get("/{id}/letter", response_class=PlainTextResponse)
async def get_letter(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> str:
    """The same in plain Chinese, for the family."""
    case, text = await certificate.text_of(id, tx)
    to = addressee(await store.notice_to_see(tx, id), tx, who)
    return letter(json.loads(text), to=to, because=case.outcome_because)
