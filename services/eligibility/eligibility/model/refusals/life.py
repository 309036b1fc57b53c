"""What is refused of an award after it was granted. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal

_REVIEW = "民发〔2012〕220号"
_SEED = "卫民发〔2019〕21号"


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


class HolidayPlanNotLoaded(Refusal):
    """该年节假日安排未载入，不能推算陈述申辩期限。

    Nobody guesses working days: load the State Council's notice first.
    """

    status = 409
    clause = "domain.md §0.2"


class DecidedBeforeCertificates(Refusal):
    """该决定作出时尚未签发决定凭证，事由和理由见案卷及书面通知。

    What the certificate is made from was not kept then; one made today would not be the one of that day.
    """

    status = 404
    clause = "domain.md §0.1"
