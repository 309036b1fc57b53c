"""/v1/samples: which homes of a township the county visits in a quarter, with the seed to draw them again."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from fastapi import Query

from doudi.auth import Principal, allow
from doudi.errors import NotFound
from doudi.service import Router, Tx
from eligibility import rules
from eligibility.api.cases import READERS
from eligibility.api.life_views import SampleEntryView, SampleView
from eligibility.store import samples

router = Router(prefix="/v1/samples", tags=["samples"])


@router.get("")
async def get_sample(
    tx: Tx,
    township: Annotated[str, Query(pattern="^[0-9]{9}([0-9]{3})?$", description="Township: 9 or 12 digits")],
    quarter: Annotated[str, Query(pattern="^[0-9]{4}Q[1-4]$", description="Quarter: 2020Q1")],
    programme: Annotated[Literal["DIBAO", "TEKUN"], Query(description="Whose homes")] = "DIBAO",
    who: Principal = allow(*READERS),
) -> SampleView:
    """Seed, frame and list of a quarter, and the draw again (民发〔2012〕220号 art. 26, 民发〔2021〕43号 art. 16)."""
    code = township[: len("640522105")]
    of = rules.sampling.Frame(programme, code, quarter)
    frame = await samples.frame(tx, of)
    if frame is None or not (code.startswith(who.prefix) or who.prefix.startswith(code)):
        raise NotFound
    entries = [SampleEntryView.model_validate(dict(row)) for row in await samples.entries(tx, of)]
    again = rules.sampling.redraw(frame["seed"], [str(e.case_id) for e in entries], Fraction(frame["rate"]))
    return SampleView(
        **{k: frame[k] for k in ("programme", "township", "quarter", "seed", "rate", "opened_on", "size", "drawn")},
        visited=sum(e.visited_on is not None for e in entries),
        entries=entries,
        redrawn=[e.case_id for e, drawn in zip(entries, again, strict=True) if drawn],
        equal=again == [e.drawn for e in entries],
    )
