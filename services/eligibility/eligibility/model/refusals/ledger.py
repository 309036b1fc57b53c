"""What the comparison of ledgers refuses. The first paragraph is what the officer reads."""

from __future__ import annotations

from doudi.errors import Refusal


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
