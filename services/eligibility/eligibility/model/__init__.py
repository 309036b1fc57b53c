"""The records of eligibility and their verbs."""

from eligibility.model.award import Award, AwardLineRow
from eligibility.model.case import Case, State
from eligibility.model.price import PriceRun
from eligibility.model.programmes import ProgrammeAward, ProgrammeCase, ProgrammeState
from eligibility.model.records import DeterminationRecord, Objection, Posting, Standard

__all__ = [
    "Award",
    "AwardLineRow",
    "Case",
    "DeterminationRecord",
    "Objection",
    "Posting",
    "PriceRun",
    "ProgrammeAward",
    "ProgrammeCase",
    "ProgrammeState",
    "Standard",
    "State",
]
