"""What care-institutions refuses, and why. The first paragraph is what the home's manager reads."""

from __future__ import annotations

from doudi.errors import Refusal

_SEED = "卫民发〔2019〕21号"


class OutsideOwnDivision(Refusal):
    """该机构或者人员不在本单位辖区内。

    Outside the subtree of the one who acts.
    """

    status = 403


class AlreadyRegistered(Refusal):
    """该统一社会信用代码的机构已经登记。

    One record for one credit code.
    """

    status = 409
    clause = "GB 32100-2015"


class DateInTheFuture(Refusal):
    """日期不能晚于今天。

    A fact cannot be dated in the future.
    """

    status = 422


class DatesOutOfOrder(Refusal):
    """日期先后不符。

    Something ends before it begins.
    """

    status = 422


class NotOnTheRoster(Refusal):
    """该人员已经离职。

    The roster entry is ended.
    """

    status = 409


class NotOnLeave(Refusal):
    """该人员不在离岗期间。

    There is no leave to come back from.
    """

    status = 409


class NoBedFree(Refusal):
    """床位已满，不能入住。

    As many residents as beds.
    """

    status = 409
    clause = "domain.md §7.8"


class TekunWaitsFirst(Refusal):
    """尚有特困人员轮候，应当优先安排特困人员入住。

    Entrusted and other people are admitted only when no tekun of the county waits.
    """

    status = 409
    clause = f"{_SEED} 二(三)10"


class ConsentNeeded(Refusal):
    """入住应当由本人或者监护人同意。

    Moves are voluntary; the consent precedes the move.
    """

    status = 422
    clause = "国务院令649号 art. 19"


class AlreadyResident(Refusal):
    """该人员已在供养服务机构入住。

    One person has one bed; in which home is not said.
    """

    status = 409


class AlreadyWaiting(Refusal):
    """该人员已在轮候名单中。

    One person waits once.
    """

    status = 409


class ReportedDead(Refusal):
    """该人员已有死亡记录，不能入住或者轮候，请核实。

    A department reported the death.
    """

    status = 409


class NoLongerResident(Refusal):
    """该人员已经离开机构。

    The verb needs somebody who lives there.
    """

    status = 409


class NoLongerWaiting(Refusal):
    """该轮候已经结束。

    The verb needs an open entry of the waiting list.
    """

    status = 409


class AssessorsTooFew(Refusal):
    """评估人员不足。

    Fewer than two different assessors.
    """

    status = 422
    clause = "domain.md §7.2"


class AssessmentNotPossible(Refusal):
    """评估日期或者下次评估日期不正确。

    The next one lies after this one and within twelve months of it.
    """

    status = 422
    clause = "domain.md §7.2"


class HolidayPlanMissing(Refusal):
    """尚未载入所需年度的节假日安排，不能推算工作日。

    The holiday plan of a year is not loaded, and nobody may guess it.
    """

    status = 503
