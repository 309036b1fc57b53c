"""What eligibility refuses, and why. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal

_REVIEW = "民发〔2012〕220号"
_SEED = "卫民发〔2019〕21号"
_TEKUN = "民发〔2021〕43号"


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


class NotTogether(Refusal):
    """与已享受的项目不得同时享受，或者不高于已享受的项目。

    What is held, anywhere, stands; the detail names it (domain §2.2).
    """

    status = 409
    clause = "domain.md §2.2"


class EndsFirst(Refusal):
    """须先停发较低的待遇，方可改按较高的享受。

    The higher of two was asked for while the lower one runs in an award that ends by its own procedure.
    """

    status = 409
    clause = "domain.md §2.2"


class AlreadyApplied(Refusal):
    """该人员的同一项目已有在办申请。

    One application at a time for a person and programme.
    """

    status = 409
    clause = "domain.md §2.2"


class PersonMismatch(Refusal):
    """人员编号与身份证件号码不一致。

    The ID number is on file with another person id.
    """

    status = 409
    clause = "domain.md §11"


class NumbersMissing(Refusal):
    """该日期没有该项目的有效标准，不能认定。

    The programme is not in force on that day in that place, or its numbers are not loaded.
    """

    status = 409
    clause = "domain.md §2.4"


class NothingToPost(Refusal):
    """该项目不设公示环节，或者没有拟确认的内容。

    The law has no posting for this programme, or the determination refuses.
    """

    status = 409
    clause = f"{_TEKUN} art. 15"


class PostingMissing(Refusal):
    """乡镇审核意见尚未公示期满。

    The county acts after the township's posting has hung for its whole time.
    """

    status = 409
    clause = f"{_TEKUN} art. 15"


class FactsChanged(Refusal):
    """认定结果自审核后已发生变化，须重新办理。

    The rules of today, on what the person holds today, say something else than was checked.
    """

    status = 409
    clause = "domain.md §0.1"


class GuardianNeeded(Refusal):
    """未成年人的资金应当发放至监护人账户。

    A minor's money goes to the guardian.
    """

    status = 422
    clause = "民发〔2019〕62号 四(三)"


class PersonNotHeard(Refusal):
    """减发或者停发前，应当听取本人的陈述。

    Since the law of 2026 nobody loses money unheard.
    """

    status = 409
    clause = "社会救助法 art. 48"


class AwardEnded(Refusal):
    """该待遇已停发。

    What has ended is not changed; a new application may be made.
    """

    status = 409
    clause = "domain.md §4.2"


class AnotherProgramme(Refusal):
    """所报情况与该待遇的项目不符。

    The facts are of another programme than the award.
    """

    status = 422
    clause = "domain.md §2.1"


class NotTriggered(Refusal):
    """该月份未启动价格临时补贴。

    The linkage set no amount for this month in this place, or the month has not begun.
    """

    status = 409
    clause = "宁夏价格临时补贴（C45） 二"
