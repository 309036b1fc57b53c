"""/v1/simulations: what a standard or another number would do; no award is touched."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import Response

from doudi.auth import Principal, allow
from doudi.errors import Invalid
from doudi.service import Page, Paging, Router, Tx, etag
from eligibility.api.cases import COUNTY, READERS
from eligibility.api.redetermination_forms import Simulate
from eligibility.api.redetermination_views import RescreenedView, ResultView, SimulationView
from eligibility.api.rescreening_views import PersonResultView, RegisteredView
from eligibility.handlers import simulation
from eligibility.model import Redetermination
from eligibility.store import redetermination as store
from eligibility.store import rescreening

router = Router(prefix="/v1/simulations", tags=["simulations"])


def shown(job: Redetermination, response: Response) -> SimulationView:
    """The simulation with its version."""
    etag(response, job.version)
    return SimulationView.of(job)


@router.post("", status_code=201)
async def simulate(request: Simulate, tx: Tx, response: Response, who: Principal = allow(*COUNTY)) -> SimulationView:
    """Who would enter, leave, gain and lose, and what it costs; a large division is counted as a job with progress."""
    changes = request.asked()
    if not changes and request.rule_set is None:
        raise Invalid(field="changes", detail="未列出任何变化")
    made = await simulation.simulate(request.division, request.from_month, changes, tx, under=request.rule_set)
    return shown(made, response)


@router.get("/{id}")
async def get_simulation(id: UUID, tx: Tx, response: Response, who: Principal = allow(*READERS)) -> SimulationView:
    """Its progress and figures."""
    return shown(await store.job_to_see(tx, id, "SIMULATION"), response)


@router.get("/{id}/awards")
async def list_simulated(
    id: UUID, tx: Tx, paging: Paging, outcome: str | None = None, who: Principal = allow(*READERS)
) -> Page[ResultView]:
    """Award by award."""
    job = await store.job_to_see(tx, id, "SIMULATION")
    filters = store.ResultFilters(outcome)
    rows = await store.results_page(tx, job.id, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, ResultView.of)


@router.get("/{id}/entering")
async def list_entering(id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[RescreenedView]:
    """Households that were refused lately and would qualify."""
    job = await store.job_to_see(tx, id, "SIMULATION")
    rows = await store.rescreened_page(tx, job.id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RescreenedView.of)


@router.get("/{id}/people")
async def list_people(
    id: UUID,
    tx: Tx,
    paging: Paging,
    outcome: Literal["GAINS", "LOSES", "LEAVES", "SAME"] | None = None,
    who: Principal = allow(*READERS),
) -> Page[PersonResultView]:
    """Award by award, those of the programmes that one person holds."""
    job = await store.job_to_see(tx, id, "SIMULATION")
    rows = await rescreening.people_page(tx, job.id, outcome, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, PersonResultView.of)


@router.get("/{id}/registered")
async def list_registered(id: UUID, tx: Tx, paging: Paging, who: Principal = allow(*READERS)) -> Page[RegisteredView]:
    """Registered households that nobody covers and that would be below the line."""
    job = await store.job_to_see(tx, id, "SIMULATION")
    rows = await rescreening.page(tx, job.id, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RegisteredView.of)
