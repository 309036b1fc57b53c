"""What intake refuses, and why. The first paragraph is what the person at the window reads."""

from __future__ import annotations

from doudi.errors import Refusal

_C2 = "民发〔2012〕220号"


class NotInThisState(Refusal):
    """申请当前所处环节不能进行此项操作。

    The verb is not open in the application's state (domain §4.2).
    """

    status = 409
    clause = _C2


class OutsideOwnDivision(Refusal):
    """该户不在本机构辖区内，应向户籍所在地乡镇（街道）提出申请。

    The household lives outside the subtree of the one who acts.
    """

    status = 403
    clause = f"{_C2} art. 9"


class DisabilityCertificateMismatch(Refusal):
    """残疾人证号与身份证号码或残疾类别、等级不一致。

    The certificate number must repeat the ID number, the category and the grade.
    """

    status = 422
    clause = "残疾人证号编码规则"


class UnknownPerson(Refusal):
    """家庭成员尚未登记，请先登记个人信息。

    A person id that intake does not know.
    """

    status = 422


class OneHeadNeeded(Refusal):
    """每个家庭应当有且只有一名户主。

    A household has exactly one head, who applies for it.
    """

    status = 422
    clause = f"{_C2} art. 9"


class MemberTwice(Refusal):
    """同一人在家庭成员中重复出现。

    One person stands twice in the list of members.
    """

    status = 422
    clause = f"{_C2} art. 5"


class PlaceNotLawful(Refusal):
    """家庭成员是否计入共同生活的家庭成员，与规定不符。

    A member of the core is left out of the unit.
    """

    status = 422
    clause = f"{_C2} art. 5"


class ApplicantNotHead(Refusal):
    """应当由户主或者其代理人以户主的名义提出申请。

    The applicant is not the head of the household.
    """

    status = 422
    clause = f"{_C2} art. 9"


class EntrustmentNeeded(Refusal):
    """村（居）民委员会代为提交申请的，应当有申请人的委托。

    A village committee carries an application only when the applicant entrusted it.
    """

    status = 422
    clause = f"{_C2} art. 9"


class AlreadyApplying(Refusal):
    """家庭成员中有人已在其他办理中的申请内，不能重复申请。

    A member of the unit is in another open application; which one is not said.
    """

    status = 409
    clause = f"{_C2} art. 4"


class NotOfTheHousehold(Refusal):
    """所列人员不是该家庭成员。

    A consent, a payee or a relative refers to someone who is not in the household.
    """

    status = 422
    clause = f"{_C2} art. 12"


class MaterialsIncomplete(Refusal):
    """申请材料不齐备，尚不能受理。

    The detail lists everything that is missing.
    """

    status = 409
    clause = f"{_C2} art. 13"


class NothingMissing(Refusal):
    """申请材料已经齐备，应当予以受理，不得要求补正。

    A correction cannot be asked for when the application is complete.
    """

    status = 409
    clause = f"{_C2} art. 13"


class AlreadyToldOnce(Refusal):
    """所需补正材料只能一次性告知，不得再次要求补正。

    Everything missing is told once; a second request is unlawful.
    """

    status = 409
    clause = f"{_C2} art. 13"


class RelatedOfficerMustRecuse(Refusal):
    """经办人员与申请家庭成员有近亲属关系，应当回避。

    An officer who is filed as a near relative of a member takes no part.
    """

    status = 403
    clause = f"{_C2} art. 14"


class MatchingUnderWay(Refusal):
    """信息核对尚未完成，不能进行此项操作。

    Departments have not answered yet.
    """

    status = 409
    clause = f"{_C2} art. 19"


class MatchingFirst(Refusal):
    """应当先进行家庭经济状况信息核对，再入户调查。

    The home visit follows the matching.
    """

    status = 409
    clause = f"{_C2} art. 20"


class MatchingAlreadyPassed(Refusal):
    """信息核对已经完成，无需重复发起。

    A new round of matching is only open when the last one was incomplete.
    """

    status = 409
    clause = f"{_C2} art. 19"


class NothingToRecheck(Refusal):
    """所列核对项目中没有可复查的不符项，或者未附证明材料。

    An objection must name results that did not agree and bring proof.
    """

    status = 422
    clause = f"{_C2} art. 20"


class VisitNotLawful(Refusal):
    """入户调查不符合规定。

    Fewer than two surveyors, a signature or a member missing, or the date is not after acceptance.
    """

    status = 422
    clause = f"{_C2} art. 18-19"


class AssessmentNotLawful(Refusal):
    """民主评议不符合规定。

    Too few villagers' representatives, a step left out, or not all signed.
    """

    status = 422
    clause = f"{_C2} art. 22-23"


class AssessmentFirst(Refusal):
    """尚未形成无争议的民主评议结论，不能审核。

    The township's opinion follows an assessment that agreed.
    """

    status = 409
    clause = f"{_C2} art. 25"


class ReasonNeeded(Refusal):
    """作出不利决定应当说明理由。

    A refusal names its reason in writing.
    """

    status = 422
    clause = f"{_C2} art. 20"


class DateInTheFuture(Refusal):
    """日期不能晚于今天。

    A fact cannot be dated in the future.
    """

    status = 422
