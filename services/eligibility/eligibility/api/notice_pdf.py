"""A notice (通知书) as PDF."""

from __future__ import annotations

from pathlib import Path

from eligibility.api import paper
from eligibility.api.certificate_views import NoticeView

_TEMPLATE = Path(__file__).with_name("notice.typ")


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
