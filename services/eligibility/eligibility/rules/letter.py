"""民发〔2012〕220号 art. 26: the certificate as a plain letter: what was decided, on which facts, by which rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.law import clause
from doudi.money import Money
from eligibility.rules import appeal, assets, income
from eligibility.rules.notice import PROGRAMMES, in_words
from eligibility.rules.numbers import REVIEW

_OUTCOMES = {"APPROVED": "批准享受", "REFUSED": "不予批准"}
_FACTS = {
    "income_year": "家庭年收入（元）",
    "deductions_year": "可扣减支出（元/年）",
    "rigid_year": "刚性支出（元/年）",
    "rigid_cause": "刚性支出原因",
    "deposits": "存款（元）",
    "effective_assets": "有效资产",
    "verified_breaches": "经核实的财产超标情形",
    "labour_missing": "主要劳动力缺失",
    "registry": "建档立卡",
    "items": "分项收入和支出",
    "supporters": "家庭以外的赡养、抚养、扶养人",
    "things": "分项财产",
}
_WORDS = {
    "SEVERE_DISABILITY": "重残",
    "SERIOUS_ILLNESS": "重病",
    "OTHER_NON_SUBJECTIVE": "其他非主观原因",
    "FULL": "有劳动能力",
    "PARTIAL": "部分丧失劳动能力",
    "NONE": "完全丧失劳动能力",
    **income.KINDS,
    "WAGES": "工资性收入",
    "BUSINESS": "经营净收入",
    "PROPERTY": "财产净收入",
    "PENSION": "养老金",
    "SUPPORT": "赡养、抚养、扶养费",
    "BUSINESS_COST": "经营成本",
    "PROPERTY_COST": "财产性支出",
    "TAX": "个人所得税",
    "SOCIAL_INSURANCE": "社会保障性支出",
    "SUPPORT_PAID": "支付的赡养、抚养、扶养费",
    "WORK_COST": "必要就业成本",
    "DISABILITY_OR_ILLNESS_COST": "残疾、重病刚性支出",
    **assets.NAMES,
    "DEPOSIT": "存款",
    "SECURITY": "有价证券",
    "FUND": "基金",
    "WALLET": "支付账户余额",
    "ASSISTIVE_VEHICLE": "残疾人代步车",
    "MOTORCYCLE": "摩托车",
    "SMALL_TRACTOR": "小型拖拉机",
    "DWELLING": "住房",
    "COMPANY": "企业实缴出资",
    "OTHER": "其他",
}
_REGISTRY = {"NONE": "未登记", "NOT_OUT": "未脱贫", "OUT": "已脱贫", "RETURNED": "返贫"}
_TRAITS = {"student": "在校学生", "earns": "有劳动收入", "seriously_ill": "重病", "severely_disabled": "重度残疾"}
_ITEMS = {"BASE": "基本保障金", "EXTRA": "增发10%"}
_STANDARDS = ("dibao.rural", "dibao.urban")


@clause(REVIEW, "26", "书面告知申请人决定、依据的事实、条款和理由")
def letter(certificate: dict[str, Any], *, to: str | None = None, because: str | None = None) -> str:
    """The letter of a certificate that `certify` made. `to`: the addressee, `because`: the officer's words, both
    from the file and not in the certificate; without them the letter is nobody's."""
    given = certificate["given"]
    decision = given["decision"]
    parts = [
        f"{_programme(decision)}决定说明书",
        f"{to or '申请人'}：",
        "\n".join(_outcome(certificate, decision, because)),
        *(f"{number}、{chapter}" for number, chapter in zip("二三四五", chapters(certificate), strict=True)),
        f"六、您的权利\n{appeal.rights(_day(certificate))}",
        "七、核对本决定\n"
        f"本说明书由决定凭证生成，凭证校验码 {certificate['sha256']}。"
        "任何人可用 doudi verify-decision 命令对凭证文件重新计算，结果应逐字节相同。",
    ]
    return "\n\n".join(parts) + "\n"


@clause(REVIEW, "26 (chapters)", "书面告知依据的事实、认定步骤、适用的规则和标准、情况变化的影响")
def chapters(certificate: dict[str, Any]) -> list[str]:
    """What a letter says of one determination, each chapter with its heading."""
    return [
        "依据的事实\n" + "\n".join(_facts(certificate["facts"])),
        "认定步骤\n" + "\n".join(_steps(certificate["steps"])),
        "适用的规则和标准\n" + "\n".join(_rules(certificate)),
        "情况变化的影响\n" + "\n".join(_otherwise(certificate)),
    ]


def _programme(decision: dict[str, Any]) -> str:
    return PROGRAMMES.get(decision.get("programme") or "DIBAO_R", "")


def _day(certificate: dict[str, Any]) -> date:
    given = certificate["given"]
    return date.fromisoformat(given["decision"].get("decided_on") or given["on"])


def _outcome(certificate: dict[str, Any], decision: dict[str, Any], because: str | None) -> list[str]:
    result = certificate["result"]
    outcome = _OUTCOMES.get(decision.get("outcome") or "", "认定结果")
    asked = _programme(decision)
    lines = [f"一、决定\n{_day(certificate)}，经审核审批，对您家庭申请{asked}的决定：{outcome}。"]
    if because:
        lines.append(f"理由：{because}")
    if result["eligible"] and decision.get("outcome") != "REFUSED":
        lines.append(
            f"保障类别 {result['class']} 类，共同生活的家庭成员 {result['size']} 人，"
            f"保障 {len(result['insured'])} 人，每月 {result['amount']} 元。"
        )
        order = {person: number for number, person in enumerate(_people(certificate), 1)}
        lines += [f"  成员{order.get(p, '')} {_ITEMS.get(item, item)} {fen} 元" for p, item, fen in result["lines"]]
    return lines


def _people(certificate: dict[str, Any]) -> list[str]:
    return [person["person_id"] for person in certificate["given"]["facts"]["unit"]]


def _facts(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        where = "，".join(part for part in (row["source"], row["date"]) if part)
        value, name = row["value"], _FACTS.get(row["fact"], row["fact"])
        if isinstance(value, dict):
            name, value = f"成员{len(lines) + 1}", _person(value)
        if row["fact"] == "registry":
            value = _REGISTRY.get(value, value)
        lines.append(f"  {name}：{_word(value)}" + (f"（{where}）" if where else ""))
    return lines


def _person(person: dict[str, Any]) -> str:
    traits = [name for trait, name in _TRAITS.items() if person.get(trait)]
    return "，".join([f"{person['born']} 出生", _word(person["labour"]), *traits])


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "有" if value else "无"
    if isinstance(value, list | tuple):
        return "、".join(_part(part) for part in value) or "无"
    return "无" if value is None else _WORDS.get(str(value), str(value))


def _part(part: Any) -> str:
    """One item of income or property, one supporter, or a word."""
    if not isinstance(part, dict):
        return str(part)
    if "supported" in part:
        of = f"赡养 {part['supported']} 人，本户 {part['here']} 人"
        return f"家庭人均月收入 {Money(part['per_capita_month'])} 元（{of}）"
    proven = "" if part.get("verified", True) else "（未核实）"
    return f"{_WORDS.get(part['kind'], part['kind'])} {Money(part['fen'])} 元{proven}"


def _steps(steps: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for step in steps:
        out = step["out"]
        if "met" in out:
            says = f"{out['because']}（{'符合' if out['met'] else '不符合'}）"
        elif "per_capita_income" in out:
            says = f"人均月收入 {out['per_capita_income']} 元"
        elif "class" in out:
            says = f"划为 {out['class']} 类，保障 {len(out['insured'])} 人"
        elif "amount" in out:
            says = f"每月合计 {out['amount']} 元"
        else:
            says = f"认定单位 {out['size']} 人"
        lines.append(f"  {step['step']}. {says}——{in_words(step['clause'])}")
    return lines


def _rules(certificate: dict[str, Any]) -> list[str]:
    """The texts, the standard, and where every other number stands: the certificate lists all of them."""
    given, result = certificate["given"], certificate["result"]
    texts = dict.fromkeys(in_words(step["clause"]).partition(" ")[0] for step in certificate["steps"])
    standard = next((row for row in given["parameters"] if row["key"] in _STANDARDS), None)
    lines = [f"  规则版本 {certificate['rule_set']}，依据{'、'.join(f'《{text}》' for text in texts)}"]
    set_by = "" if standard is None else f"，自 {standard['from']} 起执行{_document(standard['source'])}"
    lines.append(f"  保障标准每人每月 {result['standard']} 元{set_by}")
    lines += [f"  {text}" for text in given["sources"].get("parameters", []) if text]
    lines.append(f"  本决定所用参数共 {len(given['parameters'])} 项，数值、来源和生效日期逐项列在决定凭证中")
    lines.append(f"  参数文件校验码 {given['parameters_sha256']}")
    return [*lines, f"  规则代码 {given['code'].get('version')}，校验码 {given['code'].get('sha256')}"]


def _document(source: str | None) -> str:
    """The document that set a standard, where the file has it in Chinese: a note for experts is not for the family."""
    return f"（{source}）" if source and not any(c.isascii() and c.isalpha() for c in source) else ""


def _otherwise(certificate: dict[str, Any]) -> list[str]:
    found = certificate["counterfactual"]
    if certificate["result"]["eligible"]:
        out = found["no_longer_from_income_year"]
        return [f"  其他情况不变，家庭年收入达到 {out} 元的，不再符合条件。"] if out else ["  无。"]
    ways = ["、且".join(change["says"] for change in way) for way in found["would_qualify_if"]]
    return [f"  其他情况不变，如{way}，即符合条件。" for way in ways] or ["  没有单项情况的变化可以改变本结果。"]
