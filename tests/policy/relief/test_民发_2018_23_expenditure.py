"""民发〔2018〕23号 二(一)-(三): relief of the expenditure type: for whom, how much, posted, by whom, by when."""

from datetime import date

import pytest

from doudi.calendar import Calendar
from doudi.division import Division
from doudi.money import Money
from relief import rules
from relief.model import Step, step_leads

HAIYUAN = Division("640522105000")
ON = date(2020, 3, 6)
yuan = Money.yuan


@pytest.mark.parametrize(
    ("spending", "beyond", "met"),
    [("0.00", True, False), ("0.01", True, True), ("26000.00", True, True), ("26000.00", False, False)],
)
def test_二_一_spending_beyond_means_is_there_and_verified(spending, beyond, met):
    assert rules.spending_beyond_means(yuan(spending), beyond).met is met


@pytest.mark.parametrize(
    ("insured", "income", "met"),
    [
        ("NONE", "40799.99", True),
        ("NONE", "40800.00", False),  # 10,200 x 4: not below
        ("NONE", "40800.01", False),
        ("DIBAO", "40800.00", True),
        ("TEKUN", "40800.00", True),
    ],
)
def test_二_一_income_below_local_mean_of_last_year(insured, income, met):
    found = rules.income_below_local(insured, yuan(income), 4, on=ON, division=HAIYUAN)
    assert (found.met, found.clause) == (met, "民发〔2018〕23号 二(一)")


@pytest.mark.parametrize(
    ("insured", "within", "met"), [("NONE", True, True), ("NONE", False, False), ("DIBAO", False, True)]
)
def test_二_一_property_within_the_local_rules(insured, within, met):
    assert rules.property_within(insured, within).met is met


@pytest.mark.parametrize(
    ("persons", "months", "on", "amount"),
    [
        (4, 2, ON, "4800.00"),  # E25b: 600 x 4 x 2
        (1, 1, ON, "600.00"),
        (4, 2, date(2019, 12, 31), "4000.00"),
        (4, 2, date(2020, 1, 1), "4800.00"),
        (3, 1, date(2026, 1, 1), "2220.00"),
    ],
)
def test_二_三_amount_of_persons_months_and_base(persons, months, on, amount):
    sum_of, found = rules.amount_of(persons, months, on=on, division=HAIYUAN)
    assert (str(sum_of), found.met) == (amount, True)
    assert amount in found.because


@pytest.mark.parametrize(("months", "met"), [(0, False), (1, True), (6, True), (7, False)])
def test_6_5_months_possible_are_one_to_six(months, met):
    assert rules.months_possible(months, on=ON).met is met


@pytest.mark.parametrize(
    ("on", "over"), [(date(2020, 3, 12), False), (date(2020, 3, 13), False), (date(2020, 3, 14), True)]
)
def test_4_3_posting_ends_after_seven_days_and_posting_over_the_day_after(on, over):
    assert rules.posting_ends(ON) == date(2020, 3, 13)
    assert rules.posting_over(rules.posting_ends(ON), on=on).met is over


@pytest.mark.parametrize(
    ("on", "named"), [(date(2020, 3, 5), False), (date(2020, 3, 6), True), (date(2020, 3, 7), True)]
)
def test_4_3_named_in_posting_is_nobody_below_eighteen(on, named):
    assert rules.named_in_posting(date(2002, 3, 6), on=on) is named


def test_6_6_township_due_and_county_due_are_ten_working_days():
    calendar = Calendar.load()
    assert rules.township_due(date(2020, 3, 11), calendar) == date(2020, 3, 25)
    assert rules.county_due(date(2020, 3, 11), calendar) == date(2020, 3, 25)


@pytest.mark.parametrize(("by", "met"), [("county-1", True), ("clerk-1", False), ("leader-1", False)])
def test_8_5_decided_by_another_than_who_prepared_it(by, met):
    assert rules.decided_by_another(by, ["clerk-1", "clerk-2", "leader-1"]).met is met


@pytest.mark.parametrize(
    ("cause", "same"),
    [
        ("MEDICAL", {"MEDICAL", "SUDDEN_ILLNESS"}),
        ("SUDDEN_ILLNESS", {"MEDICAL", "SUDDEN_ILLNESS"}),
        ("EDUCATION", {"EDUCATION"}),
        ("FIRE", {"FIRE"}),
    ],
)
def test_6_5_same_matter_is_an_illness_and_its_bills(cause, same):
    assert set(rules.same_matter(cause)) == same


WAYS = {
    "ACCEPTED": {"REVIEWED", "WITHDRAWN"},
    "REVIEWED": {"POSTED", "COUNTY", "REFUSED", "WITHDRAWN"},
    "POSTED": {"REVIEWED", "COUNTY", "GRANTED", "REFUSED", "WITHDRAWN"},
    "COUNTY": {"RETURNED", "GRANTED", "REFUSED", "WITHDRAWN"},
    "RETURNED": {"REVIEWED", "WITHDRAWN"},
    "GRANTED": {"PAID"},
    "PAID": set(),
    "REFUSED": set(),
    "WITHDRAWN": set(),
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("to", Step)
def test_二_二_the_ways_of_a_request(step, to):
    assert step_leads(step, to) is (to in WAYS[step])
