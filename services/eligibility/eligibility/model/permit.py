"""What lets an award become less. Only two things make one: a decided intervention, and a death."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

CUTS = frozenset({"REDUCE"})
STOPS = frozenset({"STOP", "TRANSFER", "SPLIT", "MERGE", "MOVE"})
"""Interventions after which the award pays no more; all but STOP go on in another award without a gap."""


@dataclass(frozen=True, slots=True)
class Permit:
    """That these awards may be changed so, and why. It is asked for by every verb that makes an award less."""

    kind: str
    awards: frozenset[UUID]
    because: str

    @classmethod
    def of_death(cls, award_id: UUID) -> Permit:
        """A person died: the award follows at once (domain §8.1). The notice goes out with it."""
        return cls("DEATH", frozenset({award_id}), "成员死亡")

    def lets(self, award_id: UUID, kinds: Collection[str]) -> bool:
        """Whether it is about this award and one of these acts. A death lets it be cut or stopped."""
        fits = self.kind in kinds or (self.kind == "DEATH" and bool(set(kinds) & (CUTS | STOPS)))
        return award_id in self.awards and fits
