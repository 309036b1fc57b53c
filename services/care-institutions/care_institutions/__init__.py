"""care-institutions: who lives in a home, how able they are, and whether there are staff enough (seed 二(三)8-10).

Decides: whose turn a bed is, the self-care grade, and whether 1:3, 1:6, 1:10 is kept.
Hears: DeathReported
Says: InstitutionRegistered, RosterChanged, ResidentAdmitted, ResidentLeft, SelfCareAssessed, StaffingFellShort, StaffingRecovered
Does not: decide who is tekun, nor pay care money.
"""  # noqa: E501 -- the charter has one line for each heading
