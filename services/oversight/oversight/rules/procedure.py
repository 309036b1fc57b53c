"""domain.md §9.4: procedure, by 民发〔2012〕220号 art. 25 and 29."""

from __future__ import annotations

from datetime import date
from typing import Literal

from doudi.law import Finding, clause, finding
from oversight.rules.numbers import CONFIRMATION, REVIEW, integer

Which = Literal["FIRST", "SECOND"]

NAMES: dict[Which, str] = {"FIRST": "乡镇审核公示", "SECOND": "县级审批公示"}


@clause(CONFIRMATION, "24", "审核确认后在村、社区公布，决定之前不再公示")
def second_posting_expected(on: date) -> bool:
    """Whether a decision of that day rests on a second posting; from 2021-07-01 it is published afterwards instead."""
    return bool(integer("r51.second_posting", on))


@clause(REVIEW, "25", "审核结果在村（居）公示栏公示，公示期为7天")
@clause(REVIEW, "29", "拟批准的，公示7天")
def posted_long_enough(which: Which, posted_on: date | None, ended_on: date | None, *, on: date) -> Finding:
    """R51 未公示或公示不足: the posting that the decision rests on is missing, or hung fewer than seven days."""
    if posted_on is None or ended_on is None:
        return finding(posted_long_enough, False, f"作出审批决定所依据的{NAMES[which]}没有记录")
    least, hung = integer("r51.posting_days", on), (ended_on - posted_on).days
    because = f"{NAMES[which]}自{posted_on}至{ended_on}，计{hung}天"
    return finding(posted_long_enough, hung >= least, because if hung >= least else f"{because}，不足{least}天")


@clause(REVIEW, "29", "公示期满无异议的，作出审批决定")
def decided_after_posting(which: Which, decided_on: date, ends_on: date) -> Finding:
    """R53 公示未满先审批: the decision is dated before the last day of a posting."""
    met = decided_on >= ends_on
    because = f"审批日期{decided_on}，{NAMES[which]}截止{ends_on}"
    return finding(decided_after_posting, met, because if met else f"{because}，公示期未满")
