"""民发〔2012〕220号 art. 26, 民发〔2021〕43号 art. 16, domain §4.10: homes the county visits, by township and quarter.

A case is decided in or out when it arrives, by a keyed hash that nobody chooses, and taken in wherever the share would
fall below the rate. Seed and order of arrival make the whole draw again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from doudi.law import clause
from eligibility.rules.numbers import DESIGN, PARAMETERS, REVIEW

_QUARTER = len(("first", "second", "third"))
_TOWNSHIP = len("640522105")


class Frame(NamedTuple):
    """What is drawn from: DIBAO or a programme of one person, the township's code (9 digits), the quarter `2020Q1`."""

    programme: str
    township: str
    quarter: str


@clause(DESIGN, "§4.10 (frame)", "抽样按项目、按乡镇、按季度进行，不以全县为单位")
def frame_of(division: str, on: date, programme: str = "DIBAO") -> Frame:
    """The frame that a case of a day belongs to."""
    return Frame(programme, division[:_TOWNSHIP], f"{on.year:04d}Q{(on.month - 1) // _QUARTER + 1}")


@clause(REVIEW, "26 (share)", "入户抽查的比例不少于30%")
def rate(on: date) -> Fraction:
    """The share in force on a day; none where the rule set knows no share."""
    return Fraction(PARAMETERS.at("procedure.sample_rate", on=on).number)


@clause(DESIGN, "§4.10", "抽样可复现：种子、总体、名单均留存")
def draw(seed: str, case_id: str, share: Fraction, *, before: int, drawn_before: int) -> bool:
    """Whether the case is in. `before`: cases of the frame that came earlier; `drawn_before`: how many of them are in.

    At every moment at least the share, rounded up, is in; who is in is not known before the case has come.
    """
    digest = hashlib.sha256(f"{seed} {case_id}".encode()).digest()
    place = Fraction(int.from_bytes(digest, "big"), int.from_bytes(b"\xff" * len(digest), "big"))
    return place < share or drawn_before < ceil(share * (before + 1))


@clause(DESIGN, "§4.10 (again)", "任何人可按留存的种子和次序重新抽取，核对名单")
def redraw(seed: str, case_ids: Sequence[str], share: Fraction) -> list[bool]:
    """The whole draw once more, in the order of arrival."""
    drawn: list[bool] = []
    for case_id in case_ids:
        drawn.append(draw(seed, case_id, share, before=len(drawn), drawn_before=sum(drawn)))
    return drawn
