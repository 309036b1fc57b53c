"""国务院令649号 art. 13, 社会救助法 art. 48: the certificate of a decided intervention as a plain letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.law import clause
from eligibility.rules import appeal
from eligibility.rules.letter import chapters
from eligibility.rules.notice import PROGRAMMES, in_words
from eligibility.rules.numbers import RELIEF
from eligibility.rules.programmes.common import WORDS
from eligibility.rules.stop import GROUNDS

_KINDS = {
    "RAISE": "增发", "REDUCE": "减发", "SUSPEND": "暂停发放", "TAPER": "渐退", "STOP": "停发",
    "TRANSFER": "转入其他救助", "SPLIT": "分户", "MERGE": "并户", "MOVE": "迁移",
}  # fmt: skip
_HEARD = {"HEARD": "已听取您的陈述和申辩", "DECLINED": "您表示不陈述、不申辩", "NO_ANSWER": "您在期限内未作答复"}


@clause(RELIEF, "13 (letter)", "增发、减发、停发的，书面说明决定、理由、依据和情况变化的影响")
def intervention_letter(certificate: dict[str, Any], *, to: str | None = None, because: str | None = None) -> str:
    """The letter. `to`: the addressee, `because`: the officer's words, both from the file."""
    given = certificate["given"]
    decision = given["decision"]
    named = PROGRAMMES[decision["programme"]]
    head = f"一、决定\n{given['on']}，经审核审批，对您家庭享受的{named}决定：{_KINDS[decision['kind']]}。"
    reason = GROUNDS.get(decision["ground"], "")
    told = [line for line in (f"事由：{reason}。" if reason else "", f"理由：{because}" if because else "") if line]
    parts = [
        f"{named}{_KINDS[decision['kind']]}决定说明书",
        f"{to or '申请人'}：",
        "\n".join([head, *told, *_pays(certificate)]),
        "二、告知和听取意见\n" + "\n".join(_heard(certificate)),
        "三、核查认定\n\n" + "\n\n".join(_found(certificate)),
        f"四、您的权利\n{appeal.rights(date.fromisoformat(given['on']))}",
        f"五、核对本决定\n凭证校验码 {certificate['sha256']}。"
        "任何人可用 doudi verify-decision 命令对凭证文件重新计算，结果应逐字节相同。",
    ]
    return "\n\n".join(parts) + "\n"


def _pays(certificate: dict[str, Any]) -> list[str]:
    result, kind = certificate["result"], certificate["given"]["decision"]["kind"]
    before, after, start = result["amount_before"], result["amount_after"], result["from_month"]
    if kind == "STOP":
        return [f"原每月 {before} 元，发放至 {result['last_month_before']}，次月起停发。"]
    if kind == "SUSPEND":
        return [f"每月 {before} 元自 {result['held_from']} 起暂停发放，最迟于 {result['decide_by']} 前作出决定。"]
    if kind == "TAPER":
        return [f"渐退期自 {start} 起至 {result['last_month']} 止，每月 {after} 元（原每月 {before} 元），期满停发。"]
    places = [f"  {PROGRAMMES[place['programme']]}每月 {place['amount']} 元" for place in result.get("places", [])]
    return [f"原每月 {before} 元，自 {start} 起每月 {after} 元。", *places]


def _heard(certificate: dict[str, Any]) -> list[str]:
    decision = certificate["given"]["decision"]
    lines = []
    if decision["noticed_on"]:
        lines.append(f"  {decision['noticed_on']} 书面告知拟作出的决定和理由，陈述申辩期限至 {decision['answer_by']}。")
    if decision["hearing"]:
        lines.append(f"  {decision['heard_on']}，{_HEARD[decision['hearing']]}。")
    return lines or ["  本决定不减少您的待遇，无须事先告知。"]


def _found(certificate: dict[str, Any]) -> list[str]:
    steps = [
        f"  {s['step']}. {s['out']['because']}（{'符合' if s['out']['met'] else '不符合'}）——{in_words(s['clause'])}"
        for s in certificate["steps"]
    ]
    parts = ["\n".join(steps)] if steps else []
    many = len(certificate["determinations"]) > 1
    for number, one in enumerate(certificate["determinations"], 1):
        parts += [f"第 {number} 户"] if many else []
        parts += chapters(one)
    for one in certificate["personal"]:
        told = [f"  {s['out']['because']}——{in_words(s['clause'])}" for s in one["steps"]]
        parts.append(f"转入的{WORDS[one['given']['programme']]}\n" + "\n".join(told))
    return parts or ["  无须重新认定。"]
