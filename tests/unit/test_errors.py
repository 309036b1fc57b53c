"""Every failure leaves as problem+json; no value, no text of ours, no difference between unknown and forbidden."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Literal

import asyncpg
import httpx
import pytest
from fastapi import FastAPI, HTTPException
from openapi_spec_validator import validate
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.exc import DBAPIError

from doudi import errors
from doudi.telemetry import Metrics, Telemetry, Tracing

ID_NUMBER = "640522199001011234"


class PostingStillRunning(errors.Refusal):
    """公示期未满，不得作出审批决定。

    The posting is still running.
    """

    clause = "民发〔2012〕220号 art. 29"


class ImpossibleIdNumber(ValueError):
    """公民身份号码不正确 / not a citizen ID number"""


class Member(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=5)
    id_number: str
    grade: Literal["A", "B"] = "A"

    @field_validator("id_number")
    @classmethod
    def _check(cls, value: str) -> str:
        if not value.startswith("1"):
            raise ImpossibleIdNumber(f"{value} is wrong")
        if value.endswith("0"):
            raise ValueError(f"{value} is wrong")
        return value


class Household(BaseModel):
    model_config = ConfigDict(extra="forbid")
    members: list[Member]


RAISED: dict[str, Exception] = {
    "refusal": PostingStillRunning(field="posting_id", detail="还有 3 天。"),
    "unknown": errors.NotFound(),
    "elsewhere": errors.NotFound(detail="belongs to 640522102000", field="id"),
    "gone": asyncpg.ConnectionDoesNotExistError("password=secret"),
    "starting": asyncpg.CannotConnectNowError("the database system is starting up"),
    "full": asyncpg.TooManyConnectionsError("too many"),
    "refused": ConnectionRefusedError("127.0.0.1"),
    "wrapped": DBAPIError("SELECT 张三", {}, asyncpg.ConnectionDoesNotExistError("x")),
    "nul": asyncpg.CharacterNotInRepertoireError("张三"),
    "bug": RuntimeError(f"张三 {ID_NUMBER}"),
    "teapot": HTTPException(418, detail="张三"),
}


def application() -> FastAPI:
    app = FastAPI()
    errors.install(app)
    app.add_middleware(Telemetry, metrics=Metrics("test"), tracing=Tracing("test"))

    @app.post("/households", responses=errors.RESPONSES)
    async def declare(household: Household, limit: int = 5) -> int:
        return limit

    @app.get("/raise/{what}")
    async def fail(what: str) -> None:
        raise RAISED[what]

    return app


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application())
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def problem_of(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    return body


async def test_refusal_says_its_message_clause_and_field(http: httpx.AsyncClient) -> None:
    assert await problem_of(await http.get("/raise/refusal"), 409) == {
        "type": "/problems/posting-still-running",
        "title": "公示期未满，不得作出审批决定。",
        "status": 409,
        "detail": "还有 3 天。",
        "clause": "民发〔2012〕220号 art. 29",
        "errors": [{"field": "posting_id", "message": "还有 3 天。"}],
    }


def test_a_refusal_without_a_message_is_not_a_class() -> None:
    with pytest.raises(TypeError, match="docstring"):
        type("Silent", (errors.Refusal,), {})


async def test_unknown_and_out_of_subtree_are_one_body(http: httpx.AsyncClient) -> None:
    unknown, elsewhere = await http.get("/raise/unknown"), await http.get("/raise/elsewhere")
    assert (unknown.status_code, unknown.content) == (elsewhere.status_code, elsewhere.content)


@pytest.mark.parametrize("what", ["gone", "starting", "full", "refused", "wrapped"])
async def test_a_database_that_is_away_is_503(http: httpx.AsyncClient, what: str) -> None:
    answer = await http.get(f"/raise/{what}")
    assert (await problem_of(answer, 503))["type"] == "/problems/unavailable"
    assert int(answer.headers["retry-after"]) > 0
    assert "secret" not in answer.text


async def test_a_fault_hides_its_text_and_names_its_trace(
    http: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    answer = await http.get("/raise/bug", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
    problem = await problem_of(answer, 500)
    assert problem["trace_id"] == trace
    assert "张三" not in answer.text
    assert ID_NUMBER not in answer.text
    assert "RuntimeError" not in answer.text


async def test_text_that_the_database_cannot_keep_is_the_clients(http: httpx.AsyncClient) -> None:
    answer = await http.get("/raise/nul")
    await problem_of(answer, 422)
    assert "张三" not in answer.text


async def test_framework_errors_are_problems_without_their_text(http: httpx.AsyncClient) -> None:
    assert (await problem_of(await http.get("/nowhere"), 404))["type"] == "/problems/not-found"
    answer = await http.put("/households")
    assert (await problem_of(answer, 405))["type"] == "/problems/method-not-allowed"
    assert answer.headers["allow"] == "POST"
    teapot = await http.get("/raise/teapot")
    await problem_of(teapot, 418)
    assert "张三" not in teapot.text


async def test_body_that_is_not_json_is_400(http: httpx.AsyncClient) -> None:
    answer = await http.post("/households", content='{"members": [张三', headers={"content-type": "application/json"})
    assert (await problem_of(answer, 400))["type"] == "/problems/malformed"


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
async def test_body_in_another_media_type_is_415(http: httpx.AsyncClient, media: str) -> None:
    answer = await http.post("/households", content='{"members": []}', headers={"content-type": media})
    assert (await problem_of(answer, 415))["type"] == "/problems/unsupported-media-type"


@pytest.mark.parametrize(
    ("members", "field", "message"),
    [
        ([{"name": "欧阳张三李四", "id_number": "11"}], "members/0/name", "至多 5 个字符 / at most 5 characters"),
        ([{"name": 640522199001011234, "id_number": "11"}], "members/0/name", "应为文本 / must be text"),
        ([{"id_number": "11"}], "members/0/name", "必填 / required"),
        ([{"name": "张三", "id_number": ID_NUMBER}], "members/0/id_number", ImpossibleIdNumber.__doc__),
        ([{"name": "张三", "id_number": "13900000000"}], "members/0/id_number", "格式不正确 / not valid"),
        ([{"name": "张三", "id_number": "11", ID_NUMBER: 1}], "members/0/?", "未知字段 / unknown field"),
        ([{"name": "张三", "id_number": "11", "wage": 1}], "members/0/wage", "未知字段 / unknown field"),
        ([{"name": "张三", "id_number": "11", "grade": "张三"}], "members/0/grade", "应为 'A' 或 'B'"),
        ("张三", "members", "应为列表 / must be a list"),
    ],
)
async def test_wrong_fields_are_named_and_never_repeated(
    http: httpx.AsyncClient, members: Any, field: str, message: str
) -> None:
    answer = await http.post("/households", json={"members": members})
    problem = await problem_of(answer, 422)
    assert [e["field"] for e in problem["errors"]] == [field]
    assert problem["errors"][0]["message"].startswith(message.partition(" 或 ")[0])
    for value in ("张三", ID_NUMBER, "13900000000"):
        assert value not in answer.text


async def test_query_and_whole_body_are_named(http: httpx.AsyncClient) -> None:
    answer = await http.post("/households?limit=many", json={"members": []})
    assert (await problem_of(answer, 422))["errors"] == [
        {"field": "limit", "message": "应为整数 / must be a whole number"}
    ]
    assert (await problem_of(await http.post("/households"), 422))["errors"][0]["field"] == "body"


def test_openapi_documents_the_problems_once() -> None:
    document = application().openapi()
    validate(document)
    responses = document["paths"]["/households"]["post"]["responses"]
    assert set(responses) == {"200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "503"}
    for status, response in responses.items():
        if status != "200":
            name = response["$ref"].rpartition("/")[2]
            assert set(document["components"]["responses"][name]["content"]) == {"application/problem+json"}
    assert "Problem" in document["components"]["schemas"]
