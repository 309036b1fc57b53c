"""domain.md §3.7 D-01 and §3.9: the table of classes and the amounts of classes that a county sets by a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules import draft
from eligibility.rules.numbers import CONFIRMATION, DESIGN, PARAMETERS, Numbers, exact

TableKey = Literal[
    "dibao.classifier", "dibao.class_b_gap_share", "dibao.class_a_share", "dibao.class_b_share", "dibao.amount_mode",
    "dibao.bands",
]  # fmt: skip
"""How classes are told apart, and what each is paid by: set as a word, a share, or a table of A, B and C."""
TABLES: tuple[TableKey, ...] = get_args(TableKey)
WORDS: Mapping[str, str] = {
    "dibao.classifier": "分类方法",
    "dibao.class_b_gap_share": "B类差额比例",
    "dibao.class_a_share": "A类补助比例",
    "dibao.class_b_share": "B类补助比例",
    "dibao.amount_mode": "各类发放方式",
    "dibao.bands": "分档金额",
}
"""As the household reads it in its notice."""
_KNOWN = {row.key: row.value for row in PARAMETERS}


@clause(DESIGN, "§3.7 D-01 (set)", "县（区）设定的分类分档表须是该参数可以取的值")
def table_value(key: str, value: Any) -> Any:
    """A value as the law's files would have it. Raises draft.NoSuchValue.

    A share lies above nothing and up to the whole; bands are named for all three classes.
    """
    if key not in TABLES:
        raise draft.NoSuchValue(draft.NoSuchValue.__doc__)
    made = draft.draft_value(key, value, _KNOWN[key])
    if key.endswith("_share") and not 0 < exact(made) <= 1:
        raise draft.NoSuchValue(draft.NoSuchValue.__doc__)
    return made


@clause(CONFIRMATION, "23 (table)", "分档发放的，档次由高到低；A类比例高于B类比例")
def tables_hold(n: Numbers, bands: Mapping[str, str]) -> Finding:
    """Whether classes and bands of a day stand in their order: A above B above C. `bands`: those in force, or none."""
    money = [Money.yuan(bands[group]).fen for group in "ABC" if group in bands]
    ordered = money == sorted(set(money), reverse=True) and 0 not in money
    shares = exact(n.class_a_share) > exact(n.class_b_share)
    wrong = [
        words
        for words, holds in (("分档金额应大于零，A、B、C 由高到低", ordered), ("A类比例应高于B类比例", shares))
        if not holds
    ]
    return finding(tables_hold, not wrong, "；".join(wrong) or "分类分档表次序正确")


@clause(DESIGN, "§3.7 D-01 (told)", "因分类分档办法调整重新核定的，书面告知依据")
def told_because_of_tables(keys: list[str], document: str) -> str:
    """The reason that the notice gives where the table of classes changed, not the standard."""
    names = "、".join(WORDS[key] for key in TABLES if key in keys)
    return f"低保{names}按{document}调整，重新核定"
