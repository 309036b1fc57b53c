"""The records of relief and their verbs."""

from relief.model.case import Grant, Payee, ReliefCase
from relief.model.follow_up import FollowUp, Stage
from relief.model.states import CHINESE, State, leads

__all__ = ["CHINESE", "FollowUp", "Grant", "Payee", "ReliefCase", "Stage", "State", "leads"]
