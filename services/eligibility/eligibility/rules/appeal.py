"""行政复议法 and 行政诉讼法 (domain §4.6): what a family can do against a decision; every notice says it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doudi.dated import Parameters
from doudi.law import clause
from eligibility.rules.numbers import DESIGN, RELIEF

REVIEW_LAW = "行政复议法"
COURT_LAW = "行政诉讼法"

TERMS = Parameters.load(Path(__file__).with_name("notices.yaml"))


def _whole(key: str, on: date) -> int:
    return int(TERMS.at(key, on=on).number)


@clause(REVIEW_LAW, "20", "自知道或者应当知道行政行为之日起六十日内可以申请行政复议")
def review(on: date) -> str:
    """The right to an administrative review, and by whom, as a sentence. `on`: the day of the decision."""
    days, by = _whole("appeal.review_days", on), str(TERMS.at("appeal.review_authority", on=on).value)
    return f"如不服本决定，可自收到本通知之日起 {days} 日内向{by}申请行政复议"


@clause(COURT_LAW, "46", "自知道或者应当知道作出行政行为之日起六个月内可以直接提起诉讼")
def suit(on: date) -> str:
    """The right to go to court at once, as a sentence."""
    return f"也可自收到本通知之日起 {_whole('appeal.suit_months', on)} 个月内直接向人民法院提起行政诉讼"


@clause(COURT_LAW, "45", "不服复议决定的，收到复议决定书之日起十五日内可以提起诉讼")
def suit_after_review(on: date) -> str:
    """The right to go to court after a review, as a sentence."""
    days = _whole("appeal.suit_days_after_review", on)
    return f"对行政复议决定不服的，可自收到复议决定书之日起 {days} 日内提起行政诉讼"


@clause(RELIEF, "65", "对作出的具体行政行为不服的，可以依法申请行政复议或者提起行政诉讼")
def rights(on: date) -> str:
    """All three, as one paragraph."""
    return f"{review(on)}；{suit(on)}；{suit_after_review(on)}。"


@clause(DESIGN, "§4.8", "向申请人告知社会救助服务热线 12349")
def hotline(on: date) -> str:
    """The number to call."""
    return str(TERMS.at("contact.hotline", on=on).value)
