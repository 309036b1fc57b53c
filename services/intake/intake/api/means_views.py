"""Income and property as people get to see them; a supporter's name is opened for the case's own offices."""

from __future__ import annotations

from typing import Any

from doudi.events.parts import Asset, IncomeItem, Means, Supporter
from doudi.money import Money
from doudi.service import View
from doudi.transaction import Transaction


class SupporterView(View):
    """Somebody outside the household who has to support members of it; `name` null in lists."""

    name: str | None
    duty: str | None
    per_capita_month: Money
    supported: int
    supported_here: int

    @classmethod
    def of(cls, supporter: Supporter, tx: Transaction | None) -> SupporterView:
        """With the name where a transaction can open it."""
        sealed = supporter.name if tx is not None else None
        name = tx.keys.open(sealed, "person.name") if tx is not None and sealed is not None else None
        return cls(**{**vars(supporter), "name": name})


class MeansView(View):
    """Income and property of the whole unit over the last 12 months; yuan per year."""

    income_year: Money
    deductions_year: Money
    rigid_year: Money
    rigid_cause: str | None
    deposits: Money
    effective_assets: bool
    verified_breaches: list[str]
    labour_missing: bool
    items: list[IncomeItem]
    supporters: list[SupporterView]
    assets: list[Asset]

    @classmethod
    def of(cls, kept: dict[str, Any] | None, tx: Transaction | None = None) -> MeansView | None:
        """As they are on file; None: nothing is."""
        if kept is None:
            return None
        means = Means.model_validate(kept)
        return cls(**{**vars(means), "supporters": [SupporterView.of(one, tx) for one in means.supporters]})
