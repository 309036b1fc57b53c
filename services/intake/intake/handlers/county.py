"""What intake hears from the county."""

from __future__ import annotations

from doudi.events.eligibility import ApplicationReturned, DecisionIssued
from doudi.transaction import Transaction
from intake import store


async def decision_issued(event: DecisionIssued, tx: Transaction) -> None:
    """The county decided (民发〔2012〕220号 art. 26, 29); the people may apply anew."""
    application = await store.application_for_update(tx, event.application_id)
    unmet = [finding.because for finding in event.findings if not finding.met]
    approved = event.outcome == "APPROVED"
    application.decided(
        event.decision_id, approved=approved, on=event.decided_on, reason="" if approved else "；".join(unmet)
    )
    await store.release_members(tx, application.id)


async def application_returned(event: ApplicationReturned, tx: Transaction) -> None:
    """The county sent the case back; where the applicant has withdrawn meanwhile, nothing is left to do."""
    application = await store.application_for_update(tx, event.application_id)
    if not application.closed:
        application.returned(event.reason)
