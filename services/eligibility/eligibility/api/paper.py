"""A document as PDF (A4) by a typst template, with its Chinese font inside: it reads the same on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont


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


def pdf(template: Path, told: Mapping[str, Any]) -> bytes:
    """The document that says `told`, which is data and never markup; `told.by_hand` is the mark, when one is in it.

    The same content gives the same bytes; glyphs that it does not use are not in it.
    """
    printed = json.dumps(told, ensure_ascii=False)
    whole = _set(printed)
    said = {**json.loads(whole), "by_hand": _MISSING if whole != printed else ""}
    inputs = {"told": json.dumps(said, ensure_ascii=False)}
    made = typst.compile(
        template.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs, timestamp=0
    )
    assert isinstance(made, bytes)
    return made
