"""Tokens that must not get in, each for its own reason, and the few that may."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from typing import Annotated, Any

import httpx
import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from doudi import errors
from doudi.auth import Principal, Role, TokenVerifier, allow
from doudi.auth.issuer import mint, new_key, public_jwks
from doudi.division import Division

ISSUER, AUDIENCE, TOWNSHIP = "http://issuer.test", "doudi", "640522101000"
KEY, STRANGER = new_key(), new_key()


class Jwks:
    """An issuer's key set over HTTP that counts, and that can be away."""

    def __init__(self, *keys: ECKey | RSAKey) -> None:
        self.keys, self.asked, self.away, self.seconds = list(keys), 0, False, 0.0
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.away:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200, json={"keys": [k.as_dict(private=False) for k in self.keys]})

    def verifier(self) -> TokenVerifier:
        return TokenVerifier(
            ISSUER, AUDIENCE, f"{ISSUER}/jwks.json", transport=self.transport, monotonic=lambda: self.seconds
        )


def verifier() -> TokenVerifier:
    return TokenVerifier(ISSUER, AUDIENCE, public_jwks(KEY))


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    given = {"iss": ISSUER, "aud": AUDIENCE, "sub": "clerk-1", "roles": ["clerk"], "division": TOWNSHIP}
    merged = {**given, "iat": now, "nbf": now, "exp": now + 600, **changes}
    return {name: value for name, value in merged.items() if value is not ...}


def signed(given: Mapping[str, Any], key: ECKey = KEY, kid: str | None = None) -> str:
    return jwt.encode({"alg": "ES256", "kid": kid or key.kid}, dict(given), key)


def part(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def hs256_with_the_public_key() -> str:
    public = KEY.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header = {"alg": "HS256", "kid": KEY.kid}
    return jwt.encode(header, claims(), OctKey.import_key(public.hex()), algorithms=["HS256"])


def with_changed_payload() -> str:
    head, _, signature = signed(claims()).split(".")
    return ".".join((head, part(claims(roles=["operator"])), signature))


BAD = {
    "expired": lambda: signed(claims(exp=int(time.time()) - 31)),
    "not yet valid": lambda: signed(claims(nbf=int(time.time()) + 60)),
    "no expiry": lambda: signed(claims(exp=...)),
    "expiry as text": lambda: signed(claims(exp="9999999999")),
    "wrong audience": lambda: signed(claims(aud="another")),
    "no audience": lambda: signed(claims(aud=...)),
    "wrong issuer": lambda: signed(claims(iss="http://another.test")),
    "alg none": lambda: f"{part({'alg': 'none', 'kid': KEY.kid})}.{part(claims())}.",
    "HS256 with the public key": hs256_with_the_public_key,
    "RS256 header on an EC key": lambda: f"{part({'alg': 'RS256', 'kid': KEY.kid})}.{part(claims())}.AAAA",
    "another's key": lambda: signed(claims(), STRANGER, kid=KEY.kid),
    "unknown kid": lambda: signed(claims(), STRANGER),
    "changed payload": with_changed_payload,
    "unknown division": lambda: signed(claims(division="999999999999")),
    "short division": lambda: signed(claims(division="6405")),
    "no division": lambda: signed(claims(division=...)),
    "roles as text": lambda: signed(claims(roles="clerk")),
    "no subject": lambda: signed(claims(sub=...)),
    "not a token": lambda: "a.b.c",
    "not ASCII": lambda: "身份.身份.身份",
    "empty parts": lambda: "..",
    "enormous": lambda: "a" * 100_000,
}


@pytest.mark.parametrize("why", BAD)
async def test_refused(why: str) -> None:
    with pytest.raises(errors.Unauthenticated):
        await verifier().verify(BAD[why]())


async def test_a_good_token_tells_who() -> None:
    who = await verifier().verify(signed(claims(roles=["clerk", "role-of-another-system"], aud=["x", AUDIENCE])))
    assert (who.sub, who.roles, who.division.code) == ("clerk-1", frozenset({Role.CLERK}), TOWNSHIP)


@pytest.mark.filterwarnings("ignore:Key size")
async def test_rs256_is_taken_and_short_rsa_keys_are_not() -> None:
    key = RSAKey.generate_key(2048, parameters={"kid": "rsa", "use": "sig"})
    token = jwt.encode({"alg": "RS256", "kid": "rsa"}, claims(), key)
    assert (await Jwks(key).verifier().verify(token)).sub == "clerk-1"
    short = RSAKey.generate_key(1024, parameters={"kid": "rsa", "use": "sig"})
    with pytest.raises(errors.Unavailable):
        await Jwks(short).verifier().verify(jwt.encode({"alg": "RS256", "kid": "rsa"}, claims(), short))


async def test_a_remembered_token_still_expires() -> None:
    with time_machine.travel("2026-11-24T08:00:00+08:00", tick=False) as clock:
        check, token = verifier(), signed(claims())
        await check.verify(token)
        clock.shift(600 + 29)
        await check.verify(token)
        clock.shift(2)
        with pytest.raises(errors.Unauthenticated):
            await check.verify(token)
        with pytest.raises(errors.Unauthenticated):
            await check.verify(token)


async def test_unknown_key_ids_ask_the_issuer_once_in_ten_seconds() -> None:
    issuer = Jwks(KEY)
    check = issuer.verifier()
    await check.verify(signed(claims()))
    issuer.seconds += 11
    for number in range(5):
        with pytest.raises(errors.Unauthenticated):
            await check.verify(signed(claims(), STRANGER, kid=f"forged-{number}"))
    assert issuer.asked == 2
    issuer.keys.append(STRANGER)
    issuer.seconds += 11
    assert (await check.verify(signed(claims(), STRANGER))).sub == "clerk-1"
    assert issuer.asked == 3


async def test_cached_keys_survive_an_outage_of_the_issuer() -> None:
    issuer = Jwks(KEY)
    check = issuer.verifier()
    await check.verify(signed(claims()))
    issuer.away = True
    issuer.seconds += 7200
    assert (await check.verify(signed(claims(sub="clerk-2")))).sub == "clerk-2"
    assert issuer.asked == 2


async def test_without_any_key_it_is_unavailable_not_unauthenticated() -> None:
    issuer = Jwks(KEY)
    issuer.away = True
    with pytest.raises(errors.Unavailable):
        await issuer.verifier().verify(signed(claims()))


@pytest.mark.parametrize(
    ("own", "other", "seen"),
    [
        ("640522101000", "640522101000", True),
        ("640522101000", "640522101201", True),
        ("640522101000", "640522102000", False),
        ("640522101000", "640522000000", False),
        ("640522000000", "640522101201", True),
        ("640522000000", "640521000000", False),
        ("640500000000", "640522101201", True),
        ("640000000000", "640522101201", True),
        ("640000000000", "630000000000", False),
    ],
)
def test_a_principal_sees_the_subtree(own: str, other: str, seen: bool) -> None:
    assert Principal("x", frozenset(), Division(own)).may_see(other) is seen


def application() -> FastAPI:
    app = FastAPI()
    errors.install(app)
    app.state.verifier = verifier()

    @app.get("/clerks")
    async def clerks(who: Principal = allow(Role.CLERK, Role.COUNTY_CLERK)) -> str:
        return who.sub

    @app.get("/anyone")
    async def anyone(who: Annotated[Principal, allow()]) -> str:
        return who.prefix

    return app


async def test_endpoints_refuse_by_default_and_by_role() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application()), base_url="http://test") as http:
        for header in ({}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}, {"Authorization": "Bearer x"}):
            answer = await http.get("/anyone", headers=header)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json()["type"] == "/problems/unauthenticated"
        bank = {"Authorization": f"Bearer {mint(KEY, ISSUER, AUDIENCE, [Role.BANK], TOWNSHIP, 'bank')}"}
        refused = await http.get("/clerks", headers=bank)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
        assert (await http.get("/anyone", headers=bank)).json() == "640522101"
        clerk = {"Authorization": f"bearer {signed(claims())}"}
        assert (await http.get("/clerks", headers=clerk)).json() == "clerk-1"


def test_openapi_declares_the_bearer_token() -> None:
    document = application().openapi()
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["paths"]["/clerks"]["get"]["security"] == [{"bearer": []}]
    assert "parameters" not in document["paths"]["/clerks"]["get"]
