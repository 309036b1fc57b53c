"""The records of eligibility and their verbs."""

from eligibility.model.award import Award, AwardLineRow, AwardState
from eligibility.model.case import Case, State
from eligibility.model.intervention import Intervention, Step
from eligibility.model.ledger import Comparison, LedgerReport, LedgerTask, Probable, RegisterFile, RegisterMapping
from eligibility.model.life import ChangeReport, Review, Taper, WorkOffer
from eligibility.model.notice import Certificate, Notice
from eligibility.model.permit import Permit
from eligibility.model.price import PriceRun
from eligibility.model.programme_award import ProgrammeAward
from eligibility.model.programmes import ProgrammeCase, ProgrammeState
from eligibility.model.records import DeterminationRecord, Objection, Posting, Standard
from eligibility.model.redetermination import Progress, Redetermination

__all__ = [
    "Award",
    "AwardLineRow",
    "AwardState",
    "Case",
    "Certificate",
    "ChangeReport",
    "Comparison",
    "DeterminationRecord",
    "Intervention",
    "LedgerReport",
    "LedgerTask",
    "Notice",
    "Objection",
    "Permit",
    "Posting",
    "PriceRun",
    "Probable",
    "ProgrammeAward",
    "ProgrammeCase",
    "ProgrammeState",
    "Progress",
    "Redetermination",
    "RegisterFile",
    "RegisterMapping",
    "Review",
    "Standard",
    "State",
    "Step",
    "Taper",
    "WorkOffer",
]
