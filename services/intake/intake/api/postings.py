"""/v1/postings: what hangs at the village board, for everyone, without a token (domain §4.3)."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from doudi.division import Division
from doudi.errors import Invalid
from doudi.sealed import Sealed
from doudi.service import InDivision, Page, Paging, Router, Tx, View
from intake import store
from intake.api.forms import ObjectionForm
from intake.handlers import posting
from intake.handlers.settings import IntakeSettings
from intake.model import Posting

router = Router(prefix="/v1/postings", tags=["postings"])


class PostingView(View):
    """All that a posting shows: never an ID number, an account, a phone, an address, an illness, an income, a child."""

    id: UUID
    applicant: str | None
    """None: the applicant is a child, whose name is not shown."""
    members: int
    village: str
    posted_on: date
    ends_on: date
    hotline: str

    @classmethod
    def of(cls, posting: Posting, tx: Tx) -> PostingView:
        """What the village sees."""
        name = posting.applicant_name
        return cls(
            id=posting.id,
            applicant=tx.keys.open(Sealed(name), "person.name") if name else None,
            members=posting.members,
            village=Division(posting.division).name,
            posted_on=posting.posted_on,
            ends_on=posting.ends_on,
            hotline=cast(IntakeSettings, tx.settings).hotline,
        )


@router.get("")
async def list_postings(division: InDivision, tx: Tx, paging: Paging) -> Page[PostingView]:
    """What hangs today in a division; without one, nobody's postings are told."""
    if division is None:
        raise Invalid(field="division", detail="必填 / required")
    rows = await store.postings_page(
        tx, division=division.prefix, today=tx.today, after=paging.after, limit=paging.limit + 1
    )
    return Page.of(rows, paging, lambda row: PostingView.of(row, tx))


@router.get("/{id}")
async def get_posting(id: UUID, tx: Tx) -> PostingView:
    """A posting while it hangs; afterwards it is not found."""
    return PostingView.of(await posting.hanging(id, tx), tx)


class Received(View):
    """The objection is received; its number is for asking about it."""

    id: UUID
    objected_on: date


@router.post("/{id}/objections", status_code=201)
async def object_to(id: UUID, request: ObjectionForm, tx: Tx) -> Received:
    """Anyone objects while it hangs; it is taken down and the matter is looked into."""
    objection = await posting.object_to(id, request.statement, request.name, request.phone, tx)
    return Received(id=objection.id, objected_on=objection.objected_on)
