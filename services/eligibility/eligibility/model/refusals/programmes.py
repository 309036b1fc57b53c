"""What is refused of one person's programmes. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal

_TEKUN = "民发〔2021〕43号"


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


class NoGroundToEnd(Refusal):
    """所报情况不属于终止特困人员救助供养的法定情形。

    Tekun ends on the grounds of art. 24 only; an assessment that is missing is made, and is none of them.
    """

    status = 422
    clause = f"{_TEKUN} art. 24"
