"""The payment run and its verbs, the states of runs and lines, and what is refused."""

from payments.model.run import Run
from payments.model.states import LINE_CHINESE, RUN_CHINESE, Kind, LineState, RunState, leads

__all__ = ["LINE_CHINESE", "RUN_CHINESE", "Kind", "LineState", "Run", "RunState", "leads"]
