"""The records of eligibility and their verbs."""

from eligibility.model.award import Award, AwardLineRow
from eligibility.model.case import Case, State
from eligibility.model.ledger import Comparison, LedgerReport, LedgerTask, Probable, RegisterFile, RegisterMapping
from eligibility.model.records import DeterminationRecord, Objection, Posting, Standard

__all__ = [
    "Award",
    "AwardLineRow",
    "Case",
    "Comparison",
    "DeterminationRecord",
    "LedgerReport",
    "LedgerTask",
    "Objection",
    "Posting",
    "Probable",
    "RegisterFile",
    "RegisterMapping",
    "Standard",
    "State",
]
