"""国务院令649号 art. 68, 社会救助法 art. 73, domain §8.7: what was paid beyond what was due is taken back."""

from datetime import date

import pytest

from doudi.money import Money
from payments import rules


@pytest.mark.parametrize(
    ("paid", "due", "beyond"),
    [
        ("600.00", "220.00", "380.00"),  # E22: June and July
        ("600.00", "600.00", "0.00"),  # E22: May, the month of death
        ("600.01", "600.00", "0.01"),
        ("599.99", "600.00", "0.00"),  # too little is arrears, never set off here
        ("600.00", "0.00", "600.00"),
    ],
)
def test_8_7_overpaid_is_what_was_paid_less_what_is_due(paid, due, beyond):
    assert str(rules.overpaid(Money.yuan(paid), Money.yuan(due))) == beyond


@pytest.mark.parametrize(
    ("on", "clause"),
    [(date(2026, 6, 30), "国务院令649号 68"), (date(2026, 7, 1), "社会救助法 73")],
)
def test_68_73_what_was_concealed_is_given_back_by_the_text_in_force(on, clause):
    found = rules.recovered_for_concealment("少报务工收入", on=on)
    assert (found.clause, found.met, found.because) == (clause, True, "隐瞒、虚报：少报务工收入")


def test_8_7_without_fault_no_article_on_fraud_is_cited():
    found = rules.recovered_without_fault("成员死亡，报告较晚")
    assert (found.clause, found.because) == ("domain.md 8.7 (no fault)", "家庭无过错：成员死亡，报告较晚")


@pytest.mark.parametrize(
    ("heard_on", "on", "met"),
    [
        (None, date(2026, 6, 30), True),
        (None, date(2026, 7, 1), False),
        (date(2026, 7, 1), date(2026, 7, 1), True),
        (date(2026, 7, 2), date(2026, 7, 1), False),
        (date(2020, 7, 21), date(2020, 7, 21), True),
        (date(2020, 7, 22), date(2020, 7, 21), False),
    ],
)
def test_8_7_from_july_2026_the_household_is_heard_before_the_decision(heard_on, on, met):
    assert rules.heard_before_recovery(heard_on, on=on).met is met


@pytest.mark.parametrize(("opened_by", "by", "met"), [("a", "b", True), ("a", "a", False), ("a", "A", True)])
def test_8_5_who_opened_a_recovery_does_not_decide_on_it(opened_by, by, met):
    assert rules.decided_by_another(opened_by, by).met is met


@pytest.mark.parametrize(("proposed_by", "by", "met"), [("a", "b", True), ("a", "a", False)])
def test_8_5_a_write_off_has_two_people(proposed_by, by, met):
    assert rules.written_off_by_a_second(proposed_by, by).met is met


@pytest.mark.parametrize(
    ("amount", "room", "shares"),
    [
        ("380.00", ("380.00", "380.00"), ("380.00", "0.00")),
        ("380.01", ("380.00", "380.00"), ("380.00", "0.01")),
        ("0.01", ("0.00", "380.00"), ("0.00", "0.01")),
        ("760.01", ("380.00", "380.00"), ("380.00", "380.00")),  # no part takes more than it has room for
    ],
)
def test_8_7_the_earliest_months_are_made_good_first(amount, room, shares):
    found = rules.spread(Money.yuan(amount), [Money.yuan(part) for part in room])
    assert [str(share) for share in found] == list(shares)
