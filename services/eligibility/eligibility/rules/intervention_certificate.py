"""domain §0.1, 社会救助法 art. 48: the certificate of a decided intervention: what an award pays after it, and why.

It is made like that of a first decision (`certificate`): `given` is what the file knew; each determination in it is a
certificate's, made by the same rules; what is paid from when follows from both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from doudi.calendar import Month
from doudi.law import Finding, clause
from doudi.money import Money
from eligibility.rules import life, taper
from eligibility.rules.amount import Line
from eligibility.rules.certificate import CODE, PARAMETERS_SHA256, Given, Unreadable, canonical, certify
from eligibility.rules.determine import Choice, Determination, determine
from eligibility.rules.numbers import ACT, DESIGN
from eligibility.rules.personal_certificate import PERSONAL_KIND, PersonalGiven, certify_person, determined
from eligibility.rules.rule_sets import rule_set

INTERVENTION_KIND = "doudi.eligibility.intervention-certificate.v2"
_PLACES = ("TRANSFER", "SPLIT", "MERGE", "MOVE")
"""What ends an award that goes on elsewhere."""


@dataclass(frozen=True, slots=True)
class InterventionGiven:
    """What a certificate is made from. No name and no ID number is in it; persons are person ids."""

    decision: dict[str, Any]
    """Its id, kind, ground, award, division, programme, and the days of its steps."""
    on: str
    """The day of the decision."""
    starts: str
    """The latest first month of the awards that it is about."""
    before: Sequence[Sequence[str]]
    """What they paid: person, item, yuan per month."""
    terms: dict[str, Any]
    """What the county decided beside the rules: months of a taper, whose own part, how much of it stays, whereto."""
    determinations: Sequence[dict[str, Any]]
    """What was determined anew, as `Given` has it; for a split or merge one for each household."""
    personal: Sequence[dict[str, Any]] = ()
    """The application for a programme of one person that takes a member over, as `PersonalGiven` has it."""
    findings: Sequence[dict[str, Any]] = ()
    """Other findings that were put before the person."""
    parameters_sha256: str = PARAMETERS_SHA256
    code: dict[str, str] = field(default_factory=lambda: dict(CODE))

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> InterventionGiven:
        """What `asdict` made; raises Unreadable."""
        try:
            return cls(**kept)
        except TypeError as error:
            raise Unreadable(Unreadable.__doc__) from error

    @property
    def paid(self) -> list[Line]:
        """What was paid before."""
        return [Line(person, item, Money.yuan(fen)) for person, item, fen in self.before]


@clause(DESIGN, "§0.1", "调整、暂停、渐退、停发、转移等决定的凭证")
def certify_intervention(
    given: InterventionGiven, *, kind: str = INTERVENTION_KIND, personal: str = PERSONAL_KIND
) -> dict[str, Any]:
    """The certificate: what was given, and all that follows from it; the last is the hash of the rest.

    `kind` and `personal`, that of the programme of one person in it: other than now only in an older form.
    """
    again = [Given.from_json(kept) for kept in given.determinations]
    whole: dict[str, Any] = {
        "certificate": kind,
        "given": json.loads(json.dumps(asdict(given))),
        "rule_set": rule_set(date.fromisoformat(given.on)),
        "determinations": [certify(one) for one in again],
        "personal": [certify_person(PersonalGiven.from_json(kept), kind=personal) for kept in given.personal],
        "steps": _steps(given),
        "result": _result(given, [_made(one) for one in again]),
    }
    return {**whole, "sha256": hashlib.sha256(canonical(whole).encode()).hexdigest()}


def _made(given: Given) -> Determination:
    choice = Choice.from_json(given.as_json()["choice"])
    return determine(given.facts, given.numbers, on=given.on, choice=choice)


@clause(ACT, "48 (certificate)", "减少或者终止救助的决定，载明告知、听取意见和理由")
def procedure_found(given: InterventionGiven) -> Finding:
    """That the person was told and, where the law demands it, heard. The reason is in the county's file."""
    told, on = given.decision.get("noticed_on"), date.fromisoformat(given.on)
    return life.may_be_decided(
        noticed_on=None if told is None else date.fromisoformat(told),
        hearing=given.decision.get("hearing"),
        reason=str(given.decision["ground"]),
        on=on,
    )


def _steps(given: InterventionGiven) -> list[dict[str, Any]]:
    """What was put before the person beside the determinations, then the procedure where it is needed."""
    found = [Finding.model_validate(kept) for kept in given.findings]
    found += [procedure_found(given)] if given.decision["kind"] != "RAISE" else []
    return [
        {"step": n, "clause": f.clause, "in": dict(f.parameters), "out": {"met": f.met, "because": f.because}}
        for n, f in enumerate(found, 1)
    ]


def _result(given: InterventionGiven, made: Sequence[Determination]) -> dict[str, Any]:
    kind, on = given.decision["kind"], date.fromisoformat(given.on)
    last = max(Month.of(on), Month.parse(given.starts).previous())
    lines = _lines(given, made)
    total = sum((line.amount for line in lines), Money.zero())
    told: dict[str, Any] = {
        "amount_before": str(sum((line.amount for line in given.paid), Money.zero())),
        "amount_after": str(total),
        "lines": [[line.person_id, line.item, str(line.amount)] for line in lines],
        "last_month_before": str(last),
        "from_month": None if kind == "STOP" else str(last.next()),
    }
    if kind == "SUSPEND":
        held = Month.of(on).next()
        told |= {"held_from": str(held), "decide_by": life.decide_by(held, on=on).isoformat()}
    if kind in _PLACES:
        told["places"] = [
            {"programme": programme, "amount": str(sum((line.amount for line in lines), Money.zero()))}
            for programme, lines in _places(given, made)
        ]
    if kind == "TAPER":
        told["last_month"] = str(taper.last_paid(on, given.terms["months"]))
    return told


def _lines(given: InterventionGiven, made: Sequence[Determination]) -> Sequence[Line]:
    """What is paid from then on, to whom; a suspension pays it later."""
    kind, paid = given.decision["kind"], given.paid
    if kind == "STOP":
        return ()
    if kind == "SUSPEND":
        return paid
    if kind == "TAPER":
        return taper.taper_lines(paid, Given.from_json(given.determinations[0]).numbers)
    if kind == "REDUCE" and not made:
        return life.own_part(paid, given.terms["person_id"], Money(given.terms["keeps_fen"]))
    return [line for _, lines in _places(given, made) for line in lines]


def _places(given: InterventionGiven, made: Sequence[Determination]) -> list[tuple[str, Sequence[Line]]]:
    """Where money is paid from then on: each household that is in need, and who goes to a programme of one person."""
    homes = [(one.programme, one.lines) for one in made if one.approvable]
    persons = [determined(PersonalGiven.from_json(kept)) for kept in given.personal]
    return [*homes, *((str(one.programme), one.lines) for one in persons)]
