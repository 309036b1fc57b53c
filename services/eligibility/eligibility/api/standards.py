"""/v1/standards: what counties and cities set by document: dibao, subsidies, allowances, classes; in force and set."""

from __future__ import annotations

from typing import get_args

from typing_extensions import TypeIs

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid
from doudi.service import InDivision, Router, Tx
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.api.standard_views import SetStandard, StandardView
from eligibility.handlers import standards
from eligibility.model import Standard
from eligibility.rules.standards import StandardKey, TableKey

router = Router(prefix="/v1/standards", tags=["standards"])


@router.post("", status_code=201)
async def set_standard(request: SetStandard, tx: Tx, who: Principal = allow(Role.COUNTY_LEADER)) -> StandardView:
    """Sets a standard by document and date (国务院令649号 art. 10); it holds for determinations from then on."""
    return StandardView.of(await _set(request, tx))


async def _set(asked: SetStandard, tx: Tx) -> Standard:
    if _is_table(asked.standard):
        if asked.value is None or asked.amount is not None or asked.period is not None:
            raise Invalid(field="value", detail="分类分档表须填写取值，不填写金额")
        made = await standards.set_table(
            asked.standard, asked.division, asked.value, asked.valid_from, asked.document, tx
        )
        standards.tables_hold(asked.division, await store.parameters(tx))
        return made
    if asked.amount is None or asked.period is None or asked.value is not None:
        raise Invalid(field="amount", detail="标准须填写金额及其期间")
    if asked.amount.fen <= 0:
        raise Invalid(field="amount", detail="标准应大于零 / must be above zero")
    return await standards.set_standard(
        asked.standard, asked.division, asked.amount, asked.period, asked.valid_from, asked.document, tx
    )


def _is_table(key: StandardKey | TableKey) -> TypeIs[TableKey]:
    return key in get_args(TableKey)


@router.get("")
async def list_standards(
    tx: Tx, division: InDivision, standard: StandardKey | TableKey = "dibao.rural", who: Principal = allow(*READERS)
) -> list[StandardView]:
    """Every value of a standard that is known for a division, by day, with where it comes from."""
    code = (division or who.division).code
    rows = [p for p in await store.parameters(tx) if p.key == standard and code.startswith(p.division)]
    return [StandardView.known(p) for p in sorted(rows, key=lambda p: (p.valid_from, p.division))]
