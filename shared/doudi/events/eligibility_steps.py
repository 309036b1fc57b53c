"""What eligibility says of steps on the way that others have to know of without asking: draws, reports, steps given up.

A file beside `eligibility` for its size alone; the publisher and the topic are the same.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.events.base import Event


class StepEvent(Event, publisher="eligibility"):
    """Said by eligibility."""


class CaseSampled(StepEvent, key="application_id"):
    """A case entered the sample of its township and quarter, and was drawn for a home visit or was not (art. 26).

    The seed is not told: whoever has it could know beforehand. `GET /v1/samples` shows it to those who check the draw.
    """

    application_id: UUID
    division: Division
    township: str = Field(pattern="^[0-9]{9}$")
    """Code of the township, 9 digits"""
    quarter: str = Field(pattern="^[0-9]{4}Q[1-4]$")
    """The quarter, such as 2020Q1"""
    rate: str
    """The share in force, as a fraction"""
    position: int
    """Place in the order of arrival, from 1"""
    drawn: bool
    """Whether it is visited by lot"""
    drawn_so_far: int
    """How many of the frame are drawn, this one included"""
    visit_because: str | None
    """Why the county has to visit; null: it has not"""
    sampled_on: date
    """Day on which the case came"""


class PersonalCaseSampled(StepEvent, key="application_id"):
    """A case of one person's programme entered the sample of its township and quarter (民发〔2021〕43号 art. 16).

    As of CaseSampled, the seed is not told.
    """

    application_id: UUID
    division: Division
    programme: str = Field(pattern="^[A-Z][A-Z0-9_]{1,39}$")
    township: str = Field(pattern="^[0-9]{9}$")
    """Code of the township, 9 digits"""
    quarter: str = Field(pattern="^[0-9]{4}Q[1-4]$")
    """The quarter, such as 2020Q1"""
    rate: str
    """The share in force, as a fraction"""
    position: int
    """Place in the order of arrival, from 1"""
    drawn: bool
    """Whether it is visited by lot"""
    drawn_so_far: int
    """How many of the frame are drawn, this one included"""
    sampled_on: date
    """Day on which the case came"""


class CaseReported(StepEvent, key="application_id"):
    """Somebody reported a case: the county visits the home, whatever the sample said (art. 26)."""

    application_id: UUID
    division: Division
    visit_because: str
    """Why the county visits now"""
    reported_on: date
    by: str
    """Who took the report"""


class WholeTermExtended(StepEvent, key="application_id"):
    """A special case has the longer term for the whole procedure (民发〔2021〕57号 art. 22)."""

    application_id: UUID
    division: Division
    due_on: date
    """The last day now"""
    reason: str
    extended_on: date
    """Day of the extension"""
    by: str
    """Who extended it"""


class InterventionDropped(StepEvent, key="award_id"):
    """What was proposed for an award is given up: nothing was changed by it."""

    intervention_id: UUID
    award_id: UUID
    division: Division
    kind: str = Field(pattern="^[A-Z]{4,12}$")
    because: str
    dropped_on: date
    """Day on which it was given up"""
    by: str


class PersonalApplicationWithdrawn(StepEvent, key="application_id"):
    """The applicant took back an application for a programme of one person."""

    application_id: UUID
    person_id: UUID
    division: Division
    programme: str = Field(pattern="^[A-Z][A-Z0-9_]{1,39}$")
    withdrawn_on: date
    """Day on which it was taken back"""


class LedgerReportSigned(StepEvent, key="report_id"):
    """One of the two offices signed the quarter's report on the ledger comparison (卫民发〔2019〕21号 二(一)3)."""

    report_id: UUID
    """The report"""
    division: Division
    kind: Literal["POVERTY_REGISTRY", "PREVENTION"]
    quarter: str
    """The quarter, such as 2020Q1"""
    sha256: str
    """Of the figures that were signed"""
    office: Literal["CIVIL_AFFAIRS", "POVERTY_OFFICE"]
    """Whose signature it is"""
    complete: bool
    """Whether both have signed"""
    signed_on: date
    """Day of the signature"""
    by: str
