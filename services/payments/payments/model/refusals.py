"""What payments refuses, and why. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal


class NotInThisState(Refusal):
    """该批次当前所处环节不能进行此项操作。

    The verb is not open in the run's state.
    """

    status = 409
    clause = "domain.md 8.2"


class MakerMayNotCheck(Refusal):
    """编制人不得复核自己编制的批次。

    The checker is another person than the maker.
    """

    status = 403
    clause = "domain.md 8.5 (checker)"


class FinanceMustBeThird(Refusal):
    """编制人或者复核人不得作财政确认。

    Finance is a third person.
    """

    status = 403
    clause = "domain.md 8.5 (finance)"


class NotACounty(Refusal):
    """批次应按县（区）编制。

    A run is a county's.
    """

    status = 422


class OutsideOwnDivision(Refusal):
    """不得为本机构辖区以外编制批次。

    The division is outside the caller's subtree.
    """

    status = 403


class TooEarly(Refusal):
    """该月份的资金尚不能编制。

    The month lies too far ahead.
    """

    status = 409
    clause = "domain.md 8.1"


class NothingToPay(Refusal):
    """没有待发放的明细：应发的均已列入其他批次，或者没有有效的救助对象。

    Every line that is due is on its way or paid already, or nothing is due.
    """

    status = 409
    clause = "domain.md 8.2"


class NothingLeft(Refusal):
    """批次中没有可发放的明细。

    All lines are held, or fell away since the run was opened: cancel it.
    """

    status = 409


class FileNotThere(Refusal):
    """财政确认后方可生成银行文件。

    A bank file exists from finance's confirmation on.
    """

    status = 409
    clause = "domain.md 8.5 (finance)"


class FileChanged(Refusal):
    """银行文件与财政确认时的内容不一致，已停止生成。

    The bytes of the file are not those that finance confirmed; nothing is sent.
    """

    status = 409


class ResultsRefused(Refusal):
    """回盘文件有误，整份未处理，请逐行核对。

    A results file with a wrong line is refused whole; `errors` names each line.
    """

    status = 422


class OneHandTooFew(Refusal):
    """先行救助的核实人与审批人不得为同一人。

    An advance needs an officer who saw it and another person who granted it.
    """

    status = 409
    clause = "domain.md 8.5 (checker)"


class RecoveryNotInThisState(Refusal):
    """该追回案件当前所处环节不能进行此项操作。

    The verb is not open in the recovery's state.
    """

    status = 409
    clause = "domain.md 8.7"


class SamePersonTwice(Refusal):
    """同一人不得办理追回案件中应由两人分别办理的环节。

    Whoever opened a case does not decide on it or withdraw it; a write-off has two people.
    """

    status = 409
    clause = "domain.md 8.5 (recovery)"


class HearingMissing(Refusal):
    """作出追回决定前应当听取家庭意见。

    From 2026-07-01 a decision to recover follows a hearing.
    """

    status = 409
    clause = "domain.md 8.7 (hearing)"


class MoreThanFound(Refusal):
    """金额超过已查明的多发金额。

    No more can be decided than was found overpaid, and no more claimed of a payment than was paid with it.
    """

    status = 409
    clause = "domain.md 8.7"


class MoreThanOwed(Refusal):
    """金额超过尚未追回的金额。

    No more can be repaid than is still owed.
    """

    status = 409
    clause = "domain.md 8.7"


class ReceiptKnown(Refusal):
    """该凭证号在本案中已经登记。

    A receipt is recorded once in a case.
    """

    status = 409
    clause = "domain.md 8.7"
