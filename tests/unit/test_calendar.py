"""Working days, terms and months (domain §0.2; 民法典 art. 201, 203)."""

import subprocess
import sys
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import chinese_calendar
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from doudi.calendar import Calendar, CalendarUnknown, DayKind, Month

CALENDAR = Calendar.load()
SHIPPED = resources.files("doudi") / "data" / "calendar.yaml"
GENERATOR = Path(__file__).parents[2] / "shared" / "generate_calendar.py"


def test_every_day_of_2019_to_2026_agrees_with_chinesecalendar() -> None:
    day, differing = date(2019, 1, 1), []
    while day <= date(2026, 12, 31):
        if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_the_table_is_what_its_script_writes_and_each_year_names_its_notice() -> None:
    written = subprocess.run([sys.executable, str(GENERATOR)], check=True, capture_output=True, timeout=60)
    text = SHIPPED.read_text(encoding="utf-8")
    assert written.stdout.decode() == text
    years = yaml.safe_load(text)["years"]
    assert list(years) == list(range(2019, 2027))
    assert all(f"国务院办公厅关于{y}年部分节假日安排的通知（国办发明电" in years[y]["source"] for y in years)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 3, 11), True),
        (date(2020, 3, 14), False),  # Saturday
        (date(2020, 1, 19), True),  # Sunday worked for the Spring Festival
        (date(2020, 1, 31), False),  # 国办发明电〔2020〕1号 lengthened the festival
        (date(2020, 2, 1), False),  # a make-up day of the first plan, which the second took back
        (date(2020, 2, 3), True),
        (date(2019, 5, 5), True),  # Sunday worked by 国办发明电〔2019〕3号
        (date(2026, 10, 10), True),
    ],
)
def test_weekends_holidays_and_make_up_days(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


def test_E25_the_emergency_ended_on_11_march_the_papers_are_due_on_25_march() -> None:
    assert CALENDAR.add_working_days(date(2020, 3, 11), 10) == date(2020, 3, 25)
    assert CALENDAR.period_end(date(2020, 3, 11), 10, DayKind.WORKING) == date(2020, 3, 25)


def test_E16_reported_on_2_march_reassessed_by_16_march() -> None:
    assert CALENDAR.add_working_days(date(2020, 3, 2), 10) == date(2020, 3, 16)


@pytest.mark.parametrize(
    ("event", "days", "kind", "roll", "end"),
    [
        (date(2020, 3, 2), 7, DayKind.CALENDAR, False, date(2020, 3, 9)),  # the day of the event does not count
        (date(2020, 3, 7), 7, DayKind.CALENDAR, False, date(2020, 3, 14)),  # a Saturday stays when it does not roll
        (date(2020, 3, 7), 7, DayKind.CALENDAR, True, date(2020, 3, 16)),
        (date(2020, 9, 24), 7, DayKind.CALENDAR, True, date(2020, 10, 9)),  # 1 October: to the day after the holidays
        (date(2020, 9, 20), 7, DayKind.CALENDAR, True, date(2020, 9, 27)),  # a Sunday that is worked ends it
        (date(2020, 9, 30), 1, DayKind.WORKING, False, date(2020, 10, 9)),
        (date(2020, 9, 25), 1, DayKind.WORKING, False, date(2020, 9, 27)),  # Friday, then the worked Sunday
        (date(2020, 3, 14), 0, DayKind.WORKING, False, date(2020, 3, 14)),
    ],
)
def test_民法典_201_203_the_end_of_a_term(event: date, days: int, kind: DayKind, roll: bool, end: date) -> None:
    assert CALENDAR.period_end(event, days, kind, roll=roll) == end


@given(st.dates(date(2019, 1, 1), date(2026, 6, 30)), st.integers(1, 60))
def test_a_term_holds_as_many_working_days_as_it_says_and_ends_on_one(event: date, days: int) -> None:
    end = CALENDAR.add_working_days(event, days)
    inside = [event + timedelta(days=i) for i in range(1, (end - event).days + 1)]
    assert sum(map(CALENDAR.is_working_day, inside)) == days
    assert CALENDAR.is_working_day(end)


def test_a_term_of_less_than_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no days"):
        CALENDAR.add_working_days(date(2020, 3, 11), -1)
    with pytest.raises(ValueError, match="no days"):
        CALENDAR.period_end(date(2020, 3, 11), -1, DayKind.CALENDAR)


def test_a_year_that_is_not_loaded_is_not_guessed_and_the_refusal_says_what_to_load() -> None:
    with pytest.raises(CalendarUnknown, match="国务院办公厅关于2027年部分节假日安排的通知"):
        CALENDAR.is_working_day(date(2027, 1, 4))
    with pytest.raises(CalendarUnknown, match="2027"):
        CALENDAR.add_working_days(date(2026, 12, 31), 1)
    with pytest.raises(CalendarUnknown, match="2027"):
        CALENDAR.period_end(date(2026, 12, 28), 7, DayKind.CALENDAR, roll=True)
    assert CALENDAR.period_end(date(2026, 12, 28), 7, DayKind.CALENDAR) == date(2027, 1, 4)


def test_a_new_year_is_loaded_beside_the_shipped_ones() -> None:
    plan = {2027: {"source": "通知", "holidays": [date(2027, 1, 1)], "make_up": [date(2027, 1, 3)]}}
    calendar = Calendar.load(plan)
    assert calendar.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 3)
    assert calendar.is_working_day(date(2020, 1, 19))
    with pytest.raises(CalendarUnknown):
        Calendar.load().is_working_day(date(2027, 1, 4))


def test_an_override_replaces_a_year_whole() -> None:
    calendar = Calendar.load({2020: {"source": "通知", "holidays": [], "make_up": []}})
    assert calendar.is_working_day(date(2020, 1, 1))
    assert not calendar.is_working_day(date(2020, 1, 19))


@pytest.mark.parametrize(
    "plan",
    [
        {"source": "", "holidays": [], "make_up": []},
        {"source": "通知", "holidays": [date(2026, 12, 31)], "make_up": []},
        {"source": "通知", "holidays": [date(2027, 1, 1)], "make_up": [date(2027, 1, 1)]},
    ],
)
def test_a_plan_that_cannot_be_right_is_refused(plan: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="2027"):
        Calendar.load({2027: plan})


class Benefit(BaseModel):
    month: Month


@pytest.mark.parametrize(
    "bad", ["2020-13", "2020-00", "2020-3", "202003", "2020-03 ", "2020-03\n", "0000-01", "9999-12"]
)
def test_a_month_is_written_one_way(bad: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        Month.parse(bad)
    with pytest.raises(ValidationError) as caught:
        Benefit.model_validate({"month": bad})
    assert [e["loc"] for e in caught.value.errors()] == [("month",)]


def test_months_are_counted_and_ordered() -> None:
    assert Month.parse("2020-03").plus(11) == Month.parse("2021-02")  # E11: month 1 … month 12
    assert Month.parse("2020-12").next() == Month.parse("2021-01")
    assert Month.parse("2020-01").previous() == Month.parse("2019-12")
    assert Month.of(date(2020, 3, 31)) == Month.parse("2020-03") < Month.parse("2020-04")
    assert Month.parse("2020-02").first_day == date(2020, 2, 1)
    assert Month.parse("2020-02").last_day == date(2020, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(-600, 600))
def test_going_there_and_back_is_the_same_month(day: date, months: int) -> None:
    month = Month.of(day)
    assert month.plus(months).plus(-months) == month
    assert Month.parse(str(month)) == month
    assert month.first_day <= day <= month.last_day


def test_a_month_is_a_string_outside() -> None:
    benefit = Benefit.model_validate_json('{"month": "2020-03"}')
    assert benefit.model_dump_json() == '{"month":"2020-03"}'
    assert Benefit(month=Month(2020, 3)) == benefit
    assert Benefit.model_json_schema()["properties"]["month"]["type"] == "string"
