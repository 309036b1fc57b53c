"""The records of eligibility and their verbs."""

from eligibility.model.award import Award, AwardLineRow
from eligibility.model.case import Case, State
from eligibility.model.records import DeterminationRecord, Objection, Posting, Standard
from eligibility.model.redetermination import Progress, Redetermination

__all__ = [
    "Award",
    "AwardLineRow",
    "Case",
    "DeterminationRecord",
    "Objection",
    "Posting",
    "Progress",
    "Redetermination",
    "Standard",
    "State",
]
