"""The records of relief and their verbs."""

from relief.model.case import Grant, Payee, ReliefCase
from relief.model.states import CHINESE, State, leads

__all__ = ["CHINESE", "Grant", "Payee", "ReliefCase", "State", "leads"]
