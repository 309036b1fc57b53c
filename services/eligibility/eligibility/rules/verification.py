"""domain §0.1: a certificate of any kind is made again from itself, byte for byte, without a database."""

from __future__ import annotations

import json

from doudi.law import clause
from eligibility.rules import personal_certificate
from eligibility.rules.certificate import Unreadable, Verdict, verified
from eligibility.rules.intervention_certificate import INTERVENTION_KIND, InterventionGiven, certify_intervention
from eligibility.rules.numbers import DESIGN

__all__ = ["Unreadable", "Verdict", "verify"]


@clause(DESIGN, "§0.1", "任何人可凭任一种决定凭证重算，包括调整、停发等决定")
def verify(text: str) -> Verdict:
    """Makes a certificate of whatever kind again. Raises Unreadable when it is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("certificate") != INTERVENTION_KIND:
        return personal_certificate.verify(text)
    return verified(text, INTERVENTION_KIND, lambda given: certify_intervention(InterventionGiven.from_json(given)))
