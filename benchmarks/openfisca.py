"""The differential amount of rural dibao in OpenFisca-Core: the same three conditions, the same households.

Entitled when nothing verified breaks the property limits and y = max(0, income - deductions) / n / 12 is below the
standard; then (S - y) x n, rounded once to the fen, half up. It is OpenFisca's own way: an entity of persons in
households, dated parameters, variables with formulas, a simulation that is asked for one variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2020-03"
Person = build_entity("person", "persons", "a member of the unit", is_person=True)
Household = build_entity(
    "household", "households", "the assessment unit", roles=[{"key": "member", "plural": "members", "label": "member"}]
)


class income_year(Variable):  # noqa: N801 -- a variable is named by its class
    value_type, entity, definition_period, label = float, Household, DateUnit.MONTH, "fen per year"


class deductions_year(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, Household, DateUnit.MONTH, "fen per year"


class breach(Variable):  # noqa: N801
    value_type, entity, definition_period, label = bool, Household, DateUnit.MONTH, "a verified breach"


class lives(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, Person, DateUnit.MONTH, "one for each member"
    default_value = 1


class size(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, Household, DateUnit.MONTH, "members of the unit"

    def formula(household: Any, period: Any) -> Any:  # noqa: N805
        return household.sum(household.members("lives", period))


class per_capita(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, Household, DateUnit.MONTH, "fen per person and month"

    def formula(household: Any, period: Any) -> Any:  # noqa: N805
        counted = numpy.maximum(0, household("income_year", period) - household("deductions_year", period))
        return counted / household("size", period) / 12


class eligible(Variable):  # noqa: N801
    value_type, entity, definition_period, label = bool, Household, DateUnit.MONTH, "below the standard, no breach"

    def formula(household: Any, period: Any, parameters: Any) -> Any:  # noqa: N805
        standard = parameters(period).dibao.rural / 12
        return (household("per_capita", period) < standard) * (1 - household("breach", period))


class amount(Variable):  # noqa: N801
    value_type, entity, definition_period, label = float, Household, DateUnit.MONTH, "fen per month"

    def formula(household: Any, period: Any, parameters: Any) -> Any:  # noqa: N805
        gap = parameters(period).dibao.rural / 12 - household("per_capita", period)
        return household("eligible", period) * numpy.floor(gap * household("size", period) + 0.5)


def system(standard_year: int) -> TaxBenefitSystem:
    """The rules with a standard in fen per year."""
    made = TaxBenefitSystem([Person, Household])
    made.parameters = ParameterNode("", data={"dibao": {"rural": {"values": {"2013-07-01": {"value": standard_year}}}}})
    made.add_variables(income_year, deductions_year, breach, lives, size, per_capita, eligible, amount)
    return made


def situation(homes: Sequence[tuple[int, int, int, bool]]) -> dict[str, Any]:
    """Households (members, income, deductions, breach) as OpenFisca takes them from a caller."""
    persons: dict[str, Any] = {}
    households: dict[str, Any] = {}
    for number, (members, income, deductions, broken) in enumerate(homes):
        names = [f"p{number}_{i}" for i in range(members)]
        persons |= {name: {} for name in names}
        households[f"h{number}"] = {
            "members": names,
            "income_year": {PERIOD: income},
            "deductions_year": {PERIOD: deductions},
            "breach": {PERIOD: broken},
        }
    return {"persons": persons, "households": households}


def decide(rules: TaxBenefitSystem, homes: Sequence[tuple[int, int, int, bool]]) -> list[int]:
    """Fen per month of each household; all of them in one simulation."""
    simulation = SimulationBuilder().build_from_dict(rules, situation(homes))
    return [int(fen) for fen in simulation.calculate("amount", PERIOD)]


def decide_arrays(rules: TaxBenefitSystem, homes: Sequence[tuple[int, int, int, bool]]) -> list[int]:
    """The same without a dictionary: arrays are set at once, as a micro-simulation of a sample does."""
    count = len(homes)
    builder = SimulationBuilder()
    builder.create_entities(rules)
    owner = numpy.repeat(numpy.arange(count), [home[0] for home in homes])
    builder.declare_person_entity("person", numpy.arange(len(owner)))
    declared = builder.declare_entity("household", numpy.arange(count))
    builder.join_with_persons(declared, owner, ["member"] * len(owner))
    simulation = builder.build(rules)
    for column, name in enumerate(("income_year", "deductions_year", "breach"), 1):
        simulation.set_input(name, PERIOD, numpy.array([home[column] for home in homes]))
    return [int(fen) for fen in simulation.calculate("amount", PERIOD)]
