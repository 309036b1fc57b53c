"""The award: money due every month, from its first month to its last, and the verbs of its life (domain §4.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.calendar import Month
from doudi.money import Money
from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Base, Json, JsonColumn, Record
from eligibility.model.permit import CUTS, STOPS, Permit


class AwardState(StrEnum):
    """Where an award stands (domain §4.2): 享受, 复核, 暂停, 渐退, 停发. 增减 is an act; the award goes on in 享受."""

    ACTIVE = "ACTIVE"
    REVIEWING = "REVIEWING"
    SUSPENDED = "SUSPENDED"
    TAPER = "TAPER"
    STOPPED = "STOPPED"


_PAID = (AwardState.ACTIVE, AwardState.REVIEWING)
"""The award goes on as it was decided: whether it is looked at again meanwhile changes nothing of it."""


class Award(Record, table=True):
    """What a household gets. Whatever makes it less needs a `Permit`: a decided intervention, or a death."""

    __tablename__ = "award"

    application_id: UUID
    decision_id: UUID
    household_id: UUID
    status: str = "ACTIVE"
    programme: str = "DIBAO_R"
    rule_set: str
    assistance_class: str
    household_size: int
    insured: list[Any] = Field(sa_type=JsonColumn)
    amount_fen: int = Field(sa_type=BigInteger)
    starts: str
    last_month: str | None = None
    granted_on: date
    review_due_on: date
    facts: Json = Field(sa_type=JsonColumn)
    choice: Json = Field(sa_type=JsonColumn)
    account: Json | None = Field(default=None, sa_type=JsonColumn)
    """Where its money goes when that is not the case's account, sealed."""
    succeeds: UUID | None = None
    """The award that this one continues."""
    held_from: str | None = None
    """First month whose money is held; None when nothing is."""
    held_because: str | None = None
    decide_by: date | None = None
    taper_until: str | None = None
    single_basis: str | None = None
    """By which entry one member alone is insured (domain §3.5); None: the household is."""
    reviewing_since: date | None = None
    """The day on which a review began; None when none is under way."""

    @property
    def basis(self) -> str:
        """Fingerprint of what a proposal rests on: another one means that the award changed since."""
        told = [self.facts, self.insured, self.amount_fen, self.taper_until, self.status == AwardState.STOPPED]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def _open_in(self, *states: AwardState) -> None:
        if AwardState(self.status) not in states:
            raise refusals.AwardNotInThisState(detail=f"当前状态：{self.status}")

    def _permitted(self, permit: Permit | None, kinds: Sequence[str] | frozenset[str]) -> None:
        if permit is None or not permit.lets(self.id, kinds):
            raise refusals.HearingNeeded(detail="减发、暂停、停发须经告知、听取意见并作出决定")

    def adjust(
        self,
        determination: rules.Determination,
        facts: rules.Facts,
        choice: rules.Choice,
        permit: Permit | None = None,
    ) -> None:
        """It pays other lines from some month on. Less money needs a permit."""
        self._open_in(*_PAID, AwardState.SUSPENDED)
        if determination.amount.fen < self.amount_fen:
            self._permitted(permit, CUTS)
        self.household_size, self.insured = determination.size, list(determination.insured)
        self.assistance_class = determination.assistance_class or self.assistance_class
        self.amount_fen, self.single_basis = determination.amount.fen, determination.single_basis
        self.facts, self.choice = facts.as_json(), choice.as_json()
        self._changed()

    def restore(
        self,
        determination: rules.Determination,
        facts: rules.Facts,
        choice: rules.Choice,
        permit: Permit | None = None,
    ) -> None:
        """The household is in need again before its taper is over: the award goes on by what the rules give now."""
        self._open_in(AwardState.TAPER, AwardState.SUSPENDED)
        if self.taper_until is None:
            raise refusals.AwardNotInThisState(detail="不在渐退期")
        if determination.amount.fen < self.amount_fen:
            self._permitted(permit, CUTS)
        self.taper_until = None
        self.status = (AwardState.ACTIVE if self.held_from is None else AwardState.SUSPENDED).value
        self.adjust(determination, facts, choice, permit)

    def cut(self, lines: Sequence[rules.Line], facts: rules.Facts, permit: Permit) -> None:
        """One person's own part becomes less or ends; the others' parts stay as they are."""
        self._open_in(*_PAID, AwardState.SUSPENDED, AwardState.TAPER)
        self._permitted(permit, CUTS)
        self.insured = sorted({line.person_id for line in lines})
        self.household_size, self.facts = len(facts.unit), facts.as_json()
        self.choice = {**self.choice, "insured": self.insured}
        self.amount_fen = sum(line.amount.fen for line in lines)
        self._changed()

    def stop(self, last_month: Month, permit: Permit) -> None:
        """`last_month` is the last that is paid."""
        self._open_in(*_PAID, AwardState.SUSPENDED, AwardState.TAPER)
        self._permitted(permit, STOPS)
        self._end(last_month)

    def _end(self, last_month: Month) -> None:
        self.status, self.last_month = AwardState.STOPPED.value, str(last_month)
        self.held_from = self.held_because = self.decide_by = self.reviewing_since = None
        self._changed()

    def hold(self, reason: str, on: date) -> None:
        """Payment is held from this month on, for an operational reason; the entitlement goes on."""
        self._open_in(*_PAID, AwardState.TAPER)
        found = rules.life.hold_is_grounded(reason)
        if not found.met:
            raise refusals.NoGroundToHold(detail=found.because)
        self._held(Month.of(on), found.because, on)

    def suspend(self, from_month: Month, because: str, on: date, permit: Permit) -> None:
        """Payment is held by decision, from a month on."""
        self._open_in(*_PAID, AwardState.TAPER)
        self._permitted(permit, ("SUSPEND",))
        self._held(from_month, because, on)

    def _held(self, from_month: Month, because: str, on: date) -> None:
        self.held_from, self.held_because, self.reviewing_since = str(from_month), because, None
        self.decide_by, self.status = rules.life.decide_by(from_month, on=on), AwardState.SUSPENDED.value
        self._changed()

    def resume(self, on: date) -> list[Month]:
        """Payment goes on; returns the months that were held and are owed."""
        self._open_in(AwardState.SUSPENDED)
        assert self.held_from is not None
        owed = rules.life.months_owed(Month.parse(self.held_from), on)
        self.held_from = self.held_because = self.decide_by = None
        self.status = (AwardState.TAPER if self.taper_until else AwardState.ACTIVE).value
        self._changed()
        return owed

    def taper(self, until: Month, permit: Permit, pays_fen: int | None = None) -> None:
        """It goes on until a month, and ends: unchanged, or with `pays_fen` a month where that is the cap (D-06)."""
        self._open_in(*_PAID)
        self._permitted(permit, ("TAPER",))
        self.amount_fen = self.amount_fen if pays_fen is None else min(self.amount_fen, pays_fen)
        self.taper_until, self.status, self.reviewing_since = str(until), AwardState.TAPER.value, None
        self._changed()

    def taper_ends(self, on: date) -> Month:
        """The taper's last month is over: it is stopped, as was decided when the taper was granted."""
        self._open_in(AwardState.TAPER, AwardState.SUSPENDED)
        until = None if self.taper_until is None else Month.parse(self.taper_until)
        if until is None or on <= until.last_day:
            raise refusals.AwardNotInThisState(detail="渐退期未满")
        self._end(until)
        return until

    def begin_review(self, on: date) -> None:
        """It is looked at again from this day on; it is paid as before until something is decided."""
        self._open_in(AwardState.ACTIVE)
        self.status, self.reviewing_since = AwardState.REVIEWING.value, on
        self._changed()

    def reviewed(self, next_due_on: date) -> None:
        """It was looked at again; the next time is due on a day. What it led to is a decision of its own."""
        self._open_in(*_PAID, AwardState.SUSPENDED, AwardState.TAPER)
        self.review_due_on = next_due_on
        if self.status == AwardState.REVIEWING:
            self.status, self.reviewing_since = AwardState.ACTIVE.value, None
        self._changed()

    def change_reported(self, review_by: date) -> None:
        """A change was reported: it is looked at again soon."""
        self._open_in(*_PAID, AwardState.SUSPENDED, AwardState.TAPER)
        self.review_due_on = min(self.review_due_on, review_by)
        self._changed()


class AwardLineRow(Base, table=True):
    """One person's money of one kind, from a month to a month (None: still)."""

    __tablename__ = "award_line"

    award_id: UUID = Field(primary_key=True)
    person_id: UUID = Field(primary_key=True)
    item: str = Field(primary_key=True)
    from_month: str = Field(primary_key=True)
    to_month: str | None = None
    amount_fen: int = Field(sa_type=BigInteger)

    @property
    def amount(self) -> Money:
        """Per month."""
        return Money(self.amount_fen)


def rows(award_id: UUID, lines: Sequence[rules.Line], starts: Month) -> list[AwardLineRow]:
    """The lines of an award from a month on."""
    return [
        AwardLineRow(
            award_id=award_id,
            person_id=UUID(line.person_id),
            item=line.item,
            from_month=str(starts),
            amount_fen=line.amount.fen,
        )
        for line in lines
    ]
