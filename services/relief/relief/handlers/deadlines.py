"""The clocks of one case: from when, until when, and how it went (domain §6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from doudi.clock import SHANGHAI
from doudi.law import cited_by
from relief import rules
from relief.model import ReliefCase

Name = Literal["ON_SITE_CHECK", "PAYMENT", "EMERGENCY", "PAPERWORK"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock. Clocks in hours have `due_at`, clocks in days `due_on`. `done` None: not done yet."""

    name: Name
    clause: str
    due_at: datetime | None
    due_on: date | None
    done: bool
    passed: bool


def deadlines(case: ReliefCase, now: datetime) -> list[Deadline]:
    """The clocks that have started, in the order of the procedure."""
    clocks = [_check(case, now)]
    if case.verified_at is not None:
        clocks.append(_payment(case, now))
    if case.end_assumed_on is not None:
        clause = cited_by(rules.assumed_end).id
        over = (case.ended_on is None and now.date() > case.end_assumed_on) or case.end_assumed
        clocks.append(Deadline("EMERGENCY", clause, None, case.end_assumed_on, case.ended_on is not None, over))
    if case.paperwork_due_on is not None:
        clause, done_on = cited_by(rules.paperwork_due).id, case.paperwork_done_on
        late = rules.is_overdue(case.paperwork_due_on, on=done_on or now.date())
        clocks.append(Deadline("PAPERWORK", clause, None, case.paperwork_due_on, done_on is not None, late))
    return clocks


def _check(case: ReliefCase, now: datetime) -> Deadline:
    due = rules.check_due(case.reported_at).astimezone(SHANGHAI)
    done = case.verified_at is not None
    late = (case.verified_at or now) > due
    return Deadline("ON_SITE_CHECK", cited_by(rules.check_due).id, due, None, done, late)


def _payment(case: ReliefCase, now: datetime) -> Deadline:
    assert case.verified_at is not None
    due = rules.pay_due(case.verified_at).astimezone(SHANGHAI)
    clause = cited_by(rules.pay_due).id
    if case.hours_to_pay is None:
        return Deadline("PAYMENT", clause, due, None, False, now > due)
    allowed = rules.hours_to_pay(case.verified_at, due)
    return Deadline("PAYMENT", clause, due, None, True, case.hours_to_pay > allowed)
