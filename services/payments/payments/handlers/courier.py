"""Carries confirmed files to the bank and results back. Whatever breaks in between, the same bytes go under the same
id, and the bank credits a payment id once."""

from __future__ import annotations

from typing import cast

import httpx
import structlog

from doudi.errors import Refusal
from doudi.service import Courier
from payments.handlers import results, runs
from payments.handlers.settings import PaymentsSettings
from payments.model import Run, RunState
from payments.model.refusals import FileChanged
from payments.store import runs as store

_LEASE_SECONDS = 60
_ASK_AGAIN_SECONDS = 1
_AGAIN_SECONDS = 5
_TIMEOUT = 60
_BY = "bank-courier"
_REFUSED = range(400, 500)
_TRY_LATER = (401, 403, 404, 408, 425, 429)
_NOT_DONE = 404
log = structlog.get_logger()


async def send_files(courier: Courier) -> int:
    """Sends the next confirmed file. Returns 1 when one was sent or refused for good, 0 when there is none.

    Raises httpx.HTTPError when the bank is away: the file stays due.
    """
    run = await _claimed(courier, RunState.CONFIRMED)
    if run is None:
        return 0
    try:
        body = await runs.verified(courier.runtime, run)
    except FileChanged as error:
        return await _in_trouble(courier, run, str(error))
    headers = {"X-File-Id": run.file_id, "Content-Type": "application/xml"}
    answer = await _talk(courier, run, "POST", "/v1/files", content=body, headers=headers)
    if answer.status_code in _REFUSED and answer.status_code not in _TRY_LATER:
        return await _in_trouble(courier, run, f"银行不接收该文件：HTTP {answer.status_code}")
    await _expect_success(courier, run, answer)
    async with courier.transaction() as tx:
        locked = await store.locked(tx, run.id)
        if locked is not None and locked.state is RunState.CONFIRMED:
            await results.sent(locked, tx)
        await store.not_before(tx, run.id, 0)
    return 1


async def fetch_results(courier: Courier) -> int:
    """Asks for the results of the next file that the bank has. Returns 1 when there were some, 0 otherwise."""
    run = await _claimed(courier, RunState.SENT)
    if run is None:
        return 0
    answer = await _talk(courier, run, "GET", f"/v1/files/{run.file_id}/results")
    if answer.status_code == _NOT_DONE:
        await _later(courier, run, _ASK_AGAIN_SECONDS)
        return 0
    await _expect_success(courier, run, answer)
    try:
        async with courier.transaction() as tx:
            locked = await store.locked(tx, run.id)
            assert locked is not None
            await results.take(locked, answer.content, tx, by=_BY)
            await store.not_before(tx, run.id, _AGAIN_SECONDS)
    except Refusal as error:
        return await _in_trouble(courier, run, f"回盘文件未被接收：{error}")
    return 1


async def _claimed(courier: Courier, state: RunState) -> Run | None:
    if cast(PaymentsSettings, courier.settings).bank_url is None:
        return None
    async with courier.transaction() as tx:
        return await store.claim(tx, state, _LEASE_SECONDS)


async def _talk(courier: Courier, run: Run, method: str, path: str, **more: object) -> httpx.Response:
    url = cast(PaymentsSettings, courier.settings).bank_url
    assert url is not None
    try:
        return await courier.http.request(method, f"{url.rstrip('/')}{path}", timeout=_TIMEOUT, **more)  # type: ignore[arg-type]
    except httpx.HTTPError:
        await _later(courier, run, _AGAIN_SECONDS)
        raise


async def _expect_success(courier: Courier, run: Run, answer: httpx.Response) -> None:
    if not answer.is_success:
        await _later(courier, run, _AGAIN_SECONDS)
        answer.raise_for_status()


async def _later(courier: Courier, run: Run, seconds: int) -> None:
    async with courier.transaction() as tx:
        await store.not_before(tx, run.id, seconds)


async def _in_trouble(courier: Courier, run: Run, what: str) -> int:
    """People must look; the courier leaves this run alone from now on."""
    log.error("bank file needs people", run_id=str(run.id), trouble=what)
    async with courier.transaction() as tx:
        locked = await store.locked(tx, run.id)
        assert locked is not None
        locked.in_trouble(what)
    return 1
