"""What the bank answered: taken whole or not at all, then applied in pieces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args
from uuid import UUID

from doudi.events.payments import BankFileSent, PaymentReturned
from doudi.transaction import Transaction
from payments.handlers import common
from payments.model import Run, RunState
from payments.model.refusals import NotInThisState, ResultsRefused
from payments.store import results, runs
from payments.store.results import Result

COLUMNS = ("sequence", "payment_id", "status", "reason", "value_date")
REASONS = frozenset(get_args(PaymentReturned.model_fields["reason"].annotation))
_ERRORS_SHOWN = 500
# The outbox takes time in the square of what one transaction says: 2,000 at once took four times as long in all.
_AT_ONCE = 500
Errors = list[dict[str, str]]


async def bring(run_id: UUID, body: bytes, tx: Transaction, *, version: int | None) -> tuple[Run, int]:
    """Somebody brings the results file. Returns the run and how many lines are newly answered."""
    run = await common.run(tx, run_id, version)
    return run, await take(run, body, tx, by=common.officer(tx))


async def take(run: Run, body: bytes, tx: Transaction, *, by: str) -> int:
    """Records a results file; the same once more changes nothing. The first lines are settled at once, the rest of a
    large file soon after. Raises NotInThisState before the confirmation, and ResultsRefused with every wrong line.
    """
    if run.state not in (RunState.CONFIRMED, RunState.SENT, RunState.DONE):
        raise NotInThisState(detail="财政确认并送银行后方有回盘。")
    found = await _checked(run, read(body), tx)
    if run.state is RunState.CONFIRMED:  # finance downloaded the file and brought it to the bank
        await sent(run, tx)
    new = await results.stage(tx, run, found, by)
    if run.told:
        await settle(run, tx)
    return new


async def sent(run: Run, tx: Transaction) -> None:
    """The file is at the bank."""
    run.sent(on=tx.today)
    assert run.sha256 is not None
    await tx.announce(
        BankFileSent(
            run_id=run.id,
            file_id=run.file_id,
            lines=run.lines,
            total=run.total,
            sha256=run.sha256,
            sent_on=tx.today,
        )
    )


async def settle(run: Run, tx: Transaction) -> int:
    """Settles the next lines and says so; after the last one the run is done. Returns how many."""
    await tx.session.flush()
    rows = await results.apply(tx, run.id, _AT_ONCE)
    await common.say_settled(tx, rows)
    if run.state is RunState.SENT and not await results.unanswered(tx, run.id):
        run.done(on=tx.today)
    return len(rows)


async def settle_rest(tx: Transaction) -> int:
    """Goes on with the results of large files. Returns how many lines."""
    run = await runs.with_waiting_results(tx)
    return 0 if run is None else await settle(run, tx)


def read(body: bytes) -> list[tuple[int, Result]]:
    """The results with their row numbers (the header is row 1). Raises ResultsRefused naming each wrong row."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ResultsRefused(detail="回盘文件应为 UTF-8 / the file must be UTF-8") from error
    if "\x00" in text:
        raise ResultsRefused(detail="回盘文件含有空字符 / the file holds a NUL character")
    rows = csv.reader(io.StringIO(text))
    try:
        head = [name.strip() for name in next(rows, [])]
        if missing := [name for name in COLUMNS[1:] if name not in head]:
            raise ResultsRefused(detail=f"缺少列：{'、'.join(missing)} / missing columns")
        errors: Errors = []
        found = list(_results(rows, head, errors))
    except csv.Error as error:
        raise ResultsRefused(detail="不是合法的 CSV / not a CSV file") from error
    _refuse(errors)
    if not found:
        raise ResultsRefused(detail="回盘文件没有明细 / the file has no line")
    return found


def _results(rows: Iterator[list[str]], head: Sequence[str], errors: Errors) -> Iterator[tuple[int, Result]]:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        fields = dict(zip(head, (cell.strip() for cell in row), strict=False))
        try:
            yield number, _result(fields)
        except ValueError as error:
            errors.append(_error(number, str(error)))


def _result(fields: dict[str, str]) -> Result:
    """Raises ValueError with what is wrong."""
    status, reason = fields.get("status", ""), fields.get("reason", "") or None
    try:
        payment_id = UUID(fields.get("payment_id", ""))
    except ValueError:
        raise ValueError("付款编号无法识别 / payment_id is none") from None
    try:
        value_date = date.fromisoformat(fields.get("value_date", ""))
    except ValueError:
        raise ValueError("value_date 应为 YYYY-MM-DD / value_date is no day") from None
    if status not in ("PAID", "RETURNED"):
        raise ValueError("status 应为 PAID 或 RETURNED / status is PAID or RETURNED")
    if status == "RETURNED" and reason not in REASONS:
        raise ValueError("退票应注明原因代码 / a returned line has one of the reasons")
    if status == "PAID" and reason is not None:
        raise ValueError("已到账的不应有退票原因 / a paid line has no reason")
    return Result(payment_id, status, reason, value_date)


async def _checked(run: Run, found: list[tuple[int, Result]], tx: Transaction) -> list[Result]:
    """The results, each of a line of this run, none twice, none against what was recorded. Raises ResultsRefused."""
    known = await results.known(tx, run.id, [result.payment_id for _, result in found])
    errors: Errors = []
    seen: set[UUID] = set()
    for number, result in found:
        if result.payment_id not in known:
            errors.append(_error(number, "付款编号不在本批次中 / no line of this run"))
        elif result.payment_id in seen:
            errors.append(_error(number, "付款编号重复 / this payment stands in the file twice"))
        elif known[result.payment_id] not in (None, result):
            errors.append(_error(number, "与已记录的回盘结果不符 / another result is on record"))
        elif result.value_date > tx.today:
            errors.append(_error(number, "入账日期晚于今日 / the value date lies ahead"))
        seen.add(result.payment_id)
    _refuse(errors)
    return [result for _, result in found]


def _error(number: int, message: str) -> dict[str, str]:
    return {"field": f"row {number}", "message": message}


def _refuse(errors: Errors) -> None:
    if errors:
        raise ResultsRefused(detail=f"共{len(errors)}行有误，整份未处理。", errors=errors[:_ERRORS_SHOWN])
