"""What people send."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from doudi.division import Division
from doudi.events.parts import Disability
from doudi.identity import AccountNumber, CitizenId, DisabilityCertificate
from doudi.service import Request
from intake.api.means_forms import DeclaredMeans, FoundMeans
from intake.handlers.papers import Account, Papers, Relative
from intake.handlers.people import Place
from intake.handlers.survey import Found, Visit
from intake.handlers.township import Meeting
from intake.handlers.window import Applicant, Channel
from intake.model.people import Labour, OutReason, Relation

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Officer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 -]{4,19}$")]
Source = Annotated[str, StringConstraints(pattern=r"^[A-Z_]{2,40}$")]
RelativeKind = Literal[
    "SPOUSE",
    "PARENT",
    "CHILD",
    "SIBLING",
    "GRANDPARENT",
    "GRANDCHILD",
    "PARENT_IN_LAW",
    "SIBLING_IN_LAW",
    "CHILD_IN_LAW",
    "UNCLE_AUNT",
    "ADOPTIVE",
    "STEP",
    "OTHER",
]
Step = Literal["EXPLAIN_POLICY", "PRESENT_CASE", "DISCUSS", "CONCLUDE", "ALL_SIGN"]


class OneWayOfSayingWho(ValueError):
    """id_number 与 person_id 应当且只能提供一项 / give either id_number or person_id"""


class DisabilityForm(Request):
    """A disability certificate; its number is only checked, never kept."""

    category: Literal["VISUAL", "HEARING", "SPEECH", "LIMB", "INTELLECTUAL", "MENTAL", "MULTIPLE"]
    grade: Literal[1, 2, 3, 4]
    certificate_number: DisabilityCertificate | None = None

    def part(self) -> Disability:
        """As events carry it."""
        return Disability(category=self.category, grade=self.grade)


class RegisterPerson(Request):
    """A person, as declared."""

    id_number: CitizenId
    name: Name
    division: Division
    phone: Phone | None = None
    address: Line | None = None
    labour: Labour
    student: bool = False
    earns: bool = False
    seriously_ill: bool = False
    disability: DisabilityForm | None = None


class MemberForm(Request):
    """A person's place in a household. `out_reason`: why the law leaves them out of the unit."""

    person_id: UUID
    relation: Relation
    out_reason: OutReason | None = None
    lives_apart: bool = False
    """Does not live with the household."""
    registered_apart: bool = False
    """Stands in a household book of his own while living with the family."""
    cannot_register_apart: bool = False
    """Is supported by the family and unable to set up a household of his own (民发〔2018〕90号)."""

    def place(self) -> Place:
        """As the handler takes it."""
        return Place(**vars(self))


class RegisterHousehold(Request):
    """A household, as declared."""

    division: Division
    hukou: Literal["RURAL", "URBAN"]
    registry: Literal["NONE", "NOT_OUT", "OUT", "RETURNED"] = "NONE"
    number: Line | None = None
    members: list[MemberForm] = Field(min_length=1, max_length=40)


class RelativeForm(Request):
    """A declared relation between a member and an officer (`officer`: their sub)."""

    officer: Officer
    person_id: UUID
    relation: RelativeKind


class AccountForm(Request):
    """Where the money is to go. A number that fails Luhn is lawful (domain §11)."""

    payee_person_id: UUID
    number: AccountNumber
    bank_code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,20}$")]


class PapersForm(Request):
    """What is handed in; what is left out is not handed in now."""

    signed: bool | None = None
    truth_promised: bool | None = None
    consents: list[UUID] | None = Field(default=None, max_length=40)
    declared: DeclaredMeans | None = None
    relatives: list[RelativeForm] | None = Field(default=None, max_length=40)
    account: AccountForm | None = None

    def papers(self) -> Papers:
        """As the handler takes them."""
        return Papers(
            signed=self.signed,
            truth_promised=self.truth_promised,
            consents=self.consents,
            declared=self.declared.statement() if self.declared else None,
            relatives=None if self.relatives is None else [Relative(**vars(r)) for r in self.relatives],
            account=Account(**vars(self.account)) if self.account else None,
        )


class SubmitApplication(PapersForm):
    """The head of household applies, or one member alone. Rural or urban dibao follows the household's hukou.

    `entrusted`: a village committee carries it and has the applicant's word.
    """

    household_id: UUID
    applicant_id: UUID
    programme: Literal["DIBAO"] = "DIBAO"
    applies_alone: bool = False
    """The applicant asks in his own name to be treated as a single person; the household is stated all the same."""
    channel: Channel = "WINDOW"
    entrusted: bool = False

    def applicant(self) -> Applicant:
        """As the handler takes it."""
        return Applicant(self.household_id, self.applicant_id, self.channel, self.entrusted, self.applies_alone)


class Reason(Request):
    """Why."""

    reason: Text


class ProofForm(Request):
    """The applicant's proof against one result, and whether the township accepts it."""

    person_id: UUID
    source: Source
    proof: Text
    accepted: bool


class Recheck(Request):
    """An objection to the result of the matching."""

    proofs: list[ProofForm] = Field(min_length=1, max_length=200)


class FoundForm(Request):
    """How one member was found."""

    person_id: UUID
    labour: Labour
    student: bool = False
    earns: bool = False
    seriously_ill: bool = False
    lives_apart: bool | None = None
    registered_apart: bool | None = None
    cannot_register_apart: bool | None = None
    """These three: null leaves what was declared."""


class HomeVisitForm(Request):
    """The record of a home visit."""

    visited_on: date
    surveyors: list[Officer] = Field(max_length=20)
    surveyors_signed: bool
    applicant_signed: bool
    means: FoundMeans
    found: list[FoundForm] = Field(max_length=40)

    def visit(self) -> Visit:
        """As the handler takes it."""
        return Visit(
            visited_on=self.visited_on,
            surveyors=self.surveyors,
            surveyors_signed=self.surveyors_signed,
            applicant_signed=self.applicant_signed,
            means=self.means.statement(),
            found=[Found(**vars(found)) for found in self.found],
        )


class AssessmentForm(Request):
    """The record of an assessment; `steps` in the order in which they were taken."""

    held_on: date
    present: int = Field(ge=1, le=1000)
    representatives: int = Field(ge=0, le=1000)
    steps: list[Step] = Field(max_length=5)
    conclusion: Literal["AGREED", "DISPUTED"]

    def meeting(self) -> Meeting:
        """As the handler takes it."""
        return Meeting(**vars(self))


class ReviewForm(Request):
    """The township's opinion."""

    opinion: Literal["SUPPORT", "REFUSE"]
    reason: Text


class LookAgain(Request):
    """What follows from an objection or from the county's return, and the answer to whoever objected."""

    to: Literal["SURVEY", "ASSESSMENT"] = "SURVEY"
    answer: Text


class ObjectionForm(Request):
    """What somebody has against a posting; they need not say who they are."""

    statement: Text
    name: Name | None = None
    phone: Phone | None = None


class ReportDeath(Request):
    """A death, by ID number or by the person's id."""

    id_number: CitizenId | None = None
    person_id: UUID | None = None
    died_on: date
    source: Literal["PUBLIC_SECURITY", "CIVIL_AFFAIRS", "HEALTH", "SOCIAL_SECURITY", "VILLAGE", "COURT"]

    @model_validator(mode="after")
    def one_of_both(self) -> ReportDeath:
        """One way of saying who it is."""
        if (self.id_number is None) == (self.person_id is None):
            raise OneWayOfSayingWho
        return self
