"""/v1/redeterminations: a changed standard on the live awards, from the dry-run to the last award."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, Role, allow
from doudi.errors import Invalid
from doudi.service import IfMatch, Page, Paging, Router, Tx, etag
from eligibility.api.cases import COUNTY, READERS
from eligibility.api.certificate_views import NoticeView
from eligibility.api.redetermination_forms import Approve, Propose
from eligibility.api.redetermination_views import RedeterminationView, RescreenedView, ResultView
from eligibility.api.rescreening_views import RegisteredView
from eligibility.handlers import redetermination
from eligibility.model import Progress, Redetermination
from eligibility.store import mass_notices, rescreening
from eligibility.store import redetermination as store

router = Router(prefix="/v1/redeterminations", tags=["redeterminations"])


def shown(job: Redetermination, response: Response) -> RedeterminationView:
    """The redetermination after an act, with its version."""
    etag(response, job.version)
    return RedeterminationView.of(job)


@router.post("", status_code=201)
async def propose(
    request: Propose, tx: Tx, response: Response, who: Principal = allow(Role.COUNTY_CLERK)
) -> RedeterminationView:
    """A dry-run on the live awards; a large division is counted as a job, see `done` of `total`. Nothing is changed."""
    if bool(request.standard_ids) == (request.draft is not None):
        raise Invalid(field="draft", detail="标准编号与草案二者取一")
    draft = request.draft.draft() if request.draft else None
    job = await redetermination.propose(request.division, request.from_month, request.standard_ids, draft, tx)
    return shown(job, response)


@router.get("")
async def list_redeterminations(
    tx: Tx, paging: Paging, status: Progress | None = None, who: Principal = allow(*READERS)
) -> Page[RedeterminationView]:
    """Those of the caller's subtree."""
    state = status.value if status else None
    rows = await store.jobs(tx, "REDETERMINATION", status=state, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RedeterminationView.of)


@router.get("/{id}")
async def get_redetermination(
    id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)
) -> RedeterminationView:
    """One, with its progress and figures."""
    return shown(await store.job_to_see(tx, id, "REDETERMINATION"), response)


@router.get("/{id}/awards")
async def list_results(
    id: UUID,
    tx: Tx,
    paging: Paging,
    outcome: Literal["GAINS", "LOSES", "LEAVES", "SAME"] | None = None,
    listed: bool = False,
    changed: bool = False,
    who: Principal = allow(*READERS),
) -> Page[ResultView]:
    """Award by award; `listed`: what a person has to look at; `changed`: what changed after the dry-run, and why."""
    job = await store.job_to_see(tx, id, "REDETERMINATION")
    filters = store.ResultFilters(outcome, listed, changed)
    rows = await store.results_page(tx, job.id, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ResultView.of)


@router.get("/{id}/rescreened")
async def list_rescreened(id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[RescreenedView]:
    """Households that were refused lately and would qualify now: somebody calls on each (应保尽保)."""
    job = await store.job_to_see(tx, id, "REDETERMINATION")
    rows = await store.rescreened_page(tx, job.id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RescreenedView.of)


@router.get("/{id}/notices")
async def list_notices_of_the_change(
    id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)
) -> Page[NoticeView]:
    """The notice of every household that it adjusted, to print and hand over; `/v1/notices/{id}.pdf` is the paper."""
    job = await store.job_to_see(tx, id, "REDETERMINATION")
    rows = await mass_notices.page(tx, job.id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, lambda notice: NoticeView.of(notice, tx, who))


@router.get("/{id}/registered")
async def list_registered(id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[RegisteredView]:
    """Registered households that nobody covers and that are below the new line (卫民发〔2019〕21号 二(一)3)."""
    job = await store.job_to_see(tx, id, "REDETERMINATION")
    rows = await rescreening.page(tx, job.id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RegisteredView.of)


@router.post("/{id}/approve")
async def approve(
    id: UUID, request: Approve, tx: Tx, if_match: IfMatch, response: Response,
    who: Principal = allow(Role.COUNTY_LEADER),
) -> RedeterminationView:  # fmt: skip
    """A second person approves the results with this hash; never the maker."""
    return shown(await redetermination.approve(id, request.sha256, tx, if_match), response)


@router.post("/{id}/execute")
async def execute(
    id: UUID, tx: Tx, if_match: IfMatch, response: Response, who: Principal = allow(*COUNTY)
) -> RedeterminationView:
    """Settles every award as approved, in batches that may stop at any point; a draft becomes a standard."""
    return shown(await redetermination.execute(id, tx, if_match), response)
