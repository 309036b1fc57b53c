"""What relief says of ordinary requests: relief of the expenditure type, from acceptance to the money."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.base import Event
from doudi.events.parts import Account, Finding
from doudi.money import Money


class RequestEvent(Event, publisher="relief"):
    """Said by relief of a request."""


class RequestAccepted(RequestEvent, key="request_id"):
    """The township took a household's request for relief of the expenditure type (民发〔2018〕23号 二(一))."""

    request_id: UUID
    division: Division
    cause: Literal["MEDICAL", "EDUCATION", "OTHER"]
    persons: int
    members: list[UUID]
    """The household, the applicant first, by person id."""
    registry: Literal["NONE", "NOT_OUT", "OUT", "RETURNED"]
    accepted_on: date
    due_on: date
    """Last day for the township."""


class RequestReviewed(RequestEvent, key="request_id"):
    """The township verified the spending and the means, and worked out the amount."""

    request_id: UUID
    eligible: bool
    months: int
    """For how many months the hardship is helped."""
    amount: Money
    findings: list[Finding]
    reviewed_on: date
    by: str


class RequestPosted(RequestEvent, key="request_id"):
    """Name, amount and reason category hang at the village board."""

    request_id: UUID
    division: Division
    posted_on: date
    ends_on: date


class RequestForwarded(RequestEvent, key="request_id"):
    """The township put the request before the county."""

    request_id: UUID
    forwarded_on: date
    due_on: date
    """Last day for the county."""
    by: str


class RequestSentBack(RequestEvent, key="request_id"):
    """The county gave the request back to the township."""

    request_id: UUID
    reason: str
    sent_back_on: date
    by: str


class RequestGranted(RequestEvent, key="request_id"):
    """The township within its limit, or the county, granted the request. Payments pays on hearing this."""

    request_id: UUID
    payment_key: str
    person_id: UUID
    members: list[UUID]
    """The household, the applicant first, by person id."""
    division: Division
    persons: int
    registry: Literal["NONE", "NOT_OUT", "OUT", "RETURNED"]
    cause: Literal["MEDICAL", "EDUCATION", "OTHER"]
    level: Literal["TOWNSHIP", "COUNTY"]
    amount: Money
    account: Account
    reviewed_by: str
    granted_by: str
    granted_at: datetime
    findings: list[Finding]


class RequestRefused(RequestEvent, key="request_id"):
    """The request was refused, with its reason in writing."""

    request_id: UUID
    level: Literal["TOWNSHIP", "COUNTY"]
    ground: str
    """By which rule: NOT_ELIGIBLE, REPEATED, UNCOOPERATIVE and others, domain §6.5."""
    reason: str
    refused_on: date
    by: str


class RequestWithdrawn(RequestEvent, key="request_id"):
    """The household took its request back before a decision."""

    request_id: UUID
    withdrawn_on: date
    by: str


class RequestPaid(RequestEvent, key="request_id"):
    """The relief is in the applicant's account."""

    request_id: UUID
    amount: Money
    paid_on: date
