"""What a redetermination applies: standards that were set, or what one document would set when it is executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.dated import Parameter
from doudi.division import Division
from doudi.errors import Conflict, Invalid
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import plausible
from eligibility.handlers import standards as setting
from eligibility.model import Redetermination, Standard, refusals
from eligibility.model.base import Json
from eligibility.rules.standards import StandardKey, TableKey


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is not in force yet: a standard, tables of classes (key and value), or both."""

    amount: Money | None
    period: Literal["MONTH", "YEAR"] | None
    valid_from: date
    document: str
    standard: StandardKey = "dibao.rural"
    tables: tuple[tuple[TableKey, Any], ...] = ()

    def parameters(self, division: Division) -> list[Parameter]:
        """As if it were in force. Raises Invalid for a value that a number cannot have."""
        rows: list[tuple[str, Any, str | None]] = [
            (key, setting.table_value(key, value), None) for key, value in self.tables
        ]
        if self.amount is not None:
            rows.append((self.standard, str(self.amount), self.period))
        return [
            Parameter(key, value, self.valid_from, division.prefix, self.document, "confirmed", period)
            for key, value, period in rows
        ]

    def as_json(self) -> Json:
        """As kept with the job."""
        return {
            "amount": None if self.amount is None else str(self.amount),
            "period": self.period,
            "valid_from": self.valid_from.isoformat(),
            "document": self.document,
            "standard": self.standard,
            "tables": [{"key": key, "value": value} for key, value in self.tables],
        }

    @classmethod
    def from_json(cls, kept: Json) -> Draft:
        """What `as_json` made."""
        return cls(
            amount=None if kept["amount"] is None else Money.yuan(kept["amount"]),
            period=kept["period"],
            valid_from=date.fromisoformat(kept["valid_from"]),
            document=kept["document"],
            standard=kept["standard"],
            tables=tuple((table["key"], table["value"]) for table in kept.get("tables", [])),
        )


def drafted(
    draft: Draft, division: Division, month: Month, known: Sequence[Standard], tx: Transaction
) -> list[Parameter]:
    """The draft's numbers. Raises Forbidden, Invalid, Conflict, StandardNotInForce."""
    setting.own_county(division, tx)
    keys = [key for key, _ in draft.tables]
    if (draft.amount is None) != (draft.period is None) or (draft.amount is None and not keys):
        raise Invalid(field="draft.amount", detail="草案须填写金额及其期间，或者分类分档表")
    if len(set(keys)) < len(keys):
        raise Invalid(field="draft.tables", detail="同一参数只能填写一次")
    if draft.period is not None:
        setting.money_fits(draft.standard, draft.period)
    if draft.valid_from > month.first_day:
        raise refusals.StandardNotInForce(field="valid_from")
    plausible.standard_day(draft.valid_from, "draft/valid_from", tx)
    rows = draft.parameters(division)
    taken = {(s.key, s.division, s.valid_from) for s in known}
    if any((row.key, division.code, draft.valid_from) in taken for row in rows):
        raise Conflict(field="valid_from", detail="该日期的标准已经设定，请按其编号测算")
    set_before = rules.PARAMETERS.with_overrides(s.parameter for s in known)
    plausible.standards(rows, division, set_before, "draft/", tx)
    if keys:
        every = [*(s.parameter for s in known), *rows]
        setting.tables_hold(division, rules.PARAMETERS.with_overrides(every))
    return rows


def chosen(known: Sequence[Standard], ids: set[UUID], division: Division, month: Month) -> list[Standard]:
    """The standards of these ids. Raises Invalid, StandardNotInForce."""
    found = [s for s in known if s.id in ids]
    if len(found) != len(ids):
        raise Invalid(field="standard_ids", detail="所列标准不存在")
    for standard in found:
        place = Division(standard.division)
        if standard.valid_from > month.first_day or not (place.contains(division) or division.contains(place)):
            raise refusals.StandardNotInForce(field="standard_ids")
    return found


async def put_in_force(job: Redetermination, tx: Transaction) -> None:
    """What the job's draft says is set now, by the document that it named."""
    if job.draft is None:
        return
    draft, division = Draft.from_json(job.draft), Division(job.division)
    for key, value in draft.tables:
        await setting.set_table(key, division, value, draft.valid_from, draft.document, tx)
    if draft.amount is not None and draft.period is not None:
        await setting.set_standard(
            draft.standard, division, draft.amount, draft.period, draft.valid_from, draft.document, tx
        )
