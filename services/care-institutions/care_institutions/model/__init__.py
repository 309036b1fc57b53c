"""The records of care-institutions and their verbs."""

from care_institutions.model.institution import Institution, RosterEntry
from care_institutions.model.resident import Assessment, Death, Resident, Waiting

__all__ = ["Assessment", "Death", "Institution", "Resident", "RosterEntry", "Waiting"]
