"""The month's money: opened, checked, confirmed, sent to the bank; what came back is paid again (domain §8)."""

from __future__ import annotations

import asyncio
from typing import Any

from doudi_local.demo.api import Town, until
from doudi_local.demo.people import COUNTY, Family
from doudi_local.errors import LocalError

_NEW_ACCOUNT = "6223040522109992888"
_TRIES = 30
_ANSWERED = "DONE"  # every line came back paid or returned


class Paymaster:
    """Maker, checker and finance: three people."""

    def __init__(self, town: Town) -> None:
        self._clerk = town.officer("county_clerk", COUNTY)
        self._maker = town.officer("payments_maker", COUNTY)
        self._checker = town.officer("payments_checker", COUNTY)
        self._finance = town.officer("finance", COUNTY)

    async def pays_the_month(self, month: str) -> None:
        """Every award's lines leave in one file, and the bank says what became of each."""
        expected = sum(len(award["insured"]) for award in await self._awards())
        await self._passes(await self._opens_complete(month, expected))

    async def corrects(self, family: Family) -> None:
        """The account is closed: the family brings another one."""
        [award] = [award for award in await self._awards() if award["application_id"] == family.application]
        proof = "原账户已销户，凭新存折原件更正"
        body = {"number": _NEW_ACCOUNT, "bank_code": "NXRCU", "proof": proof}
        await self._maker.post("payments", f"/v1/payees/{award['id']}/account", body)

    async def pays_again(self, month: str) -> None:
        """What came back is paid under its old keys, once."""
        body = {"division": COUNTY, "month": month, "kind": "REPAYMENT"}
        await self._passes(await self._maker.post("payments", "/v1/runs", body))

    async def _awards(self) -> list[dict[str, Any]]:
        return await self._clerk.all("eligibility", "/v1/awards")

    async def _opens_complete(self, month: str, expected: int) -> dict[str, Any]:
        """A run opened before payments has heard of the last award lacks its lines: cancelled, and opened again."""
        body = {"division": COUNTY, "month": month, "kind": "MONTHLY"}
        for attempt in range(_TRIES):
            run: dict[str, Any] = await self._maker.post("payments", "/v1/runs", body, round_=str(attempt))
            if run["lines"] == expected:
                return run
            because = {"because": "批准的低保金尚未全部列入，重新编制"}
            await self._maker.post("payments", f"/v1/runs/{run['id']}/cancel", because)
            await asyncio.sleep(1)
        raise LocalError(
            f"The run of {month} has {run['lines']} lines where {expected} are awarded; see payments' log."
        )

    async def _passes(self, run: dict[str, Any]) -> None:
        path = f"/v1/runs/{run['id']}"
        await self._checker.post("payments", f"{path}/check")
        await self._finance.post("payments", f"{path}/confirm")
        await until(
            f"the bank's results of run {run['id']}",
            lambda: self._maker.get("payments", path),
            lambda found: found["status"] == _ANSWERED,
        )
