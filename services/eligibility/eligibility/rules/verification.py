"""domain §0.1: a certificate of any kind and form is made again from itself, byte for byte, without a database.

A form that was issued stays readable for ever: what certificates hold beside it later is a new form with its own name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from doudi.law import clause
from eligibility.rules.certificate import CODE, KIND, Given, Unreadable, canonical, certify
from eligibility.rules.intervention_certificate import INTERVENTION_KIND, InterventionGiven, certify_intervention
from eligibility.rules.numbers import DESIGN
from eligibility.rules.personal_certificate import PERSONAL_KIND, PersonalGiven, certify_person

__all__ = ["FORMS", "Form", "Unreadable", "Verdict", "form_of", "verify"]

_PERSONAL_1 = "doudi.eligibility.personal-certificate.v1"
_INTERVENTION_1 = "doudi.eligibility.intervention-certificate.v1"
_SHOWN = len(KIND) * len("ab")
"""Characters of a value in the sentence on a difference, at most; of a longer one the half."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the certificates of a time look."""

    kind: str
    """What they say of themselves."""
    words: str
    make: Callable[[dict[str, Any]], dict[str, Any]]
    """The certificate, from what was given."""
    holds: Callable[[dict[str, Any]], bool] = lambda kept: True
    """Tells forms apart that call themselves the same."""

    @property
    def version(self) -> str:
        """The last part of the kind: v1, v2."""
        return self.kind.rpartition(".")[-1]


def _says_ways(kept: dict[str, Any]) -> bool:
    found = kept.get("counterfactual")
    return isinstance(found, dict) and "would_qualify_if" in found


FORMS: tuple[Form, ...] = (
    Form(KIND, "低保决定凭证", lambda given: certify(Given.from_json(given))),
    Form(PERSONAL_KIND, "单人项目决定凭证", lambda given: certify_person(PersonalGiven.from_json(given))),
    Form(
        _PERSONAL_1,
        "单人项目决定凭证（已载明情况如何变化即符合条件）",
        lambda given: certify_person(PersonalGiven.from_json(given), kind=_PERSONAL_1),
        _says_ways,
    ),
    Form(
        _PERSONAL_1,
        "单人项目决定凭证（未载明情况如何变化即符合条件）",
        lambda given: certify_person(PersonalGiven.from_json(given), kind=_PERSONAL_1, ways=False),
        lambda kept: not _says_ways(kept),
    ),
    Form(INTERVENTION_KIND, "变动决定凭证", lambda given: certify_intervention(InterventionGiven.from_json(given))),
    Form(
        _INTERVENTION_1,
        "变动决定凭证",
        lambda given: certify_intervention(
            InterventionGiven.from_json(given), kind=_INTERVENTION_1, personal=_PERSONAL_1
        ),
    ),
)
"""Every form that was ever issued. The first version of a programme of one person came in two: first without, then
with the least that would turn the decision."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a certificate was made again byte for byte, and a sentence about it that names its form."""

    same: bool
    says: str


@clause(DESIGN, "§0.1", "任何人可凭任一种决定凭证重算，得到相同的字节，包括调整、停发等决定")
def verify(text: str) -> Verdict:
    """Makes a certificate of whatever kind and form again, from what it gives. Raises Unreadable when it is none.

    One made by other code is made again by this code in its own form and compared all the same; the sentence says so.
    """
    kept = _read(text)
    form, given = form_of(kept), kept["given"]
    try:
        made = canonical(form.make(given))
        again = json.loads(made)
        difference = _difference(kept, again, "")
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unreadable(Unreadable.__doc__) from error
    named = f"{form.words} {form.version}"
    if difference is not None:
        return Verdict(False, f"{named}：重算结果与凭证不一致：{difference} / not what the rules give: {difference}")
    if made != text:
        return Verdict(False, f"{named}：内容一致，但不是规范文本 / the same content, but not the canonical bytes")
    by = given["code"]
    code = "" if by == CODE else f"（凭证由 {by.get('version')} 版代码作出，本版重算结果相同）"
    said = f"the same bytes, form {form.version}: decision {given['decision'].get('id')}, sha256 {again['sha256']}"
    return Verdict(True, f"{named}：重算一致{code} / {said}")


@clause(DESIGN, "§0.1", "凭证注明格式版本，已签发的格式永远可以重算")
def form_of(kept: dict[str, Any]) -> Form:
    """The form that a certificate has, by what it says of itself and what it holds. Raises Unreadable."""
    found = next((form for form in FORMS if form.kind == kept.get("certificate") and form.holds(kept)), None)
    if found is None:
        raise Unreadable(Unreadable.__doc__)
    return found


def _read(text: str) -> dict[str, Any]:
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Unreadable.__doc__) from error
    if not isinstance(kept, dict) or not isinstance(kept.get("given"), dict):
        raise Unreadable(Unreadable.__doc__)
    return kept


def _difference(one: Any, other: Any, where: str) -> str | None:
    """The first place at which two values differ, in the order of the text: path, what stands there, what should."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{where}.{key}", one.get(key), other.get(key)) for key in sorted({*one, *other})]
    elif isinstance(one, list) and isinstance(other, list):
        pairs = [(f"{where}[{i}]", a, b) for i, (a, b) in enumerate(zip_longest(one, other))]
    else:
        same = one == other and type(one) is type(other)
        return None if same else f"{where.lstrip('.')}: {_short(one)} ≠ {_short(other)}"
    return next((found for path, a, b in pairs if (found := _difference(a, b, path)) is not None), None)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _SHOWN else text[: _SHOWN // len("ab")] + "…"
