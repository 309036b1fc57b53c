"""domain §0.1, issue of a decision certificate: the certificate of a programme of one person, and its letter.

It is made like that of dibao (`certificate`): `given` is what the file knew, all the rest follows by the rules.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from doudi.law import clause
from eligibility.rules import appeal, personal_counterfactual
from eligibility.rules.certificate import CODE, PARAMETERS_SHA256, Unreadable, canonical
from eligibility.rules.notice import in_words
from eligibility.rules.numbers import DESIGN, REVIEW
from eligibility.rules.personal_counterfactual import Case
from eligibility.rules.personal_steps import Situation
from eligibility.rules.programmes import PROGRAMMES, WORDS, Holding, ProgrammeDetermination, beside, change

PERSONAL_KIND = "doudi.eligibility.personal-certificate.v2"
_OUTCOMES = {"APPROVED": "批准", "REFUSED": "不予批准"}


@dataclass(frozen=True, slots=True)
class PersonalGiven:
    """What a certificate is made from. No name and no ID number is in it."""

    decision: dict[str, Any]
    programme: str
    division: str
    on: str
    facts: dict[str, Any]
    numbers: dict[str, Any]
    holdings: Sequence[dict[str, Any]]
    """What else the person held, with which this was settled."""
    circumstances: Sequence[str]
    sources: dict[str, list[str | None]] = field(default_factory=dict)
    parameters: Sequence[dict[str, str | None]] = ()
    parameters_sha256: str = PARAMETERS_SHA256
    code: dict[str, str] = field(default_factory=lambda: dict(CODE))

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> PersonalGiven:
        """What `asdict` made; raises Unreadable."""
        try:
            return cls(**kept)
        except TypeError as error:
            raise Unreadable(Unreadable.__doc__) from error


@clause(DESIGN, "§0.1", "单人项目的决定同样按决定日的规则、数值和当时享受的其他项目重算")
def determined(given: PersonalGiven) -> ProgrammeDetermination:
    """The rules once more on what the file knew."""
    rules, on = PROGRAMMES[given.programme], date.fromisoformat(given.on)
    found = rules.determine(rules.facts.from_json(given.facts), rules.numbers.from_json(given.numbers), on=on)
    held = [Holding.from_json(kept) for kept in given.holdings]
    return beside(change.ended_by(found, given.circumstances), held, on=on, division=given.division)


@clause(DESIGN, "§0.1", "单人项目的决定凭证")
def certify_person(given: PersonalGiven, *, kind: str = PERSONAL_KIND, ways: bool = True) -> dict[str, Any]:
    """The certificate: what was given, and all that follows from it; the last is the hash of the rest.

    `kind` and `ways`, whether the least that would turn it is in it: other than now only in an older form.
    """
    made = determined(given)
    unmet = [f for f in made.findings if not f.met]
    otherwise: dict[str, Any] = {
        "would_qualify_if_met": [{"clause": f.clause, "because": f.because} for f in unmet],
        **({"would_qualify_if": personal_counterfactual.told(_ways(given))} if ways else {}),
    }
    source, day = given.sources.get("facts", [None, None])
    whole: dict[str, Any] = {
        "certificate": kind,
        "given": json.loads(json.dumps(asdict(given))),
        "rule_set": made.rule_set,
        "facts": [
            {"fact": name, "value": value, "source": source, "date": day} for name, value in sorted(given.facts.items())
        ],
        "steps": [
            {"step": n, "clause": f.clause, "in": dict(f.parameters), "out": {"met": f.met, "because": f.because}}
            for n, f in enumerate(made.findings, 1)
        ],
        "result": made.as_json(),
        "result_sha256": made.sha256,
        "counterfactual": otherwise,
    }
    return {**whole, "sha256": hashlib.sha256(canonical(whole).encode()).hexdigest()}


def _ways(given: PersonalGiven) -> list[personal_counterfactual.Way]:
    rules = PROGRAMMES[given.programme]
    held = tuple(Holding.from_json(kept) for kept in given.holdings)
    numbers, on = rules.numbers.from_json(given.numbers), date.fromisoformat(given.on)
    of = Situation(rules.facts.from_json(given.facts), tuple(given.circumstances), held)
    return personal_counterfactual.ways_in(Case(given.programme, numbers, on, given.division), of)


@clause(REVIEW, "26 (person)", "书面告知申请人决定、依据的事实、条款和理由（单人项目）")
def person_letter(certificate: dict[str, Any], *, to: str | None = None, because: str | None = None) -> str:
    """The same in plain Chinese. `to`: the addressee, `because`: the officer's words, both from the file."""
    given, result = certificate["given"], certificate["result"]
    decision, name = given["decision"], WORDS[given["programme"]]
    day = decision.get("decided_on") or given["on"]
    outcome = _OUTCOMES.get(decision.get("outcome") or "", "认定结果")
    head = [f"一、决定\n{day}，经审核审批，对您{name}的决定：{outcome}。"]
    head += [f"理由：{because}"] if because else []
    if result["eligible"] and decision.get("outcome") != "REFUSED":
        head.append(f"自 {result['starts']} 起，每月 {result['amount']} 元。")
    steps = [
        f"  {s['step']}. {s['out']['because']}（{'符合' if s['out']['met'] else '不符合'}）——{in_words(s['clause'])}"
        for s in certificate["steps"]
    ]
    source = "，".join(part for part in given["sources"].get("facts", []) if part)
    parts = [
        f"{name}决定说明书",
        f"{to or '申请人'}：",
        "\n".join(head),
        f"二、认定的事实和理由（{source or '见案卷'}）\n" + "\n".join(steps),
        f"三、适用的规则\n  规则版本 {certificate['rule_set']}；参数 {len(given['parameters'])} 项，逐项列在决定凭证中",
        "四、情况变化的影响\n" + "\n".join(_otherwise(certificate)),
        f"五、您的权利\n{appeal.rights(date.fromisoformat(day))}",
        f"六、核对本决定\n凭证校验码 {certificate['sha256']}。"
        "任何人可用 doudi verify-decision 命令对凭证文件重新计算，结果应逐字节相同。",
    ]
    return "\n\n".join(parts) + "\n"


def _otherwise(certificate: dict[str, Any]) -> list[str]:
    found = certificate["counterfactual"]
    ways = ["、且".join(step["says"] for step in way) for way in found.get("would_qualify_if", [])]
    if ways:
        return [f"  其他情况不变，如{way}，即符合条件。" for way in ways]
    unmet = [f"  {u['because']}" for u in found["would_qualify_if_met"]]
    return ["  下列情形均不再存在的，即符合条件：", *unmet] if unmet else ["  各项条件均已符合。"]
