"""Through whose hands money goes: maker, checker, finance, three people (domain §8.5)."""

from __future__ import annotations

from collections.abc import Sequence

from doudi.law import Finding, clause, finding
from payments.rules.numbers import DESIGN, SEED

STANDING_ADVANCE = "standing:relief-advance"
"""Who confirms an advance: finance's standing authorisation, given once, named in every such run."""


@clause(DESIGN, "8.5 (checker)", "the checker is another person than the maker")
def checked_by_another(maker: str, checker: str) -> Finding:
    """Whether the list is checked by somebody who did not make it."""
    apart = maker != checker
    return finding(checked_by_another, apart, "编制与复核由不同的人办理" if apart else "编制人不得复核自己编制的批次")


@clause(DESIGN, "8.5 (finance)", "finance is a third person, neither maker nor checker")
def confirmed_by_a_third(maker: str, checker: str, finance: str) -> Finding:
    """Whether finance's confirmation is given by a third person."""
    apart = finance not in (maker, checker)
    because = "编制、复核、财政确认由三人分别办理" if apart else "编制人或者复核人不得作财政确认"
    return finding(confirmed_by_a_third, apart, because)


@clause(SEED, "二(二)6", "可先行救助（资金即时拨付）")
def hands_of_advance(verified_by: Sequence[str], granted_by: str) -> tuple[str, str, str] | None:
    """Maker, checker and finance of an advance that may not wait: an officer who saw it on the spot, the leader who
    granted it, and finance's standing authorisation. None when there are not two people."""
    maker = next((officer for officer in verified_by if officer != granted_by), None)
    return None if maker is None else (maker, granted_by, STANDING_ADVANCE)
