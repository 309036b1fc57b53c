"""What people send about an award's life: verified means, changes, holds, offers of work, proposals, hearings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.errors import Invalid
from doudi.events.parts import Account, Means
from doudi.identity import AccountNumber, CitizenId, IdentityError
from doudi.money import Money, NonNegativeMoney
from doudi.service import Request, Tx
from eligibility import rules
from eligibility.api.views import ExtraForm, Prepare, Text
from eligibility.handlers import plausible
from eligibility.handlers.looks import Chosen, Look, Newcomer
from eligibility.handlers.plans import Group, Proposal

Labour = Literal["FULL", "PARTIAL", "NONE"]


class IncomeForm(Request):
    """One kind of income of one member, or a cost that is taken off it, as verified (domain §3.2). Yuan per year."""

    kind: str = Field(pattern="^[A-Z_]{1,40}$")
    amount: NonNegativeMoney
    person_id: UUID


class SupporterForm(Request):
    """A supporter outside the household, whose support is counted by a formula."""

    per_capita_month: NonNegativeMoney
    supported: int = Field(ge=1, le=20)
    supported_here: int = Field(ge=1, le=20)


class AssetForm(Request):
    """One thing of value (domain §3.3); one that was not verified is a question."""

    kind: str = Field(pattern="^[A-Z_]{1,40}$")
    person_id: UUID | None = None
    amount: NonNegativeMoney = Money(0)
    verified: bool = False


class MeansForm(Request):
    """Income and property of the whole unit over the last 12 months, as verified. Yuan per year."""

    income_year: NonNegativeMoney
    deductions_year: NonNegativeMoney = Field(default_factory=Money.zero)
    rigid_year: NonNegativeMoney = Field(default_factory=Money.zero)
    rigid_cause: Literal["SEVERE_DISABILITY", "SERIOUS_ILLNESS", "OTHER_NON_SUBJECTIVE"] | None = None
    deposits: NonNegativeMoney = Field(default_factory=Money.zero)
    effective_assets: bool = False
    verified_breaches: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default=[], max_length=20)
    labour_missing: bool = False
    items: list[IncomeForm] = Field(default=[], max_length=200)
    supporters: list[SupporterForm] = Field(default=[], max_length=20)
    assets: list[AssetForm] = Field(default=[], max_length=100)

    def means(self, at: str, tx: Tx) -> Means:
        """As the rules take it. `at`: its field in the request. Raises NotPlausible."""
        made = Means.model_validate(self.model_dump())
        plausible.means(made, at, tx)
        return made


class MemberState(Request):
    """What changed about a member; null leaves it as it was."""

    person_id: UUID
    labour: Labour | None = None
    student: bool | None = None
    earns: bool | None = None
    seriously_ill: bool | None = None
    severely_disabled: bool | None = None

    def state(self) -> dict[str, bool | str]:
        """What is not null, without the id."""
        return self.model_dump(exclude={"person_id"}, exclude_none=True)


class NewMember(Request):
    """Somebody who came into the household."""

    person_id: UUID
    id_number: str = Field(min_length=15, max_length=18)
    birth_date: date
    labour: Labour
    student: bool = False
    earns: bool = False
    seriously_ill: bool = False
    severely_disabled: bool = False

    def newcomer(self, at: str, tx: Tx) -> Newcomer:
        """With the keyed hash instead of the number, which is kept nowhere. Raises Invalid, NotPlausible."""
        try:
            number = CitizenId.parse(self.id_number)
        except IdentityError:
            raise Invalid(field=f"{at}/id_number", detail="身份证号码不正确 / not an ID number") from None
        plausible.born(self.birth_date, f"{at}/birth_date", tx, number.birth_date)
        person = rules.Person(
            str(self.person_id),
            self.birth_date.isoformat(),
            self.labour,
            self.student,
            self.earns,
            self.seriously_ill,
            self.severely_disabled,
        )
        return Newcomer(tx.keys.match(number.value), person)


class LookForm(Request):
    """What was verified when the household was looked at again. `insured`, `extras`: null keeps what was decided."""

    means: MeansForm
    members: list[MemberState] = Field(default=[], max_length=50)
    added: list[NewMember] = Field(default=[], max_length=50)
    left: list[UUID] = Field(default=[], max_length=50)
    insured: list[UUID] | None = Field(default=None, max_length=50)
    special_case: Literal["OTHERS_PROVIDED", "TREATED_AS_SINGLE", "COLLECTIVE_DECISION"] | None = None
    extras: list[ExtraForm] | None = Field(default=None, max_length=50)

    def look(self, tx: Tx, at: str = "") -> Look:
        """As the handlers take it. `at`: before its fields in the request."""
        choice = Prepare(insured=self.insured, special_case=self.special_case, extras=self.extras or []).choice()
        extras = None if self.extras is None else choice.extras
        return Look(
            means=self.means.means(f"{at}means", tx),
            states={str(m.person_id): m.state() for m in self.members},
            added=tuple(n.newcomer(f"{at}added/{i}", tx) for i, n in enumerate(self.added)),
            left=frozenset(map(str, self.left)),
            choice=Chosen(choice.insured, choice.special_case, extras),
        )


class ReportChange(Request):
    """What changed in a household, and when."""

    kind: Literal["INCOME", "MEMBER_ADDED", "MEMBER_LEFT", "MOVED"]
    happened_on: date
    person_id: UUID | None = None


class Hold(Request):
    """Why payment is held."""

    reason: Literal["ACCOUNT_RETURNED", "PERSON_NOT_FOUND", "ALIVE_CHECK_MISSED"]


class OfferWork(Request):
    """Suitable work that was offered to a member, and what came of it. EXCUSED: refused with a good reason."""

    person_id: UUID
    offered_on: date
    outcome: Literal["ACCEPTED", "EXCUSED", "REFUSED"]


class AccountForm(Request):
    """Where a new household's money goes: the payee is one of its members, or a guardian."""

    payee_person_id: UUID
    payee_name: str = Field(min_length=1, max_length=100)
    payee_id_number: str = Field(min_length=15, max_length=18)
    number: str = Field(min_length=8, max_length=40)
    bank_code: str = Field(min_length=1, max_length=20)

    def account(self, tx: Tx) -> Account:
        """Sealed. Raises Invalid."""
        try:
            person, number = CitizenId.parse(self.payee_id_number), AccountNumber.parse(self.number)
        except IdentityError:
            raise Invalid(field="account", detail="身份证号码或者账号不正确 / not an ID or account number") from None
        return Account(
            payee_person_id=self.payee_person_id,
            payee_name=tx.keys.seal(self.payee_name, "person.name"),
            payee_id_number=tx.keys.seal(person.value, "person.id_number"),
            number=tx.keys.seal(number.value, "account.number"),
            bank_code=self.bank_code,
        )


class GroupForm(Request):
    """A household that a split makes. `account`: null keeps the old household's."""

    members: list[UUID] = Field(min_length=1, max_length=50)
    means: MeansForm
    household_id: UUID | None = None
    account: AccountForm | None = None

    def group(self, at: str, tx: Tx) -> Group:
        """As the handlers take it. `at`: its field in the request."""
        account = None if self.account is None else self.account.account(tx)
        return Group(tuple(map(str, self.members)), self.means.means(f"{at}/means", tx), self.household_id, account)


class Propose(Request):
    """What the county means to do with an award. Which fields are needed hangs on `kind`:

    REDUCE: `person_id`, `keeps` (own part of somebody who refused work three times in a row); STOP: `ground`, and
    `look` where it is income or property; TAPER: `look`, `person_id`, `employer`, `months`; TRANSFER: `programme`,
    `look`, or `application_id` of a checked application that takes its place, with `look` for those who stay;
    MOVE: `division`, `look`; SPLIT: `groups`; MERGE: `others`, `look`; SUSPEND: nothing more.
    """

    kind: Literal["REDUCE", "SUSPEND", "TAPER", "STOP", "TRANSFER", "SPLIT", "MERGE", "MOVE"]
    ground: str = Field(pattern="^[A-Z_]{1,40}$")
    reason: str = Text
    look: LookForm | None = None
    person_id: UUID | None = None
    keeps: Money = Field(default_factory=Money.zero)
    employer: str | None = Field(default=None, min_length=1, max_length=200)
    months: int | None = Field(default=None, ge=1, le=36)
    programme: str | None = Field(default=None, pattern="^[A-Z_0-9]{1,20}$")
    division: Division | None = None
    groups: list[GroupForm] = Field(default=[], max_length=20)
    others: list[UUID] = Field(default=[], max_length=20)
    application_id: UUID | None = None

    def proposal(self, tx: Tx) -> Proposal:
        """As the handlers take it."""
        if self.keeps.fen < 0:
            raise Invalid(field="keeps", detail="金额不得为负 / not below zero")
        return Proposal(
            kind=self.kind,
            ground=self.ground,
            reason=self.reason,
            look=None if self.look is None else self.look.look(tx, "look/"),
            person_id=self.person_id,
            keeps=self.keeps,
            employer=self.employer,
            months=self.months,
            programme=self.programme,
            division=self.division,
            groups=tuple(g.group(f"groups/{i}", tx) for i, g in enumerate(self.groups)),
            others=tuple(self.others),
            application_id=self.application_id,
        )


class Hear(Request):
    """How the person was heard before the decision. `statement`: what they said; it is kept sealed."""

    hearing: Literal["HEARD", "DECLINED", "NO_ANSWER"]
    statement: str | None = Field(default=None, min_length=1, max_length=2000)
