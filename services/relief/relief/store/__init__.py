"""What relief keeps."""

from relief.store.cases import (
    Filters,
    case_for_update,
    case_of_payment,
    case_to_see,
    cases_page,
    emergencies_too_long,
    papers_overdue,
)
from relief.store.follow_ups import (
    follow_up_for_update,
    follow_up_of_payment,
    follow_up_pending,
    follow_up_to_see,
    follow_ups_of,
)
from relief.store.persons import grants_for_cause, hold_person, person_id_of
from relief.store.requests import (
    RequestFilters,
    hanging_page,
    keys_of,
    request_for_update,
    request_of_payment,
    request_to_see,
    requests_page,
    under_way,
)

__all__ = [
    "Filters",
    "RequestFilters",
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
    "hanging_page",
    "hold_person",
    "keys_of",
    "papers_overdue",
    "person_id_of",
    "request_for_update",
    "request_of_payment",
    "request_to_see",
    "requests_page",
    "under_way",
]
