"""What is refused when a standard changes. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal


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


class NotPlausible(Refusal):
    """填写的数值或者日期明显不可能，请核对后重新填写。

    A number or a day that cannot be what was meant.
    """

    status = 422
    clause = "domain.md §8.8"
