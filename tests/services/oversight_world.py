"""What the other services say, made with few words; everything is about one county."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.care_institutions import Headcount, StaffingFellShort, StaffingRecovered
from doudi.events.eligibility import (
    ApprovalBlocked,
    AwardAdjusted,
    AwardGranted,
    AwardLine,
    AwardStopped,
    DecisionIssued,
    SecondPostingEnded,
    SecondPostingStarted,
)
from doudi.events.intake import ApplicationForwarded, DeathReported, FirstPostingEnded
from doudi.events.parts import Account, Household, Means
from doudi.events.payments import PaymentInstructed, PaymentPaid, PaymentReturned, RunChecked, RunConfirmed, RunOpened
from doudi.money import Money
from doudi.sealed import Sealed
from doudi.testing import key_ring

VILLAGE = Division("640522101201")
COUNTY = Division("640522000000")
CITY = "640500000000"
OTHER = "640521000000"
DAY = timedelta(days=1)


def sealed(text: str = "x" * 20) -> Sealed:
    return key_ring().seal(text, "test")


def account() -> Account:
    return Account(
        payee_person_id=uuid4(), payee_name=sealed(), payee_id_number=sealed(), number=sealed(), bank_code="BOC"
    )


class Case:
    """One application of a person, from the posting to the money."""

    def __init__(self) -> None:
        self.application, self.award, self.person, self.run = uuid4(), uuid4(), uuid4(), uuid4()
        self.decision = uuid4()

    def first_ended(self, posted: date, ended: date) -> FirstPostingEnded:
        return FirstPostingEnded(application_id=self.application, posted_on=posted, ended_on=ended, full=True)

    def forwarded(self, posted: date, ended: date) -> ApplicationForwarded:
        nothing = Money.zero()
        return ApplicationForwarded(
            application_id=self.application,
            programme="DIBAO_R",
            household=Household(household_id=uuid4(), division=VILLAGE, hukou="RURAL", members=[]),
            means=Means(income_year=nothing, deductions_year=nothing, rigid_year=nothing, deposits=nothing),
            account=account(),
            near_relative=False,
            matching="PASSED",
            opinion="SUPPORT",
            surveyors=["a", "b"],
            officers=["a", "b"],
            relatives=[],
            posted_on=posted,
            posting_ended_on=ended,
            forwarded_on=ended,
        )

    def second_started(self, posted: date, ends: date) -> SecondPostingStarted:
        return SecondPostingStarted(
            application_id=self.application, division=VILLAGE, posted_on=posted, ends_on=ends, days=(ends - posted).days
        )

    def second_ended(self, posted: date, ended: date) -> SecondPostingEnded:
        return SecondPostingEnded(application_id=self.application, posted_on=posted, ended_on=ended, full=True)

    def decided(self, on: date, first: date, second: date | None, **changes: Any) -> DecisionIssued:
        given: dict[str, Any] = {
            "decision_id": self.decision,
            "application_id": self.application,
            "determination_id": uuid4(),
            "division": VILLAGE,
            "outcome": "APPROVED",
            "rule_set": "RS2019",
            "assistance_class": "C",
            "household_size": 2,
            "insured": [self.person, uuid4()],
            "special_case_reason": None,
            "amount": Money.yuan("380.00"),
            "findings": [],
            "decided_on": on,
            "first_posting_ended_on": first,
            "second_posting_ended_on": second,
            "notice_due_on": on + 3 * DAY,
            "prepared_by": "a",
            "checked_by": "b",
            "signed_by": "c",
        }
        return DecisionIssued(**{**given, **changes})

    def blocked(self, **changes: Any) -> ApprovalBlocked:
        given: dict[str, Any] = {
            "application_id": self.application,
            "determination_id": uuid4(),
            "division": VILLAGE,
            "assistance_class": "C",
            "household_size": 3,
            "insured": [self.person],
            "findings": [],
            "blocked_on": date(2020, 3, 20),
            "by": "c",
        }
        return ApprovalBlocked(**{**given, **changes})

    def lines(self, amount: str) -> list[AwardLine]:
        return [AwardLine(person_id=self.person, item="BASE", amount=Money.yuan(amount))]

    def granted(self, amount: str = "380.00", starts: str = "2020-04") -> AwardGranted:
        return AwardGranted(
            award_id=self.award,
            application_id=self.application,
            decision_id=self.decision,
            household_id=uuid4(),
            division=VILLAGE,
            programme="DIBAO_R",
            rule_set="RS2019",
            assistance_class="C",
            household_size=2,
            insured=[self.person],
            lines=self.lines(amount),
            amount=Money.yuan(amount),
            starts=Month.parse(starts),
            review_due_on=date(2020, 6, 30),
            account=account(),
        )

    def adjusted(self, amount: str, from_month: str) -> AwardAdjusted:
        return AwardAdjusted(
            award_id=self.award,
            from_month=Month.parse(from_month),
            lines=self.lines(amount),
            amount=Money.yuan(amount),
            household_size=2,
            insured=[self.person],
            reason="REVIEW",
            findings=[],
            adjusted_on=date(2020, 4, 1),
            by="a",
        )

    def stopped(self, last_month: str) -> AwardStopped:
        return AwardStopped(
            award_id=self.award,
            last_month=Month.parse(last_month),
            reason="REVIEW",
            findings=[],
            stopped_on=date(2020, 4, 1),
            by="a",
        )

    def line(self, payment: UUID, **changes: Any) -> dict[str, Any]:
        month, item = changes.get("month", Month(2020, 4)), changes.get("item", "BASE")
        return {
            "payment_id": payment,
            "payment_key": f"DIBAO_R/{self.person}/{month}/{item}/1",
            "subject_id": self.award,
            "run_id": self.run,
            "person_id": self.person,
            "programme": "DIBAO_R",
            "month": month,
            "item": item,
            "amount": Money.yuan("380.00"),
            "attempt": 1,
            **changes,
        }

    def instructed(self, payment: UUID, on: date = date(2020, 4, 8), **changes: Any) -> PaymentInstructed:
        return PaymentInstructed(instructed_on=on, **self.line(payment, **changes))

    def paid(self, payment: UUID, on: date = date(2020, 4, 10), **changes: Any) -> PaymentPaid:
        return PaymentPaid(paid_on=on, **self.line(payment, **changes))

    def returned(self, payment: UUID, on: date = date(2020, 4, 10), **changes: Any) -> PaymentReturned:
        return PaymentReturned(returned_on=on, reason="ACCOUNT_CLOSED", **self.line(payment, **changes))

    def died(self, on: date) -> DeathReported:
        return DeathReported(
            person_id=self.person, match_key="k", died_on=on, reported_on=on + DAY, source="PUBLIC_SECURITY"
        )

    def run_opened(self) -> RunOpened:
        total = Money.yuan("380.00")
        return RunOpened(
            run_id=self.run, kind="MONTHLY", division=COUNTY, month=Month(2020, 4), lines=1, total=total,
            opened_on=date(2020, 4, 7), maker="m",
        )  # fmt: skip

    def run_checked(self, maker: str, checker: str) -> RunChecked:
        return RunChecked(run_id=self.run, maker=maker, checker=checker, checked_on=date(2020, 4, 7))

    def run_confirmed(self, maker: str, checker: str) -> RunConfirmed:
        return RunConfirmed(
            run_id=self.run, maker=maker, checker=checker, finance="f", confirmed_on=date(2020, 4, 8), lines=1,
            total=Money.yuan("380.00"),
        )  # fmt: skip


def fell_short(institution: UUID, since: date) -> StaffingFellShort:
    return StaffingFellShort(
        institution_id=institution,
        division=COUNTY,
        residents=Headcount(disabled=9, partly_disabled=6, self_caring=10),
        required=5,
        planned=5,
        staff_hundredths=450,
        since=since,
        findings=[],
    )


def recovered(institution: UUID, since: date, on: date) -> StaffingRecovered:
    return StaffingRecovered(
        institution_id=institution,
        division=COUNTY,
        residents=Headcount(disabled=9, partly_disabled=6, self_caring=10),
        required=5,
        staff_hundredths=500,
        short_since=since,
        recovered_on=on,
    )
