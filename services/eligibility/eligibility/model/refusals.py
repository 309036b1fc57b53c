"""What eligibility refuses, and why. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal

_REVIEW = "民发〔2012〕220号"
_SEED = "卫民发〔2019〕21号"


class NotInThisState(Refusal):
    """案件当前所处环节不能进行此项操作。

    The verb is not open in the case's state (domain §4.2).
    """

    status = 409
    clause = f"{_REVIEW} art. 26"


class ThreePeopleNeeded(Refusal):
    """经办、审核、审批须由三名不同人员担任。

    One person may not do two of the three steps.
    """

    status = 409
    clause = "domain.md §4.2"


class RelativeMustNotAct(Refusal):
    """办理人员系申请家庭成员近亲属，应当回避。

    A near relative keeps out.
    """

    status = 403
    clause = f"{_REVIEW} art. 14"


class VisitMissing(Refusal):
    """该案件须经县级入户调查，尚无入户调查记录。

    The county has to visit this home first: kin, doubt, or drawn by the sample.
    """

    status = 409
    clause = f"{_REVIEW} art. 26"


class VisitorsTooFew(Refusal):
    """入户调查人员不得少于二人。

    Two different people visit.
    """

    status = 422
    clause = f"{_REVIEW} art. 18"


class ApprovalForbidden(Refusal):
    """按所提方案不得批准。

    The law forbids this approval; the findings say which clause and why.
    """

    status = 409
    clause = f"{_SEED} 二(一)4"


class NotEligible(Refusal):
    """不符合保障条件，只能作出不予批准的决定。

    Nothing to approve: decide REFUSED.
    """

    status = 409
    clause = "国务院令649号 art. 9"


class InsuredTwice(Refusal):
    """家庭成员已在其他低保家庭中享受。

    A member is in another active award.
    """

    status = 409
    clause = "domain.md §2.2"


class PostingStillRunning(Refusal):
    """公示期未满，不得作出审批决定。

    The second posting has not hung for its whole time.
    """

    status = 409
    clause = f"{_REVIEW} art. 29"


class PostingOver(Refusal):
    """公示期已满，不再受理异议。

    Objections are raised while the posting hangs.
    """

    status = 409
    clause = f"{_REVIEW} art. 29"


class UnknownMember(Refusal):
    """所列人员不是认定单位的成员。

    A person who is insured, or gets ten percent more, belongs to the unit.
    """

    status = 422
    clause = f"{_REVIEW} art. 5"


class WrongRuleSet(Refusal):
    """决定日期适用的规则版本尚未实现，不能作出决定。

    Nothing is decided under the wrong law.
    """

    status = 409
    clause = "domain.md §0.1"


class MappingMissing(Refusal):
    """本县尚未设定该类台账的列名对应关系。

    A register is read by the county's column names, which were never told.
    """

    status = 409
    clause = "domain.md §5.2"


class MappingIncomplete(Refusal):
    """列名对应关系不完整或含有未知项目。

    A required column of this kind of register is not mapped, or a name or word is unknown.
    """

    status = 422
    clause = "domain.md §5.2"


class RegisterUnreadable(Refusal):
    """台账文件无法读取，未导入任何内容。

    Not an xlsx workbook, not text in UTF-8 or GB18030, or empty.
    """

    status = 422
    clause = "domain.md §5.2"


class WrongColumns(Refusal):
    """台账文件缺少已约定的列，未导入任何内容。

    The header has not the columns that the county's mapping names.
    """

    status = 422
    clause = "domain.md §5.2"


class RegisterRefused(Refusal):
    """台账文件有错误行，按所选方式整份退回，未导入任何内容。

    `errors` tells the first of them, row by row; `on_error=REPORT` imports the good rows and keeps a report.
    """

    status = 422
    clause = "domain.md §5.2"


class SnapshotsDiffer(Refusal):
    """两份台账的快照日期不同，不能比对。

    Both registers are taken as of the same day.
    """

    status = 409
    clause = "domain.md §5.2"


class AlreadySettled(Refusal):
    """该疑似匹配已经人工确认。

    A person settled it before.
    """

    status = 409
    clause = "domain.md §5.2"


class TaskNotOpen(Refusal):
    """该比对事项不在办理中。

    It was closed, or the difference went away.
    """

    status = 409
    clause = "domain.md §5.3"


class ReportSigned(Refusal):
    """该单位已在报告上签字。

    An office signs once.
    """

    status = 409
    clause = "domain.md §5.1"


class SignerMadeIt(Refusal):
    """报告的编制人不得签发同一报告。

    Who made a report does not sign it.
    """

    status = 409
    clause = "domain.md §5.1"


class ComparisonRunning(Refusal):
    """比对尚未完成。

    The job is under way; look again when it is done.
    """

    status = 409
    clause = "domain.md §5.1"
