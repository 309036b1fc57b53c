"""The payment run and its verbs, the recovery case and its, the states of runs and lines, and what is refused."""

from payments.model.recovery import ITSELF, RECOVERY_CHINESE, Fault, Recovery, RecoveryState, Ruling
from payments.model.run import Run
from payments.model.states import LINE_CHINESE, RUN_CHINESE, Kind, LineState, RunState, leads

__all__ = [
    "ITSELF",
    "LINE_CHINESE",
    "RECOVERY_CHINESE",
    "RUN_CHINESE",
    "Fault",
    "Kind",
    "LineState",
    "Recovery",
    "RecoveryState",
    "Ruling",
    "Run",
    "RunState",
    "leads",
]
