"""Registers, comparisons of two, and the tasks that follow (domain §5). No verb here touches an award."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from eligibility.model import refusals
from eligibility.model.base import Base, Json, JsonColumn, Record


class Code(StrEnum):
    """What a comparison finds (domain §5.3)."""

    BOTH = "BOTH"
    CA_ONLY = "CA_ONLY"
    PR_ONLY_LIKELY = "PR_ONLY_LIKELY"
    PR_ONLY_UNLIKELY = "PR_ONLY_UNLIKELY"
    MEMBER_GAP = "MEMBER_GAP"
    ID_CONFLICT = "ID_CONFLICT"
    STATUS_CONFLICT = "STATUS_CONFLICT"
    EXITED_STILL_CA = "EXITED_STILL_CA"
    STOPPED_STILL_POOR = "STOPPED_STILL_POOR"
    DUPLICATE_CA = "DUPLICATE_CA"
    RETURNED = "RETURNED"


class RegisterMapping(Record, table=True):
    """How a county names the columns of a register, and what its own words mean. The newest counts."""

    __tablename__ = "register_mapping"

    kind: str
    columns: Json = Field(sa_type=JsonColumn)
    words: Json = Field(sa_type=JsonColumn)
    set_on: date
    set_by: str


class RegisterFile(Record, table=True):
    """A register as of a day: a file that was handed in, or what the awards said."""

    __tablename__ = "register_file"

    kind: str
    source: str = "FILE"
    snapshot_on: date
    sha256: str = ""
    bytes: int = Field(default=0, sa_type=BigInteger)
    mapping_id: UUID | None = None
    rows: int = 0
    kept: int = 0
    bad: int = 0
    households: int = 0
    numbers_bad: int = 0
    imported_on: date
    imported_by: str

    def holds(self, kept: int, bad: int, households: int, numbers_bad: int) -> None:
        """What was counted once everything was in."""
        self.rows, self.kept, self.bad = kept + bad, kept, bad
        self.households, self.numbers_bad = households, numbers_bad
        self._changed()


class Comparison(Record, table=True):
    """Two registers laid side by side. A job in steps; it finds the same by the same registers and settlements."""

    __tablename__ = "comparison"

    kind: str
    left_source: str
    left_id: UUID
    right_id: UUID
    left_on: date
    right_on: date
    standard_fen: int = Field(sa_type=BigInteger)
    """The rural standard per person and year on the day that it was started."""
    standard_source: str
    started_on: date
    started_by: str
    automatic: bool = False
    status: str = "RUNNING"
    step: str
    cursor: UUID | None = None
    runs: int = 0
    counts: Json = Field(default={}, sa_type=JsonColumn)
    fingerprint: str | None = None
    finished_on: date | None = None

    def advance(self, cursor: UUID | None) -> None:
        """A part of a step is done, up to this record."""
        self.cursor = cursor
        self._changed()

    def go_to(self, step: str) -> None:
        """A step is done, the next one begins at its beginning."""
        self.step, self.cursor = step, None
        self._changed()

    def found(self, counts: dict[str, Any], fingerprint: str) -> None:
        """What the two registers differ in; the tasks come next."""
        self.counts, self.fingerprint = counts, fingerprint
        self.go_to("TASKS")

    def finish(self, on: date) -> None:
        """All is said."""
        self.status, self.finished_on, self.runs = "DONE", on, self.runs + 1
        self.go_to("DONE")

    def compare_again(self) -> None:
        """Somebody settled who is who: everything is compared anew, so that the order of settling means nothing."""
        self.status, self.finished_on = "RUNNING", None
        if self.step != "SNAPSHOT":
            self.go_to("COMPARE")


class Probable(Base, table=True):
    """Two people who may be one: same name, birth date, sex and village, no common ID number."""

    __tablename__ = "ledger_probable"

    comparison_id: UUID = Field(primary_key=True)
    n: int = Field(primary_key=True)
    id: UUID
    left_n: int
    right_n: int
    left_household: UUID
    right_household: UUID
    link: UUID
    verdict: str | None = None
    reason: str | None = None
    settled_on: date | None = None
    settled_by: str | None = None
    who: UUID | None = None
    """The two people, the same in every comparison as long as neither's name or number changes."""
    carried_from: UUID | None = None
    """The comparison in which a person said so, when it was an earlier one."""

    def settle(self, verdict: str, reason: str, by: str, on: date) -> None:
        """A person decided, once; what an earlier comparison said they may correct. Raises AlreadySettled."""
        if self.verdict is not None and self.carried_from is None:
            raise refusals.AlreadySettled
        self.verdict, self.reason, self.settled_by, self.settled_on = verdict, reason, by, on
        self.carried_from = None


class LedgerTask(Record, table=True):
    """What somebody has to do about a difference. The same difference in a later comparison is the same task."""

    __tablename__ = "ledger_task"

    kind: str
    code: str
    programme: str | None
    household: UUID
    person: UUID | None
    note: str
    status: str
    owner: str
    opened_on: date
    due_on: date
    comparison_id: UUID
    seen_on: date
    outcome: str | None = None
    reason: str | None = None
    closed_on: date | None = None
    closed_by: str | None = None
    unsaid: str | None = None

    def close(self, outcome: str, reason: str, by: str, on: date) -> None:
        """It was looked into, with this outcome. Raises TaskNotOpen."""
        if self.status != "OPEN":
            raise refusals.TaskNotOpen(detail=f"当前状态：{self.status}")
        self.status, self.outcome, self.reason = "CLOSED", outcome, reason
        self.closed_by, self.closed_on = by, on
        self._changed()


class LedgerReport(Record, table=True):
    """A quarter's report: its figures as they were when it was made, signed by both offices."""

    __tablename__ = "ledger_report"

    kind: str
    quarter: str
    figures: Json = Field(sa_type=JsonColumn)
    sha256: str
    status: str = "DRAFT"
    made_on: date
    made_by: str
    civil_affairs_by: str | None = None
    civil_affairs_on: date | None = None
    poverty_office_by: str | None = None
    poverty_office_on: date | None = None

    def sign_for_civil_affairs(self, by: str, on: date) -> None:
        """The bureau's leader signs, who is not who made it. Raises ReportSigned or SignerMadeIt."""
        if self.civil_affairs_by is not None:
            raise refusals.ReportSigned
        if by == self.made_by:
            raise refusals.SignerMadeIt
        self.civil_affairs_by, self.civil_affairs_on = by, on
        self._signed()

    def sign_for_poverty_office(self, by: str, on: date) -> None:
        """The poverty office signs too: the comparison is made jointly (二(一)3). Raises ReportSigned."""
        if self.poverty_office_by is not None:
            raise refusals.ReportSigned
        self.poverty_office_by, self.poverty_office_on = by, on
        self._signed()

    def _signed(self) -> None:
        if self.civil_affairs_by and self.poverty_office_by:
            self.status = "SIGNED"
        self._changed()
