"""What relief refuses, and why. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal

_SEED = "卫民发〔2019〕21号 二(二)6"


class NotInThisState(Refusal):
    """救助个案当前所处环节不能进行此项操作。

    The verb is not open in the case's state (domain §6.4).
    """

    status = 409
    clause = _SEED


class OutsideOwnDivision(Refusal):
    """急难发生地不在本机构辖区内。

    The emergency happened outside the subtree of the one who acts.
    """

    status = 403


class PlaceTooWide(Refusal):
    """应填写急难发生地所在的县（区）、乡镇（街道）或者村（居）。

    An emergency happens in a county or below, not in a whole city.
    """

    status = 422


class HolidayPlanMissing(Refusal):
    """尚未载入所需年度的节假日安排，不能推算补办手续的期限。

    The holiday plan of a year is not loaded, and nobody may guess it.
    """

    status = 503


class OfficersTooFew(Refusal):
    """现场核实人员不足。

    Fewer than two different officers were on the spot.
    """

    status = 422
    clause = "domain.md §6.4(2)"


class NotUrgentEnough(Refusal):
    """不符合先行救助条件，应按一般程序办理。

    Not urgent, not needed at once, or no loss that nobody could make good later.
    """

    status = 409
    clause = _SEED


class AboveTownshipLimit(Refusal):
    """救助金额超过乡镇（街道）审批限额，应报县级民政部门审批。

    The amount needs the county leader.
    """

    status = 409
    clause = "国务院令649号 art. 48"


class SecondTimeNeedsCounty(Refusal):
    """同一事由十二个月内再次救助，须经县级民政部门批准。

    The township cannot grant relief a second time for the same cause within twelve months.
    """

    status = 409
    clause = "宁夏临时救助规定（2019年，C28） 同一事由"


class VerifierMayNotGrant(Refusal):
    """审批人员参加了现场核实，应由他人审批。

    Whoever verified the case does not grant the money.
    """

    status = 403
    clause = "domain.md §8.5"


class PayeeMissing(Refusal):
    """尚未登记领款人及其账户，不能支付。

    An advance needs somebody to pay to.
    """

    status = 409


class AdvanceAlreadyGranted(Refusal):
    """先行救助已经审批，不能重复审批或者变更领款人。

    One advance for one emergency.
    """

    status = 409
    clause = _SEED


class AdvanceNotGranted(Refusal):
    """尚未先行救助，无需补齐手续。

    The paperwork clock belongs to an advance that was granted.
    """

    status = 409
    clause = _SEED


class AdvanceNotPaid(Refusal):
    """救助金尚未到账，不能按办结处理。

    A case is complete only when the money arrived.
    """

    status = 409


class FollowUpPending(Refusal):
    """尚有后续救助未办结，不能重复提出或者办结个案。

    One follow-up at a time, and a case is complete when it was refused, withdrawn or paid.
    """

    status = 409
    clause = "民发〔2018〕23号 二(四)"


class FollowUpSettled(Refusal):
    """该笔后续救助已作出处理。

    It was granted, refused or withdrawn before.
    """

    status = 409
    clause = "民发〔2018〕23号 二(四)"


class BelowFloor(Refusal):
    """先行救助与后续救助合计低于人均救助标准下限。

    The county brings those who fell back into poverty to the floor, or refuses with a reason.
    """

    status = 409
    clause = _SEED


class ByTheSameHands(Refusal):
    """审批人员经手过本案的核实、提出或者先行救助审批，应由他人审批。

    Preparing and approving are different people.
    """

    status = 403
    clause = "domain.md §8.5"


class RequestNotInThisState(Refusal):
    """救助申请当前所处环节不能进行此项操作。

    The verb is not open at the request's step.
    """

    status = 409
    clause = "民发〔2018〕23号 二(二)"


class RequestUnderWay(Refusal):
    """该家庭同一事由的申请正在办理。

    One request of a household for one cause at a time.
    """

    status = 409
    clause = "宁夏临时救助规定（2019年，C28） 同一事由"


class MemberTwice(Refusal):
    """家庭成员重复。

    Everybody of the household is named once, the applicant with the payee.
    """

    status = 422


class MonthsNotPossible(Refusal):
    """困难持续月数不正确。

    Relief is for a few months of hardship.
    """

    status = 422
    clause = "domain.md §6.5"


class NotEligible(Refusal):
    """审核认为不符合支出型临时救助条件。

    The review found a condition that is not met; it can be refused, put before the county, or reviewed anew.
    """

    status = 409
    clause = "民发〔2018〕23号 二(一)"


class PostingNotOver(Refusal):
    """公示期未满。

    It is decided, or put before the county, when the posting is over.
    """

    status = 409
    clause = "民发〔2018〕23号 二(二)"


class DeciderHadAHand(Refusal):
    """审批人员经办过该申请，应由他人审批。

    Accepting, reviewing and deciding are different people.
    """

    status = 403
    clause = "domain.md §8.5"


class EndNotPossible(Refusal):
    """急难结束日期不正确。

    An emergency ends between its report and today.
    """

    status = 422


class PapersIncomplete(Refusal):
    """补办手续不齐备或者与救助情况不一致。

    The detail lists everything that is missing or differs.
    """

    status = 422
    clause = "民发〔2018〕23号 二(二)"


class ReasonNeeded(Refusal):
    """认定无效应当说明理由。

    A case that is closed as invalid says why; a complete one has no such reason.
    """

    status = 422
