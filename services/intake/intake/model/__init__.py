"""Intake's records; each guards its own part of the procedure with verbs."""

from intake.model.application import columns
from intake.model.base import Record
from intake.model.county import Application
from intake.model.people import Household, HouseholdMember, Person, household_part
from intake.model.records import Assessment, DeathReport, HomeVisit, MatchQuery, Objection, Posting
from intake.model.states import CHINESE, CLOSED, State
from intake.model.window import AtTheWindow

__all__ = [
    "CHINESE",
    "CLOSED",
    "Application",
    "Assessment",
    "AtTheWindow",
    "DeathReport",
    "HomeVisit",
    "Household",
    "HouseholdMember",
    "MatchQuery",
    "Objection",
    "Person",
    "Posting",
    "Record",
    "State",
    "columns",
    "household_part",
]
