"""A notice (通知书) as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Response

from eligibility.api import paper
from eligibility.api.certificate_views import NoticeView

_TEMPLATE = Path(__file__).with_name("notice.typ")


_PDF = "application/pdf"
ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {_PDF: {"schema": {"type": "string", "format": "binary"}}}, "description": "PDF, A4"}
}


def printed(notice: NoticeView) -> Response:
    """The document as an answer, to print and hand over."""
    named = {"content-disposition": f'inline; filename="notice-{notice.id}.pdf"'}
    return Response(pdf(notice), media_type=_PDF, headers=named)


def pdf(notice: NoticeView) -> bytes:
    """The document. The same notice gives the same bytes."""
    day = notice.decided_on
    told = {
        "office": notice.office,
        "title": notice.title,
        "number": str(notice.id),
        "addressee": notice.addressee or "申请人",
        "lead": notice.lead,
        "reasons": notice.reasons,
        "rule_set": notice.rule_set,
        "rights": notice.rights,
        "hotline": notice.hotline,
        "on": f"{day.year}年{day.month}月{day.day}日",
    }
    return paper.pdf(_TEMPLATE, told)
