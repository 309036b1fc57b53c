"""domain.md §9.6: relief, by 卫民发〔2019〕21号 二(二)6."""

from __future__ import annotations

from datetime import date

from doudi.law import Finding, clause, finding
from oversight.rules.numbers import SEED


@clause(SEED, "二(二)6", "先行救助，急难情况缓解后补办手续")
def papers_in_time(due_on: date, on: date) -> Finding:
    """R80 手续逾期: the papers came, or were still missing, after their last day (10 working days after the end)."""
    met, because = on <= due_on, f"补办手续期限{due_on}，至{on}"
    return finding(papers_in_time, met, f"{because}未逾期" if met else f"{because}已逾期{(on - due_on).days}天")
