"""What intake refuses of a statement: who applies alone, income and property, a household book."""

from __future__ import annotations

from doudi.errors import Refusal

_C2 = "民发〔2012〕220号"


class NotAloneInThisHousehold(Refusal):
    """该申请人不能以本人名义按单人户提出申请。

    Who applies alone is no member of the unit, or there is nobody else in it.
    """

    status = 422
    clause = f"{_C2} art. 10"


class RegisteredAndUnable(Refusal):
    """该成员的户籍情况填写有误。

    A member stands in a household book of his own and is said to be unable to have one.
    """

    status = 422
    clause = "民发〔2018〕90号"


class NotPlausible(Refusal):
    """填写的金额或者日期明显不可能，请核对后重新填写。

    An amount or a day that cannot be what was meant.
    """

    status = 422
    clause = "domain.md §8.8"


class MeansNotStated(Refusal):
    """应当声明家庭收入状况。

    Neither a sum for the year nor items were stated.
    """

    status = 422
    clause = f"{_C2} art. 12"


class MeansContradict(Refusal):
    """声明的合计金额与分项金额不一致。

    A sum and its items do not agree.
    """

    status = 422
    clause = f"{_C2} art. 12"


class SupportImpossible(Refusal):
    """法定赡养、抚养、扶养义务人的供养人数填写有误。

    More people of the household are supported than the supporter supports, or than there are.
    """

    status = 422
    clause = f"{_C2} art. 16"
