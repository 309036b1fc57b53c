"""What oversight refuses, and why. The first paragraph is what the inspector reads."""

from __future__ import annotations

from doudi.errors import Refusal

_FLAG = "domain.md 9"


class NotInThisState(Refusal):
    """该风险提示当前状态下不能进行此项操作。

    OPEN → ASSIGNED → VERIFIED or FALSE_POSITIVE → RECTIFIED → CLOSED (domain §9).
    """

    status = 409
    clause = _FLAG


class NotAssignedToYou(Refusal):
    """该风险提示已分派给其他核查人员，应由被分派人员办理。

    Whoever a flag is assigned to answers it.
    """

    status = 403
    clause = _FLAG
