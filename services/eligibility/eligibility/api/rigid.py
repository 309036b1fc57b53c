"""/v1/rigid-households: who is a 刚性支出困难家庭, since when and until when (刚性支出困难家庭认定办法 art. 10)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from doudi.auth import Principal, allow
from doudi.service import InDivision, Page, Paging, Router, Tx, View
from eligibility import store
from eligibility.api.cases import READERS
from eligibility.model.rigid import RigidStatus, StatusState

router = Router(prefix="/v1/rigid-households", tags=["rigid-households"])


class RigidStatusView(View):
    """A household's status; without a person's name. `cause`: TERM, DIBAO or DECIDED_ANEW, once it has ended."""

    id: UUID
    division: str
    status: str
    application_id: UUID
    household_id: UUID
    rule_set: str
    decided_on: date
    valid_until: date
    ended_on: date | None
    cause: str | None


@router.get("")
async def list_rigid_households(
    tx: Tx, paging: Paging, division: InDivision, status: StatusState | None = None, who: Principal = allow(*READERS)
) -> Page[RigidStatusView]:
    """Statuses of the caller's subtree, those that have ended too unless `status` says otherwise."""
    filters = store.Filters(status.value if status else None, division.prefix if division else None)
    rows = await store.page(tx, RigidStatus, filters, after=paging.after, limit=paging.limit + 1)
    return Page.of(rows, paging, RigidStatusView.model_validate)
