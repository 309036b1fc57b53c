"""The service care-institutions, as a table of contents."""

from __future__ import annotations

from care_institutions.api import homes, people
from care_institutions.handlers import residents, staffing
from care_institutions.store.measures import MEASURES
from doudi.consumer import Hears
from doudi.events import care_institutions as events
from doudi.events import intake
from doudi.service import service

HEARS: Hears = {
    intake.DeathReported: residents.death_reported,
}
SAYS = (
    events.InstitutionRegistered,
    events.RosterChanged,
    events.ResidentAdmitted,
    events.ResidentLeft,
    events.SelfCareAssessed,
    events.StaffingFellShort,
    events.StaffingRecovered,
)
SERVICE = service(
    "care-institutions",
    package="care_institutions",
    hears=HEARS,
    says=SAYS,
    routers=[homes.institutions, homes.roster, people.of_homes, people.residents, people.waiting],
    every=[staffing.judge_the_day],
    measures=MEASURES,
)
