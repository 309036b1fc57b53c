"""Who is asking: roles and a division. Roles are names; what each may do stands at the endpoints."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from doudi.division import Division

_CUTS = (0, 2, 4, 6, 9)  # country, province, prefecture, county, township (GB/T 2260, GB/T 10114)
_LENGTH = 12


class Role(StrEnum):
    """What somebody is here. 经办, 审核 and 审批 are three different people (domain §4)."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    """Township window, 乡镇经办"""
    REVIEWER = "reviewer"
    """Township leader"""
    COUNTY_CLERK = "county_clerk"
    """县级经办"""
    COUNTY_CHECKER = "county_checker"
    """县级审核"""
    COUNTY_LEADER = "county_leader"
    """县级审批"""
    PAYMENTS_MAKER = "payments_maker"
    PAYMENTS_CHECKER = "payments_checker"
    FINANCE = "finance"
    BANK = "bank"
    DEPARTMENT = "department"
    HOME_MANAGER = "home_manager"
    INSPECTOR = "inspector"
    INTEGRATOR = "integrator"
    OPERATOR = "operator"


def subtree(code: str) -> str:
    """The leading digits that every division below `code` shares: 640522000000 → 640522."""
    for cut in _CUTS:
        if code[cut:] == "0" * (_LENGTH - cut):
            return code[:cut]
    return code


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose token was checked. `prefix` is for `WHERE division LIKE prefix || '%'`."""

    sub: str
    roles: frozenset[Role]
    division: Division
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "prefix", subtree(self.division.code))

    def may_see(self, division: Division | str) -> bool:
        """Whether the division is the principal's own or below it."""
        code = division if isinstance(division, str) else division.code
        return code.startswith(self.prefix)
