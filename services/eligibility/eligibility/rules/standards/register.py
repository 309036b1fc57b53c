"""卫民发〔2019〕21号 二(一)3 and domain §5.4: when the standard rises, the register is screened under the new line."""

from __future__ import annotations

from doudi.law import clause
from eligibility.rules.numbers import SEED


@clause(SEED, "二(一)3 (register)", "新标准下符合条件的建档立卡户，重新纳入筛查")
def passes_now(income_year: int | None, standard_year: int) -> bool:
    """Whether a registered household that did not pass is below the line now. Fen per person and year.

    An income at the line is not below it; one that the register does not have passes nobody.
    """
    return income_year is not None and income_year < standard_year
