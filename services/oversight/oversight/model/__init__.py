"""The records of oversight and their verbs."""

from oversight.model.flag import ITSELF, Flag, State, leads
from oversight.model.ground import Ground, Shown
from oversight.model.refusals import NotAssignedToYou, NotInThisState

__all__ = ["ITSELF", "Flag", "Ground", "NotAssignedToYou", "NotInThisState", "Shown", "State", "leads"]
