"""Checks bearer tokens of an OpenID Connect issuer against its published keys, by the machine's real time.

The demonstration's clock has no say here: a token that expired yesterday is expired, whatever day the county simulates.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from math import isfinite
from typing import Any

import httpx
import structlog
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from doudi.auth.principal import Principal, Role
from doudi.division import Division
from doudi.errors.refusals import Unauthenticated, Unavailable

log = structlog.get_logger()

ALGORITHMS = ("ES256", "RS256")
LEEWAY_S = 30
_REFRESH_EVERY_S = 10.0
_FIRST_RETRY_S = 1.0
_KEYS_OLD_S = 3600.0
_REMEMBERED = 10_000
_LONGEST_TOKEN = 8192
_MIN_RSA_BITS = 2048
_ROLES = {role.value: role for role in Role}

Key = ECKey | RSAKey


class TokenVerifier:
    """Turns a bearer token into a principal, or raises Unauthenticated (401) or, without any keys, Unavailable (503).

    `jwks` is the address of the issuer's key set, or the key set itself. Keys that were fetched keep being used while
    the issuer is away; an unknown key id asks again, at most once in ten seconds. A token that was checked is
    remembered until it expires, so that a busy client costs a hash.
    """

    def __init__(
        self,
        issuer: str,
        audience: str,
        jwks: str | Mapping[str, Any],
        transport: httpx.AsyncBaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._url = jwks if isinstance(jwks, str) else None
        self._transport = transport
        self._monotonic = monotonic
        self._keys: dict[str, Key] = {} if isinstance(jwks, str) else usable_keys(jwks)
        self._asked = float("-inf")
        self._fetched = float("-inf")
        self._asking = asyncio.Lock()
        self._known: OrderedDict[bytes, tuple[float, Principal]] = OrderedDict()

    async def verify(self, token: str) -> Principal:
        """The principal of a valid token."""
        if len(token) > _LONGEST_TOKEN:
            raise Unauthenticated()
        digest = sha256(token.encode("utf-8", "replace")).digest()
        known = self._known.get(digest)
        if known is not None:
            if time.time() < known[0]:
                self._known.move_to_end(digest)
                return known[1]
            del self._known[digest]
            raise _expired()
        claims = await self._claims(token)
        principal = principal_of(claims)
        self._known[digest] = (claims["exp"] + LEEWAY_S, principal)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return principal

    async def _claims(self, token: str) -> dict[str, Any]:
        """The claims under a signature that holds, of our issuer, for us, and in force."""
        try:
            header = jws.extract_compact(token.encode("ascii")).headers()
            algorithm, kid = header.get("alg"), header.get("kid")
            if algorithm not in ALGORITHMS or not (kid is None or isinstance(kid, str)):
                raise Unauthenticated()
            key = await self._key(kid)
            if (algorithm == "ES256") != isinstance(key, ECKey):
                raise Unauthenticated()
            claims = jwt.decode(token, key, algorithms=[algorithm]).claims
        except (JoseError, ValueError) as error:  # ValueError: not ASCII, not base64, not JSON
            raise Unauthenticated() from error
        self._check(claims)
        return claims

    def _check(self, claims: Mapping[str, Any]) -> None:
        now = time.time()
        audience = claims.get("aud")
        if claims.get("iss") != self._issuer:
            raise Unauthenticated(detail="凭证由其他机构签发。 The token is of another issuer.")
        if audience != self._audience and not (isinstance(audience, list) and self._audience in audience):
            raise Unauthenticated(detail="凭证不适用于本系统。 The token is for another audience.")
        if not _is_time(claims.get("exp")) or not (claims.get("nbf") is None or _is_time(claims["nbf"])):
            raise Unauthenticated()
        if now >= claims["exp"] + LEEWAY_S:
            raise _expired()
        if claims.get("nbf") is not None and now < claims["nbf"] - LEEWAY_S:
            raise Unauthenticated(detail="凭证尚未生效。 The token is not valid yet.")

    async def _key(self, kid: str | None) -> Key:
        """The key of that id; without an id, the only key there is."""
        if self._monotonic() - self._fetched > _KEYS_OLD_S or self._find(kid) is None:
            await self._refresh()
        found = self._find(kid)
        if found is not None:
            return found
        if not self._keys:
            raise Unavailable(detail="无法取得登录凭证的公钥。 The issuer's keys cannot be had at the moment.")
        raise Unauthenticated()

    def _find(self, kid: str | None) -> Key | None:
        if kid is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(kid)

    async def _refresh(self) -> None:
        if self._url is None:
            return
        async with self._asking:
            now = self._monotonic()
            pause = _REFRESH_EVERY_S if self._keys else _FIRST_RETRY_S
            if now - self._asked < pause:
                return
            self._asked = now
            try:
                keys = usable_keys(await self._fetch(self._url))
            except (httpx.HTTPError, ValueError) as error:
                log.warning("issuer does not give its keys", error=type(error).__name__, kept=len(self._keys))
                return
            if keys:
                self._keys, self._fetched = keys, now

    async def _fetch(self, url: str) -> Mapping[str, Any]:
        async with httpx.AsyncClient(timeout=5.0, transport=self._transport) as http:
            answer = (await http.get(url)).raise_for_status().json()
        if not isinstance(answer, dict):
            raise ValueError("a key set is a JSON object")
        return answer


def usable_keys(jwks: Mapping[str, Any]) -> dict[str, Key]:
    """The public signing keys of a key set by id. Symmetric, short, encryption and unreadable keys are left out."""
    found: dict[str, Key] = {}
    for number, given in enumerate(jwks.get("keys") or []):
        if not isinstance(given, dict) or given.get("use", "sig") != "sig":
            continue
        try:
            key = _import(given)
        except (JoseError, ValueError, TypeError) as error:
            log.warning("issuer key is not usable", error=type(error).__name__)
            continue
        if key is not None:
            found[str(given.get("kid", f"#{number}"))] = key
    return found


def _import(given: dict[str, Any]) -> Key | None:
    if given.get("kty") == "EC" and given.get("crv") == "P-256":
        return ECKey.import_key({name: given[name] for name in ("kty", "crv", "x", "y") if name in given})
    if given.get("kty") == "RSA":
        key = RSAKey.import_key({name: given[name] for name in ("kty", "n", "e") if name in given})
        return key if key.public_key.key_size >= _MIN_RSA_BITS else None
    return None


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """The principal that the claims `sub`, `roles` and `division` describe. Roles of other systems are ignored."""
    sub, roles, division = claims.get("sub"), claims.get("roles"), claims.get("division")
    if not isinstance(sub, str) or not sub or not isinstance(roles, list) or not isinstance(division, str):
        raise Unauthenticated(detail="凭证缺少 sub、roles 或 division。 The token lacks sub, roles or division.")
    try:
        place = Division(division)
    except ValueError as error:
        raise Unauthenticated(detail="凭证中的行政区划不存在。 The token names an unknown division.") from error
    return Principal(sub, frozenset(_ROLES[r] for r in roles if isinstance(r, str) and r in _ROLES), place)


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _expired() -> Unauthenticated:
    return Unauthenticated(detail="登录已过期，请重新登录。 The token has expired.")
