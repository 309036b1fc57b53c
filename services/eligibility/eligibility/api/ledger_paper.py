"""The report as people file it: a workbook, and a page to print and sign. Both say the same figures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from eligibility.api import paper
from eligibility.model import LedgerReport
from eligibility.model.ledger import Code

_TEMPLATE = Path(__file__).with_name("ledger_report.typ")
CODES = {
    Code.BOTH: "两边均有", Code.CA_ONLY: "民政有、对方无（转扶贫办应扶尽扶）",
    Code.PR_ONLY_LIKELY: "对方有、未保障，符合筛查（应保尽保）", Code.PR_ONLY_UNLIKELY: "对方有、未保障，未达筛查条件",
    Code.MEMBER_GAP: "同户成员不同", Code.ID_CONFLICT: "身份信息矛盾", Code.STATUS_CONFLICT: "人员状态矛盾",
    Code.EXITED_STILL_CA: "已脱贫仍享受低保", Code.STOPPED_STILL_POOR: "退出低保一年内仍未脱贫",
    Code.DUPLICATE_CA: "重复享受", Code.RETURNED: "返贫",
}  # fmt: skip
_KINDS = {"POVERTY_REGISTRY": "建档立卡", "PREVENTION": "防止返贫监测"}
_OWNERS = {"CIVIL_AFFAIRS": "民政局", "POVERTY_OFFICE": "扶贫办"}
_NUMBERS = "一二三四五六"
_STRENGTHS = {"AIM": "争取", "MUST": "必须"}
Rows = list[list[str | int]]


def title(report: LedgerReport) -> str:
    """Its headline."""
    return f"{report.figures['county']}{report.quarter[:4]}年第{report.quarter[-1]}季度台账比对报告"


def chapters(report: LedgerReport) -> list[tuple[str, Rows]]:
    """The figures, chapter by chapter, each a table with its header."""
    f = report.figures
    counts: dict[str, dict[str, Any]] = f["counts"]
    basis: Rows = [
        ["项目", "内容"],
        ["对方台账", _KINDS[report.kind]],
        ["报告期", f"{f['from']} 至 {f['to']}"],
        ["民政台账快照日期", f["left_on"]],
        ["对方台账快照日期", f["right_on"]],
        ["待人工确认的疑似匹配", f["unsettled"]],
        ["数据指纹", report.sha256[:16]],
    ]
    found: Rows = [["结果", "条数", "户数", "应办"]]
    for code, name in CODES.items():
        count = counts.get(code, {"results": 0, "households": 0, "actionable": 0})
        found.append([name, count["results"], count["households"], count["actionable"]])
    tasks: Rows = [["事项", "责任单位", "本季新增", "本季办结", "季末在办", "季末逾期"]]
    for t in f["tasks"]:
        tasks.append([CODES[Code(t["code"])], _OWNERS[t["owner"]], t["opened"], t["closed"], t["open"], t["overdue"]])
    days: Rows = [["时限", "要求", "应办", "按期办结"]]
    for m in f["milestones"]:
        days.append([m["on"], _STRENGTHS[m["strength"]], m["total"], m["closed"]])
    months: Rows = [["月末", "应办", "已办结"], *([p["on"], p["total"], p["closed"]] for p in f.get("progress", ()))]
    signed: Rows = [
        ["单位", "签字人", "日期"],
        ["民政局", report.civil_affairs_by or "（未签）", str(report.civil_affairs_on or "")],
        ["扶贫办", report.poverty_office_by or "（未签）", str(report.poverty_office_on or "")],
    ]
    told = [("基本情况", basis), ("比对结果", found), ("办理情况", tasks), ("完成时限", days), ("各月进度", months),
            ("签字", signed)]  # fmt: skip
    # A report of before the months were counted stays as it was signed.
    there = [(name, rows) for name, rows in told if name != "各月进度" or "progress" in f]
    return [(f"{number}、{name}", rows) for number, (name, rows) in zip(_NUMBERS, there, strict=False)]


FOOT = "比对结果仅供核查，不直接产生或停止任何待遇；纳入保障按低保申请审核审批程序办理。"


def xlsx(report: LedgerReport) -> bytes:
    """The report as a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = report.quarter
    bold = Font(bold=True)
    sheet.append([title(report)])
    sheet["A1"].font = Font(bold=True, size=14)
    for name, rows in chapters(report):
        sheet.append([])
        sheet.append([name])
        sheet.cell(sheet.max_row, 1).font = bold
        for row in rows:
            sheet.append(row)
    sheet.append([])
    sheet.append([FOOT])
    sheet.column_dimensions["A"].width = 40
    for letter in "BCDEF":
        sheet.column_dimensions[letter].width = 18
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(report: LedgerReport) -> bytes:
    """The report as a page to print. The same report gives the same bytes."""
    told = {
        "title": title(report),
        "office": f"{report.figures['county']}民政局",
        "chapters": [
            {"name": name, "rows": [[str(c) for c in row] for row in rows]} for name, rows in chapters(report)
        ],
        "foot": FOOT,
    }
    return paper.pdf(_TEMPLATE, told)
