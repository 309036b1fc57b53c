"""What eligibility says of standards: that one was set, and what it does to the awards of a division."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.base import Event, Part
from doudi.events.parts import Finding
from doudi.money import Money


class StandardEvent(Event, publisher="eligibility"):
    """Said by eligibility."""


class StandardSet(StandardEvent, key="standard_id"):
    """A county or city set its standard by a document, from a day on, past or coming. It changes no award by itself."""

    standard_id: UUID
    """The standard"""
    division: Division
    standard: str
    """Which one, e.g. `dibao.rural`"""
    amount: Money
    """Yuan per month or year, see `period`"""
    period: Literal["MONTH", "YEAR"]
    """What the amount is per"""
    valid_from: date
    """The day from which it holds"""
    document: str
    """Number of the document by which it was set"""
    set_on: date
    """Day on which it was entered"""
    by: str


class TableRow(Part):
    """What a table says of one class."""

    assistance_class: Literal["A", "B", "C"]
    value: str
    """A mode of payment, or yuan per person and month"""


class ClassTableSet(StandardEvent, key="standard_id"):
    """A county or city set how classes A, B and C are told apart or paid (domain §3.7). It changes no award."""

    standard_id: UUID
    """The table"""
    division: Division
    standard: str
    """Which one, e.g. `dibao.classifier`"""
    value: str | None
    """Its word or share; null: see `table`"""
    table: list[TableRow]
    """Class by class; empty: see `value`"""
    valid_from: date
    """The day from which it holds"""
    document: str
    """Number of the document by which it was set"""
    set_on: date
    """Day on which it was entered"""
    by: str


class ChangeFigures(Part):
    """What another standard does to the awards of a division. Counts of awards; yuan per month."""

    awards: int
    """Awards that were determined anew"""
    gaining: int
    """Awards that get more"""
    losing: int
    """Awards that get less"""
    leaving: int
    """Awards that no longer qualify: listed for a review, never stopped by this"""
    same: int
    """Awards whose amount stays"""
    entering: int
    """Households that were refused within twelve months and would qualify"""
    change_month: Money
    """Yuan per month more (less) for the awards, those that no longer qualify counted as nothing"""
    entering_month: Money
    """Yuan per month for those who would enter"""


class RedeterminationProposed(StandardEvent, key="redetermination_id"):
    """A dry-run on the live awards is complete: what the new standard would do to each. Nothing is changed yet."""

    redetermination_id: UUID
    """The redetermination"""
    division: Division
    from_month: Month
    """The month from which the awards would be adjusted"""
    standard_ids: list[UUID]
    """Standards that are in force and applied; empty for a draft"""
    figures: ChangeFigures
    """The sums"""
    floors: list[Finding]
    """The floors of mean subsidy and of tekun, kept or breached, county by county"""
    sha256: str
    """Of the ordered results: award, version, old lines, new lines"""
    proposed_on: date
    """Day on which it was complete"""
    by: str


class RedeterminationApproved(StandardEvent, key="redetermination_id"):
    """Another person than its maker approved the dry-run with this hash."""

    redetermination_id: UUID
    """The redetermination"""
    division: Division
    sha256: str
    """Of the results that were approved"""
    approved_on: date
    """Day of the approval"""
    proposed_by: str
    """The maker, by user name"""
    by: str


class RedeterminationExecuted(StandardEvent, key="redetermination_id"):
    """Every award of the division was settled as approved; each that changed since was determined anew and listed."""

    redetermination_id: UUID
    """The redetermination"""
    division: Division
    from_month: Month
    """The month from which awards were adjusted"""
    sha256: str
    """Of the results that were approved"""
    adjusted: int
    """Awards that pay other lines now"""
    unchanged: int
    """Awards whose lines stay"""
    listed: int
    """Awards left as they are for a person to look at"""
    changed_since: int
    """Awards of these that changed after the dry-run"""
    rescreened: int
    """Refused households that would qualify now"""
    change_month: Money
    """Yuan per month more (less) for the adjusted awards"""
    executed_on: date
    """Day on which it was complete"""
    proposed_by: str
    """The maker, by user name"""
    approved_by: str
    """Who approved, by user name"""
    by: str
    registered: int | None = None
    """Households of the counterpart registers that nobody covers and that are below the new line"""


class RescreeningFound(StandardEvent, key="application_id"):
    """A household that was refused lately would qualify under the new standard: somebody calls on it (应保尽保)."""

    redetermination_id: UUID
    """The redetermination that found it"""
    application_id: UUID
    household_id: UUID
    division: Division
    refused_on: date
    """Day of the refusal"""
    assistance_class: Literal["A", "B", "C"]
    amount: Money
    findings: list[Finding]
    found_on: date
    """Day on which it was found"""


class RegisterRescreeningFound(StandardEvent, key="household"):
    """A registered household that nobody covers is below the new line: somebody calls on it (应保尽保)."""

    redetermination_id: UUID
    """The redetermination that found it"""
    comparison_id: UUID
    """The comparison in which it was registered only, and did not pass the screening"""
    household: UUID
    """The household: a keyed hash of its number in the register"""
    division: Division
    """The county of the register"""
    income_year: Money
    """Yuan per person and year, as the register has it"""
    standard_year: Money
    """The new standard, yuan per person and year"""
    found_on: date
    """Day on which it was found"""
