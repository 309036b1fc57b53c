"""What the window sends on a programme of one person: the facts as declared and verified, by programme."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from doudi.division import Division
from doudi.identity import AccountNumber, CitizenId
from doudi.money import Money, NonNegativeMoney
from doudi.service import Request
from eligibility.handlers.programmes import Applied, Payee

Category = Literal["VISUAL", "HEARING", "SPEECH", "LIMB", "INTELLECTUAL", "MENTAL", "MULTIPLE"]
Single = Literal["VISUAL", "HEARING", "SPEECH", "LIMB", "INTELLECTUAL", "MENTAL"]
Grade = Literal[1, 2, 3, 4]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Officer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Months = Annotated[int, Field(ge=0, le=1200)]


class PartForm(Request):
    """One part of a multiple disability, as 残联 has it."""

    category: Single
    grade: Grade


class DisabilityForm(Request):
    """A disability certificate; `parts` of a multiple one."""

    category: Category
    grade: Grade
    parts: list[PartForm] = Field(default=[], max_length=6)


class FactsForm(Request):
    """The facts of one programme."""

    def given(self) -> dict[str, Any]:
        """As the rules read them: money in fen, days as ISO texts, a certificate's parts as pairs."""
        return {key: plain(value) for key, value in self if key != "programme"}


def plain(value: Any) -> Any:
    """A value of a form as plain JSON in the shape of the rules' facts."""
    match value:
        case DisabilityForm():
            parts = [[part.category, part.grade] for part in value.parts]
            return {"category": value.category, "grade": value.grade, "parts": parts}
        case IncomeForm():
            return [value.kind, value.amount_month.fen]
        case Request():
            return {key: plain(inner) for key, inner in value}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case Division():
            return value.code
    return value.fen if hasattr(value, "fen") else value


class IncomeForm(Request):
    """Income of a kind, yuan per month."""

    kind: Literal[
        "WAGES", "BUSINESS", "RENT", "INTEREST", "SUPPORT", "OTHER", "BASIC_RESIDENT_PENSION", "MEDICAL_INSURANCE",
        "SOCIAL_INSURANCE", "PREFERENTIAL_PAY", "ELDERLY_ALLOWANCE",
    ]  # fmt: skip
    amount_month: NonNegativeMoney


class SupporterForm(Request):
    """A legal supporter (民发〔2021〕43号 art. 8). `low_means`: income below last year's mean, property in limits.

    `low_property`: property within the limits, whatever the income; asked of the incapable only (art. 8 (五)).
    """

    born: date
    disability: DisabilityForm | None = None
    tekun: bool = False
    dibao: bool = False
    low_means: bool = False
    low_property: bool = False
    incapable: bool = False


class TekunTest(FactsForm):
    """The facts of the tekun test. `failed_items`: of the six; null before the assessment."""

    form: Literal["CENTRALISED", "SCATTERED"] = "SCATTERED"
    disability: DisabilityForm | None = None
    incomes: list[IncomeForm] = Field(default=[], max_length=40)
    verified_breaches: list[Line] = Field(default=[], max_length=20)
    supporters: list[SupporterForm] = Field(default=[], max_length=30)
    failed_items: list[Literal["EAT", "DRESS", "IN_OUT_OF_BED", "TOILET", "WALK_INDOORS", "BATHE"]] | None = Field(
        default=None, max_length=6
    )
    school: Literal["NONE", "COMPULSORY", "SENIOR_HIGH", "SECONDARY_VOCATIONAL", "HIGHER"] = "NONE"
    area: Literal["RURAL", "URBAN"] = "RURAL"
    land_or_collective: bool = False

    def given(self) -> dict[str, Any]:
        """A new application is of nobody who is tekun already."""
        return {**super().given(), "held": False}


class TekunForm(TekunTest):
    """特困人员救助供养."""

    programme: Literal["TEKUN"]


class EntrustForm(TekunTest):
    """低偿集中托养: tekun is tested first. `tekun_waiting`: how many of the groups 1 to 4 wait for a place."""

    programme: Literal["ENTRUST"]
    household_kind: Literal["DIBAO_R", "LOW_INCOME", "REGISTERED_POOR", "OTHER"]
    tekun_waiting: int = Field(ge=0, le=100000)


class SevereCareForm(TekunTest):
    """重度残疾人照护托养: tekun is tested first."""

    programme: Literal["SEVERE_CARE"]
    registered_poor: bool
    long_term_care: bool


class SubsidyForm(FactsForm):
    """What both disability subsidies ask. `expired_on`: last day of the certificate that was renewed after a gap."""

    disability: DisabilityForm | None
    valid_until: date | None = None
    expired_on: date | None = None
    work_injury_pay: bool = False
    serving_sentence: bool = False
    registered_poor: bool = False


class LivingForm(SubsidyForm):
    """困难残疾人生活补贴. Whether the person is in dibao is known here. `low_income`: of such a household."""

    programme: Literal["LIVING_SUB"]
    low_income: bool = False


class CareForm(SubsidyForm):
    """重度残疾人护理补贴. `elder_nursing`: the elderly nursing subsidy that is paid, per month."""

    programme: Literal["CARE_SUB"]
    care_needed_months: Months
    elder_nursing: NonNegativeMoney = Field(default_factory=Money.zero)


class OrphanForm(FactsForm):
    """孤儿."""

    programme: Literal["ORPHAN"]
    parents: list[Literal["DEAD", "DECLARED_DEAD", "DECLARED_MISSING", "NOT_FOUND", "PRESENT"]] = Field(
        min_length=2, max_length=2
    )
    placement: Literal["INSTITUTION", "COMMUNITY"]
    adopted: bool = False
    at_school: bool = False

    def given(self) -> dict[str, Any]:
        """A new application is of nobody who gets it already."""
        return {**super().given(), "held": False}


class ParentForm(Request):
    """One parent of the child."""

    gone: Literal["DEAD", "DECLARED_DEAD", "DECLARED_MISSING"] | None = None
    disability: DisabilityForm | None = None
    seriously_ill: bool = False
    custody_months: Months = 0
    lost_months: Months = 0


class DefactoForm(FactsForm):
    """事实无人抚养儿童."""

    programme: Literal["DEFACTO"]
    parents: list[ParentForm] = Field(min_length=2, max_length=2)
    adopted: bool = False


class ElderForm(FactsForm):
    """高龄津贴."""

    programme: Literal["ELDER"]
    hukou: Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
    area: Literal["RURAL", "URBAN"]
    incomes: list[
        Literal[
            "PENSION", "WAGES", "OTHER_FIXED", "BASIC_RESIDENT_PENSION", "GIFTS_FROM_CHILDREN", "SURVIVOR_PAY",
            "VETERANS_PAY",
        ]
    ] = Field(default=[], max_length=7)  # fmt: skip


class Elder2023Form(FactsForm):
    """普惠型高龄津贴, from 2023."""

    programme: Literal["ELDER_2023"]
    hukou: Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
    enterprise_supplement: bool = False


Facts = Annotated[
    TekunForm
    | LivingForm
    | CareForm
    | OrphanForm
    | DefactoForm
    | ElderForm
    | Elder2023Form
    | EntrustForm
    | SevereCareForm,
    Field(discriminator="programme"),
]


class PayeeForm(Request):
    """Whose account it is, when it is not the applicant's: the guardian of a minor, an agent."""

    person_id: UUID
    name: Name
    id_number: CitizenId


class AccountForm(Request):
    """Where the money is to go. A number that fails Luhn is lawful (domain §11)."""

    number: AccountNumber
    bank_code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,20}$")]
    payee: PayeeForm | None = None


class Apply(Request):
    """One person's application for one programme. `relatives`: officers who are near relatives, by user name."""

    person_id: UUID
    name: Name
    id_number: CitizenId
    division: Division
    account: AccountForm
    relatives: list[Officer] = Field(default=[], max_length=40)
    in_place_of: UUID | None = None
    """The dibao award that is to end when this begins, in one decision (a TRANSFER of that award)."""
    facts: Facts

    def applied(self) -> Applied:
        """As the handler takes it."""
        payee = self.account.payee or PayeeForm(person_id=self.person_id, name=self.name, id_number=self.id_number)
        return Applied(
            programme=self.facts.programme,
            person_id=self.person_id,
            name=self.name,
            id_number=self.id_number,
            division=self.division,
            payee=Payee(
                payee.person_id, payee.name, payee.id_number, self.account.number.value, self.account.bank_code
            ),
            relatives=self.relatives,
            given=self.facts.given(),
            in_place_of=self.in_place_of,
        )


class Change(Request):
    """What is known now of somebody who holds an award: the facts anew, and what would end it."""

    facts: Facts
    circumstances: list[Literal["ASKS_TO_LEAVE", "IMPRISONED", "REGAINED_LABOUR", "MOVED_AWAY"]] = Field(
        default=[], max_length=4
    )


class Hearing(Request):
    """What the person said, and when."""

    heard_on: date
    statement: str = Field(min_length=1, max_length=2000)


class Post(Request):
    """The answer to the objection, when the posting hangs again."""

    answer: str | None = Field(default=None, min_length=1, max_length=2000)
