"""The law of every programme but dibao: tekun, the disability subsidies, children, elders, prices, care places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eligibility.rules.programmes import (
    care,
    change,
    common,
    compatibility,
    defacto,
    elder,
    entrust,
    living,
    numbers,
    orphan,
    price,
    procedure,
    self_care,
    subsidies,
    tekun,
    tekun_end,
)
from eligibility.rules.programmes.common import (
    WORDS,
    Disability,
    PersonFacts,
    Programme,
    ProgrammeDetermination,
    topped_up,
)
from eligibility.rules.programmes.compatibility import (
    MATRIX,
    Holding,
    Matrix,
    Settlement,
    beside,
    chosen_is_higher,
    settle,
    settled,
)
from eligibility.rules.programmes.numbers import ProgrammeNumbers, resolve

__all__ = [
    "MATRIX",
    "PROGRAMMES",
    "WORDS",
    "Disability",
    "Holding",
    "Matrix",
    "PersonFacts",
    "Programme",
    "ProgrammeDetermination",
    "ProgrammeNumbers",
    "Rules",
    "Settlement",
    "beside",
    "care",
    "change",
    "chosen_is_higher",
    "common",
    "compatibility",
    "defacto",
    "elder",
    "entrust",
    "living",
    "numbers",
    "orphan",
    "price",
    "procedure",
    "resolve",
    "self_care",
    "settle",
    "settled",
    "subsidies",
    "tekun",
    "tekun_end",
    "topped_up",
]


@dataclass(frozen=True, slots=True)
class Rules:
    """What makes up one programme: its facts, its numbers, its determination."""

    facts: type[PersonFacts]
    numbers: type[ProgrammeNumbers]
    determine: Callable[..., ProgrammeDetermination]


PROGRAMMES: Mapping[str, Rules] = {
    "TEKUN": Rules(tekun.TekunFacts, numbers.TekunNumbers, tekun.determine_tekun),
    "LIVING_SUB": Rules(living.LivingFacts, numbers.LivingNumbers, living.determine_living),
    "CARE_SUB": Rules(care.CareFacts, numbers.CareNumbers, care.determine_care),
    "ORPHAN": Rules(orphan.OrphanFacts, numbers.OrphanNumbers, orphan.determine_orphan),
    "DEFACTO": Rules(defacto.DefactoFacts, numbers.DefactoNumbers, defacto.determine_defacto),
    "ELDER": Rules(elder.ElderFacts, numbers.ElderNumbers, elder.determine_elder),
    "ELDER_2023": Rules(elder.Elder2023Facts, numbers.Elder2023Numbers, elder.determine_elder_2023),
    "PRICE_SUB": Rules(price.PriceFacts, numbers.PriceNumbers, price.determine_price),
    "ENTRUST": Rules(entrust.EntrustFacts, numbers.EntrustNumbers, entrust.determine_entrust),
    "SEVERE_CARE": Rules(entrust.SevereCareFacts, numbers.SevereCareNumbers, entrust.determine_severe_care),
}
