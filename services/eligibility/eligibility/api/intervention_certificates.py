"""The certificate of a decided intervention, as a file that anybody makes again, and as a letter."""

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
from eligibility.handlers import intervention_certificate
from eligibility.rules.intervention_letter import intervention_letter

router = Router(prefix="/v1/interventions", tags=["decisions"])

_OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": True}


@router.get(
    "/{id}/certificate",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": _OBJECT}}, "description": "Canonical JSON, one line"}},
)
async def get_intervention_certificate(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> Response:
    """The certificate of a decided adjustment, suspension, taper, stop or transfer, byte for byte as issued."""
    made, text = await intervention_certificate.text_of(id, tx)
    named = {"content-disposition": f'inline; filename="decision-{made.id}.json"'}
    return Response(text.encode(), media_type="application/json", headers=named)


@router.get("/{id}/letter", response_class=PlainTextResponse)
async def get_intervention_letter(id: UUID, tx: Tx, who: Principal = allow(*READERS)) -> str:
    """The same in plain Chinese, for the family."""
    made, text = await intervention_certificate.text_of(id, tx)
    to = await intervention_certificate.addressee(made, tx) if who.roles & set(NAMED) else None
    return intervention_letter(json.loads(text), to=to, because=made.reason)
