"""A notice as PDF (A4), with its Chinese font inside: it reads the same on a machine that has no Chinese font."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from eligibility.api.certificate_views import NoticeView

_TEMPLATE = Path(__file__).with_name("notice.typ")


@cache
def _fonts() -> typst.Fonts:
    """Noto Serif SC (SIL Open Font License) alone; what the machine has is not looked at."""
    folder = str(pylopdf_fonts_zh_cn.serif_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _printable() -> frozenset[int]:
    """The characters that the font has."""
    with TTFont(pylopdf_fonts_zh_cn.serif_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


_MISSING = "〓"


def _set(text: str) -> str:
    """The text as it can be printed: a rare character that the font lacks is a mark to write over, never a blank."""
    return "".join(c if ord(c) in _printable() or c.isspace() else _MISSING for c in text)


def pdf(notice: NoticeView) -> bytes:
    """The document. The same notice gives the same bytes; glyphs that it does not use are not in it."""
    day = notice.decided_on
    told = {
        "office": notice.office,
        "title": notice.title,
        "number": str(notice.id),
        "addressee": notice.addressee or "申请人",
        "lead": notice.lead,
        "reasons": notice.reasons,
        "rule_set": notice.rule_set,
        "rights": notice.rights,
        "hotline": notice.hotline,
        "on": f"{day.year}年{day.month}月{day.day}日",
    }
    printed = json.dumps(told, ensure_ascii=False)
    whole = _set(printed)
    told = {**json.loads(whole), "by_hand": _MISSING if whole != printed else ""}
    inputs = {"told": json.dumps(told, ensure_ascii=False)}
    made = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs, timestamp=0
    )
    assert isinstance(made, bytes)
    return made
