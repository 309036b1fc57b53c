"""社会救助法 art. 48, domain §4.2: on no path but a death does an award become less without notice, hearing and reason.

All verbs of the award and of the intervention are tried in every state that they reach, breadth first, on days before
and after the duty to hear began, by every officer. A verb that is not tried here fails the check, as does a variant of
the model that forgets the hearing.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pytest
from tests.policy.eligibility.households import decided, family

from doudi.calendar import Month
from doudi.errors import Refusal
from doudi.money import Money
from eligibility import rules
from eligibility.model import Award, Intervention, Permit, intervention

R = TypeVar("R", Award, Intervention)
DAYS = (date(2026, 6, 30), date(2026, 7, 8), date(2026, 8, 1))
"""The last day without the duty to hear; with it, and a term is over; a taper of a month is over."""
OURS, THEIRS = UUID(int=1), UUID(int=2)
CLERK, CHECKER, LEADER, KIN = "clerk", "checker", "leader", "kin"
DUTY = date(2026, 7, 1)
FACTS = family("6480.00")
MUCH, LITTLE = decided(FACTS), decided(family("8640.00"))
LINES = LITTLE.lines[:2]


@dataclass(frozen=True)
class World:
    """An award, what the county means to do with it, the day, and whether a taper was granted lawfully."""

    award: Award
    plan: Intervention
    day: int
    tapered_lawfully: bool = False

    @property
    def on(self) -> date:
        return DAYS[self.day]

    @property
    def key(self) -> tuple[Any, ...]:
        """What distinguishes two worlds for the law and for what can be done next."""
        a, p = self.award, self.plan
        if p.status in ("DECIDED", "DONE", "DROPPED"):
            told: tuple[Any, ...] = (p.status, lawful(p))
        else:
            told = (p.status, p.noticed_on, p.hearing is None, p.checked_by, p.accepted_by is None)
        amount = None if a.status == "STOPPED" else a.amount_fen
        return (a.status, amount, a.held_from is None, a.taper_until, self.day, self.tapered_lawfully, told)


def copy(record: R) -> R:
    made = type(record)(**{name: getattr(record, name) for name in type(record).model_fields})
    made.__dict__.update({k: v for k, v in record.__dict__.items() if k in BREAKS})
    return made


def unheard(on: date) -> None:
    """In place of the check that the person was told and heard."""


def hasty() -> Permit:
    """In place of the check that it was decided."""
    return Permit("STOP", frozenset({OURS}), "x")


BREAKS: dict[str, Callable[..., Any]] = {"_heard_enough": unheard, "permit": hasty}
"""What a broken model forgets, by the name of the guard that it lacks."""


def start(kind: str, reason: str, without: str | None = None, *, tapers: bool = False) -> World:
    """An active award of 600.00; the clerk has proposed something, or is about to."""
    award = Award(
        id=OURS, division="640522105201", application_id=UUID(int=3), decision_id=UUID(int=4), household_id=UUID(int=5),
        rule_set="RS2019", assistance_class="B", household_size=3, insured=list(MUCH.insured),
        amount_fen=MUCH.amount.fen, starts="2020-02", granted_on=date(2020, 1, 10), review_due_on=date(2020, 7, 31),
        facts=FACTS.as_json(), choice=rules.Choice().as_json(),
    )  # fmt: skip
    made = intervention.proposed(
        award_id=OURS, division=award.division, kind=kind, ground="X", reason=reason, by=CLERK, on=DAYS[0], basis="",
        relatives=[KIN],
    )  # fmt: skip
    if without is not None:
        made.__dict__[without] = BREAKS[without]  # before the class's own
    if tapers:
        award.status, award.taper_until = "TAPER", "2026-07"
    return World(award, made, 0, tapers)


Verb = Any
"""(award, intervention, day) -> whatever; a lambda with defaults has no type that can be written."""


def permits(plan: Intervention) -> list[Permit | None]:
    """No permit, that of the plan when it gives one, and the strongest that another household's award can have."""
    found: list[Permit | None] = [None, Permit.of_death(THEIRS)]
    with suppress(Refusal):
        found.append(plan.permit())
    return found


def award_verbs(plan: Intervention, on: date) -> Iterator[tuple[str, Verb]]:
    """Every verb of the award with every permit there is."""
    choice, month = rules.Choice(), Month.of(on)
    for permit in permits(plan):
        given: Any = permit
        yield "adjust", lambda a, p, d, x=given: a.adjust(LITTLE, FACTS, choice, x)
        yield "adjust", lambda a, p, d, x=given: a.adjust(MUCH, FACTS, choice, x)
        yield "restore", lambda a, p, d, x=given: a.restore(LITTLE, FACTS, choice, x)
        yield "restore", lambda a, p, d, x=given: a.restore(MUCH, FACTS, choice, x)
        yield "cut", lambda a, p, d, x=given: a.cut(LINES, FACTS, x)
        yield "stop", lambda a, p, d, x=given: a.stop(month, x)
        yield "suspend", lambda a, p, d, x=given: a.suspend(month.next(), "by decision", d, x)
        yield "taper", lambda a, p, d, x=given: a.taper(month.next(), x)
    for reason in ("ALIVE_CHECK_MISSED", "INCOME_OVER"):
        yield "hold", lambda a, p, d, r=reason: a.hold(r, d)
    yield "resume", lambda a, p, d: a.resume(d)
    yield "taper_ends", lambda a, p, d: a.taper_ends(d)
    yield "begin_review", lambda a, p, d: a.begin_review(d)
    yield "reviewed", lambda a, p, d: a.reviewed(d)
    yield "change_reported", lambda a, p, d: a.change_reported(d)
    yield "death", lambda a, p, d: a.adjust(LITTLE, FACTS, choice, Permit.of_death(OURS))
    yield "death", lambda a, p, d: a.cut(LINES, FACTS, Permit.of_death(OURS))
    yield "death", lambda a, p, d: a.stop(month, Permit.of_death(OURS))


def plan_verbs() -> Iterator[tuple[str, Verb]]:
    """Every verb of the intervention by every officer."""
    for by in (CLERK, CHECKER, LEADER, KIN):
        yield "serve_notice", lambda a, p, d, o=by: p.serve_notice(o, d)
        yield "accept", lambda a, p, d, o=by: p.accept(o)
        yield "check", lambda a, p, d, o=by: p.check(o, d)
        yield "decide", lambda a, p, d, o=by: p.decide(o, d)
    for hearing in ("HEARD", "DECLINED", "NO_ANSWER"):
        yield "hear", lambda a, p, d, h=hearing: p.hear(h, CLERK, d, None)
        yield "hear", lambda a, p, d, h=hearing: p.hear(h, KIN, d, None)
    yield "permit", lambda a, p, d: p.permit()
    yield "finish", lambda a, p, d: p.finish()
    yield "drop", lambda a, p, d: p.drop("x")


def lawful(plan: Intervention) -> bool:
    """Whether a decided plan may make an award less: told, reasoned, heard where it must be, by three people."""
    if plan.noticed_on is None or plan.decided_on is None or not plan.reason.strip():
        return False
    people = {plan.proposed_by, plan.checked_by, plan.decided_by}
    heard = plan.hearing is not None or plan.decided_on < DUTY
    return heard and len(people) == 3 and not people & {None, KIN}


def violation(before: World, after: World, verb: str) -> str | None:
    """Why the law forbids this step; None when it does not."""
    was, now = before.award, after.award
    stopped = was.status != "STOPPED" and now.status == "STOPPED"
    cut = now.amount_fen < was.amount_fen
    suspended = was.status != "SUSPENDED" and now.status == "SUSPENDED" and verb != "hold"
    if verb == "hold" and now.amount_fen != was.amount_fen:
        return "a hold took the entitlement"
    if not (stopped or cut or suspended) or verb == "death":
        return None
    if verb == "taper_ends":
        return None if before.tapered_lawfully else "a taper ended that nobody was heard about"
    return None if lawful(before.plan) else f"{verb} made the award less unlawfully"


def steps(world: World) -> Iterator[tuple[str, World]]:
    """Every world that one verb, or time, leads to. A verb that is refused has changed nothing (a test of its own)."""
    if world.day + 1 < len(DAYS):
        yield "time", replace(world, day=world.day + 1)
    award, plan = copy(world.award), copy(world.plan)
    for name, verb in award_verbs(world.plan, world.on):
        with suppress(Refusal):
            verb(award, world.plan, world.on)
            lawfully = world.tapered_lawfully or (name == "taper" and lawful(world.plan))
            yield name, replace(world, award=award, tapered_lawfully=lawfully)
            award = copy(world.award)
    for name, verb in plan_verbs():
        with suppress(Refusal):
            verb(world.award, plan, world.on)
            yield name, replace(world, plan=plan)
            plan = copy(world.plan)


def explore(first: World) -> tuple[list[str], set[str], set[str]]:
    """(violations with the way that led there, verbs that did something, states that were reached)."""
    start_at: tuple[World, tuple[str, ...]] = (first, ())
    seen, queue = {first.key}, deque([start_at])
    wrong: list[str] = []
    used: set[str] = set()
    states: set[str] = set()
    while queue:
        world, way = queue.popleft()
        states |= {f"award {world.award.status}", f"plan {world.plan.status}"}
        for verb, after in steps(world):
            used.add(verb)
            found = violation(world, after, verb)
            if found is not None:
                wrong.append(f"{' → '.join((*way, verb))}: {found}")
                continue
            if after.key not in seen:
                seen.add(after.key)
                queue.append((after, (*way, verb)))
    return wrong, used, states


@pytest.mark.parametrize("kind", intervention.KINDS)
def test_no_path_but_a_death_makes_an_award_less_without_notice_hearing_and_reason(kind: str):
    wrong, used, states = explore(start(kind, "收入变化"))
    assert wrong == []
    assert {"award ACTIVE", "award REVIEWING", "award SUSPENDED", "award STOPPED"} <= states
    assert {"plan DONE", "plan DROPPED"} <= states
    assert {"hear", "decide", "finish", "death"} <= used
    assert ("award TAPER" in states) is (kind == "TAPER")


@pytest.mark.parametrize("kind", ["RAISE", "REDUCE", "STOP", "SUSPEND"])
def test_neither_does_one_out_of_a_taper(kind: str):
    wrong, used, states = explore(start(kind, "收入变化", tapers=True))
    assert wrong == []
    assert {"restore", "taper_ends"} <= used
    assert {"award TAPER", "award ACTIVE", "award SUSPENDED", "award STOPPED"} <= states


def test_without_a_reason_nothing_comes_of_it_but_a_raise():
    for kind in ("RAISE", "STOP"):
        wrong, _, states = explore(start(kind, " "))
        assert wrong == []
        assert ("plan DECIDED" in states) is (kind == "RAISE")


@pytest.mark.parametrize("without", BREAKS)
def test_a_model_that_forgets_the_hearing_or_the_decision_is_found_out(without: str):
    wrong, _, _ = explore(start("STOP", "收入变化", without))
    assert any(found.endswith("stop made the award less unlawfully") for found in wrong)


def verbs_of(record: type[Any]) -> set[str]:
    """The public functions that a record's own class defines, and its properties not."""
    return {n for n, f in vars(record).items() if inspect.isfunction(f) and not n.startswith("_")}


def test_a_verb_that_is_refused_has_changed_nothing():
    world = start("STOP", "收入变化")
    for name, verb in (*award_verbs(world.plan, world.on), *plan_verbs()):
        award, plan = copy(world.award), copy(world.plan)
        try:
            verb(award, plan, world.on)
        except Refusal:
            assert (award, plan) == (world.award, world.plan), name


def test_every_verb_of_the_model_was_tried():
    plan = start("STOP", "x").plan
    assert {name for name, _ in award_verbs(plan, DAYS[0])} - {"death"} == verbs_of(Award)
    assert {name for name, _ in plan_verbs()} == verbs_of(Intervention)


def test_the_amounts_of_this_check_are_a_cut():
    assert LITTLE.amount < MUCH.amount == Money.yuan("600.00")
    assert sum(line.amount.fen for line in LINES) < MUCH.amount.fen
