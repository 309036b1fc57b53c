"""The records of relief and their verbs."""

from relief.model.case import Grant, Payee, ReliefCase
from relief.model.follow_up import FollowUp, Stage
from relief.model.request import OPEN, STEPS, ReliefRequest, RequestMember, Review, Step, step_leads
from relief.model.states import CHINESE, State, leads

__all__ = [
    "CHINESE",
    "OPEN",
    "STEPS",
    "FollowUp",
    "Grant",
    "Payee",
    "ReliefCase",
    "ReliefRequest",
    "RequestMember",
    "Review",
    "Stage",
    "State",
    "Step",
    "leads",
    "step_leads",
]
