"""What relief keeps."""

from relief.store.cases import (
    Filters,
    case_for_update,
    case_of_payment,
    case_to_see,
    cases_page,
    emergencies_too_long,
    grants_for_cause,
    hold_person,
    papers_overdue,
    person_id_of,
)
from relief.store.follow_ups import (
    follow_up_for_update,
    follow_up_of_payment,
    follow_up_pending,
    follow_up_to_see,
    follow_ups_of,
)

__all__ = [
    "Filters",
    "case_for_update",
    "case_of_payment",
    "case_to_see",
    "cases_page",
    "emergencies_too_long",
    "follow_up_for_update",
    "follow_up_of_payment",
    "follow_up_pending",
    "follow_up_to_see",
    "follow_ups_of",
    "grants_for_cause",
    "hold_person",
    "papers_overdue",
    "person_id_of",
]
