"""What people get to see. Names are opened for the home's own offices, ID numbers are masked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from care_institutions import rules
from care_institutions.handlers.staffing import Staffing
from care_institutions.model import Assessment, Institution, Resident, RosterEntry, Waiting
from care_institutions.rules import place_in_order
from doudi.identity import CitizenId
from doudi.law import Finding
from doudi.service import View
from doudi.transaction import Transaction


class InstitutionView(View):
    """A home. `findings`: whether its licence and its fire acceptance stand today."""

    id: UUID
    version: int
    division: str
    credit_code: str
    name: str
    kind: str
    beds: int
    licence_until: date | None
    fire_accepted_on: date | None
    registered_on: date
    registered_by: str
    short_since: date | None
    findings: list[Finding]

    @classmethod
    def of(cls, institution: Institution, tx: Transaction) -> InstitutionView:
        """As it stands today."""
        findings = rules.papers_in_order(institution.licence_until, institution.fire_accepted_on, on=tx.today)
        return cls(**{n: getattr(institution, n) for n in cls.model_fields if n != "findings"}, findings=findings)


class ResidentsView(View):
    """Residents by the grade that counts; `unassessed` of the disabled were not assessed yet."""

    disabled: int
    partly_disabled: int
    self_caring: int
    unassessed: int


class ExactView(View):
    """Staff needed, exactly."""

    numerator: int
    denominator: int


class StaffingView(View):
    """How a home stands to 1:3, 1:6, 1:10. `required` (SUM_CEIL) decides, `planned` (PER_TYPE) is to plan by."""

    institution_id: UUID
    on: date
    residents: ResidentsView
    exact: ExactView
    required: int
    planned: int
    staff_hundredths: int
    care_staff_hundredths: int
    enough: bool
    short_since: date | None
    findings: list[Finding]

    @classmethod
    def of(cls, institution: Institution, now: Staffing) -> StaffingView:
        """As it stands."""
        numerator, denominator = now.exact
        counted = now.residents
        return cls(
            institution_id=institution.id,
            on=now.on,
            residents=ResidentsView(
                disabled=counted.disabled,
                partly_disabled=counted.partly_disabled,
                self_caring=counted.self_caring,
                unassessed=now.unassessed,
            ),
            exact=ExactView(numerator=numerator, denominator=denominator),
            required=now.required,
            planned=now.planned,
            staff_hundredths=now.staff_hundredths,
            care_staff_hundredths=now.care_staff_hundredths,
            enough=now.enough,
            short_since=institution.short_since,
            findings=now.findings,
        )


class RosterEntryView(View):
    """Someone on the roster. `ended_on`: the first day without them."""

    id: UUID
    version: int
    institution_id: UUID
    name: str
    role: str
    share_hundredths: int
    started_on: date
    ended_on: date | None
    leave_from: date | None
    leave_until: date | None
    counts: bool

    @classmethod
    def of(cls, entry: RosterEntry, tx: Transaction) -> RosterEntryView:
        """Opens the name; noted in the access log."""
        tx.saw("roster-entry", entry.id)
        fields = {n: getattr(entry, n) for n in cls.model_fields if n not in ("name", "counts")}
        counts = rules.on_the_roster(entry.post, on=tx.today)
        return cls(**fields, name=tx.keys.open(entry.name, "person.name"), counts=counts)


class ResidentView(View):
    """A resident. `left_on`: the first day without them."""

    id: UUID
    version: int
    institution_id: UUID
    person_id: UUID
    name: str
    id_number: str
    group: str
    consent_by: str
    consented_on: date
    admitted_on: date
    left_on: date | None
    left_reason: str | None
    grade: str | None
    assessed_on: date | None
    next_due_on: date | None
    change_reported_on: date | None
    reassess_due_on: date | None

    @classmethod
    def of(cls, resident: Resident, tx: Transaction) -> ResidentView:
        """Opens the name, masks the ID number; noted in the access log."""
        tx.saw("resident", resident.id)
        fields = {n: getattr(resident, n) for n in cls.model_fields if n not in ("name", "id_number", "group")}
        return cls(
            **fields,
            name=tx.keys.open(resident.name, "person.name"),
            id_number=CitizenId(tx.keys.open(resident.id_number, "person.id_number")).masked,
            group=resident.admission_group,
        )


class AssessmentView(View):
    """An assessment: which items were achieved, and the grade that follows."""

    id: UUID
    resident_id: UUID
    items: dict[str, bool]
    items_failed: int
    grade: str
    assessors: list[str]
    assessed_on: date
    next_due_on: date
    recorded_by: str

    @classmethod
    def of(cls, assessment: Assessment) -> AssessmentView:
        """As recorded."""
        return cls.model_validate(assessment)


class WaitingView(View):
    """Who waits. `order`: 1 is served first (domain §7.5)."""

    id: UUID
    version: int
    division: str
    name: str
    id_number: str
    group: str
    grade: str | None
    harsh_place: bool
    order: int
    waiting_since: date
    ended_on: date | None
    ended_reason: str | None

    @classmethod
    def of(cls, waiting: Waiting, tx: Transaction) -> WaitingView:
        """Opens the name, masks the ID number; noted in the access log."""
        tx.saw("waiting", waiting.id)
        hidden = ("name", "id_number", "group", "order")
        fields = {n: getattr(waiting, n) for n in cls.model_fields if n not in hidden}
        return cls(
            **fields,
            name=tx.keys.open(waiting.name, "person.name"),
            id_number=CitizenId(tx.keys.open(waiting.id_number, "person.id_number")).masked,
            group=waiting.admission_group,
            order=place_in_order(waiting.group, waiting.known_grade, waiting.harsh_place),
        )
