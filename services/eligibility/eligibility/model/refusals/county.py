"""What the county's procedure refuses. The first paragraph is what the officer reads."""

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
