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


class NoSecondPosting(Refusal):
    """2021年7月1日起不再进行第二次公示，审核确认后予以公布。

    Under the rule set of the day the leader decides at once; the decision is published.
    """

    status = 409
    clause = "民发〔2021〕57号 art. 24"


class PublicationIsNoPosting(Refusal):
    """此为审核确认结果的公布，不是公示；如有异议，可以投诉、举报，或者依法申请行政复议。

    A publication follows the decision: nobody objects to it as to a posting.
    """

    status = 409
    clause = "民发〔2021〕57号 art. 36"


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


class AwardNotInThisState(Refusal):
    """待遇当前状态不能进行此项操作。

    The verb is not open in the award's state (domain §4.2).
    """

    status = 409
    clause = "domain.md §4.2"


class NotInThisStep(Refusal):
    """拟处理事项当前所处环节不能进行此项操作。

    The verb is not open in the intervention's step.
    """

    status = 409
    clause = "domain.md §4.2"


class HearingNeeded(Refusal):
    """减发、暂停或者停发前，须告知当事人、听取意见并说明理由。

    An award becomes less only after notice, reasons, and the hearing where the law demands it.
    """

    status = 409
    clause = "社会救助法 art. 48"


class TermStillRunning(Refusal):
    """当事人陈述、申辩的期限尚未届满。

    Silence counts only after the term.
    """

    status = 409
    clause = "社会救助法 art. 48"


class NotAccepted(Refusal):
    """迁入地县级民政部门尚未接收。

    A household moves when the other county takes it, in one step.
    """

    status = 409
    clause = "domain.md §4.2"


class NoGroundToHold(Refusal):
    """所列理由不是暂停发放的理由。

    Money is held only for the listed operational reasons.
    """

    status = 422
    clause = "domain.md §4.2"


class NoGroundToStop(Refusal):
    """所列理由不是停发的法定事由。

    Poverty exit alone never stops an award, and income only where it is not below the standard.
    """

    status = 409
    clause = f"{_SEED} 二(一)5"


class TaperForbidden(Refusal):
    """不符合给予渐退期的条件。

    Once for one job, within the longest time, after the income passed the line.
    """

    status = 409
    clause = f"{_SEED} 二(一)5"


class AlreadyProposed(Refusal):
    """该待遇已有尚未办结的拟处理事项。

    One intervention at a time.
    """

    status = 409
    clause = "domain.md §4.2"


class AwardChangedSince(Refusal):
    """提出拟处理意见后待遇已发生变化，须重新提出。

    What was proposed, noticed and heard was about another state of the award.
    """

    status = 409
    clause = "社会救助法 art. 48"


class WorkNotRefused(Refusal):
    """尚未达到无正当理由连续拒绝介绍工作的次数。

    Three refusals in a row, of suitable work, without good reason.
    """

    status = 409
    clause = "国务院令649号 art. 45"


class MembersNotAllPlaced(Refusal):
    """分户或者并户后，成员有遗漏、重复或者外加。

    Everybody is in exactly one of the new households.
    """

    status = 422
    clause = f"{_REVIEW} art. 33"


class ProgrammeNotHere(Refusal):
    """该项目的待遇不能由此直接转入。

    This version does not know how to determine that programme at a transfer.
    """

    status = 422
    clause = "domain.md §7.6"


class LookNeeded(Refusal):
    """提出此项处理意见须先核查，并写明所需事项。

    A proposal of this kind rests on verified means, or on what the field names.
    """

    status = 422
    clause = f"{_REVIEW} art. 33"


class MakerMustNotApprove(Refusal):
    """测算人不得批准本人提出的重新核定方案。

    A second person approves a redetermination.
    """

    status = 409
    clause = "domain.md §4.2"


class NotApproved(Refusal):
    """重新核定方案尚未批准，不得执行。

    Nothing is executed that nobody approved.
    """

    status = 409
    clause = "国务院令649号 art. 10"


class ResultsDiffer(Refusal):
    """测算结果与所批准的不一致，不得办理。

    An approval and an execution are bound to the results of the dry-run by their hash.
    """

    status = 409
    clause = "国务院令649号 art. 10"


class StandardNotInForce(Refusal):
    """所列标准在调整月份尚未生效或不适用于该地区。

    A redetermination applies standards that hold in its month and its division.
    """

    status = 422
    clause = "国务院令649号 art. 10"


class HolidayPlanNotLoaded(Refusal):
    """该年节假日安排未载入，不能推算陈述申辩期限。

    Nobody guesses working days: load the State Council's notice first.
    """

    status = 409
    clause = "domain.md §0.2"
