"""/v1/standards: what counties and cities set by document: dibao, subsidies, allowances; in force and set."""

from __future__ import annotations

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid
from doudi.service import InDivision, Router, Tx
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.views import SetStandard, StandardView
from eligibility.handlers import standards
from eligibility.rules.standards import StandardKey

router = Router(prefix="/v1/standards", tags=["standards"])


@router.post("", status_code=201)
async def set_standard(request: SetStandard, tx: Tx, who: Principal = allow(Role.COUNTY_LEADER)) -> StandardView:
    """Sets a standard by document and date (国务院令649号 art. 10); it holds for determinations from then on."""
    if request.amount.fen <= 0:
        raise Invalid(field="amount", detail="标准应大于零 / must be above zero")
    made = await standards.set_standard(
        request.standard, request.division, request.amount, request.period, request.valid_from, request.document, tx
    )
    return StandardView.of(made)


@router.get("")
async def list_standards(
    tx: Tx, division: InDivision, standard: StandardKey = "dibao.rural", who: Principal = allow(*READERS)
) -> list[StandardView]:
    """Every value of a standard that is known for a division, by day, with where it comes from."""
    code = (division or who.division).code
    rows = [p for p in await store.parameters(tx) if p.key == standard and code.startswith(p.division)]
    return [
        StandardView(
            id=None,
            standard=p.key,
            division=p.division.ljust(12, "0"),
            amount=p.money,
            period=p.period or "MONTH",
            valid_from=p.valid_from,
            source=p.source,
            status=p.status,
        )
        for p in sorted(rows, key=lambda p: (p.valid_from, p.division))
    ]
