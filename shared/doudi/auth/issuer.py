"""A development issuer: signs tokens for whoever asks, so that a machine without an identity provider can be tried.

It refuses the production profile, and to run without a profile: `python -m doudi.auth.issuer --port 9000 --key FILE`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import ECKey

from doudi import errors
from doudi.auth.principal import Role
from doudi.division import Division

DEFAULT_LIFETIME_S = 8 * 3600
LONGEST_LIFETIME_S = 31 * 24 * 3600
_PROFILES = ("demonstration", "test")


def signing_key(path: Path) -> ECKey:
    """The key in the file, made once; only its owner may read it (mode 0600)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(orjson.dumps(new_key().as_dict(private=True)))
        try:
            os.link(fresh, path)  # fails when another process was first: then its key is the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    path.chmod(0o600)
    return ECKey.import_key(orjson.loads(path.read_bytes()))


def new_key() -> ECKey:
    """A fresh ES256 key whose id is its thumbprint (RFC 7638)."""
    key = ECKey.generate_key("P-256", private=True)
    parameters: dict[str, Any] = {"kid": key.thumbprint(), "use": "sig", "alg": "ES256"}
    return ECKey.import_key({**key.as_dict(private=True), **parameters})


def public_jwks(key: ECKey) -> dict[str, Any]:
    """The key set that the issuer publishes."""
    return {"keys": [key.as_dict(private=False)]}


def mint(
    key: ECKey,
    issuer: str,
    audience: str,
    roles: Iterable[Role | str],
    division: str,
    sub: str,
    lifetime_s: float = DEFAULT_LIFETIME_S,
) -> str:
    """A signed token that begins now, by the machine's real time."""
    now = int(time.time())
    claims = {
        "iss": issuer, "aud": audience, "sub": sub, "roles": [str(role) for role in roles], "division": division,
        "iat": now, "nbf": now, "exp": now + int(lifetime_s),
    }  # fmt: skip
    return jwt.encode({"alg": "ES256", "kid": key.kid, "typ": "JWT"}, claims, key, algorithms=["ES256"])


def create_issuer(key_path: Path, issuer_url: str, audience: str = "doudi") -> FastAPI:
    """The issuer as an application: discovery, keys, and tokens for the asking."""
    key = signing_key(key_path)
    app = FastAPI(title="doudi development issuer", docs_url=None, redoc_url=None)
    errors.install(app)

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        return {
            "issuer": issuer_url,
            "jwks_uri": f"{issuer_url}/jwks.json",
            "token_endpoint": f"{issuer_url}/token",
            "response_types_supported": ["token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        }

    @app.get("/jwks.json")
    async def jwks() -> dict[str, Any]:
        return public_jwks(key)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/token")
    async def token(request: Request) -> dict[str, Any]:
        roles, division, sub, lifetime = _asked(await _fields(request))
        signed = mint(key, issuer_url, audience, roles, division, sub, lifetime)
        return {"access_token": signed, "token_type": "Bearer", "expires_in": lifetime}

    return app


async def _fields(request: Request) -> dict[str, Any]:
    """The form or the JSON object of a token request."""
    media = request.headers.get("content-type", "").partition(";")[0].strip()
    if media == "application/x-www-form-urlencoded":
        async with request.form() as form:
            return {name: form.getlist(name) if name in ("role", "roles") else form[name] for name in form}
    if media != "application/json":
        raise errors.UnsupportedMediaType()
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise errors.Malformed() from error
    if not isinstance(body, dict):
        raise errors.Malformed()
    return body


def _asked(fields: dict[str, Any]) -> tuple[list[Role], str, str, int]:
    """Roles, division, subject and lifetime in seconds; raises Invalid naming each wrong field."""
    wrong: list[dict[str, str]] = []
    given = fields.get("roles", fields.get("role", []))
    names = given.split() if isinstance(given, str) else [n for part in given for n in str(part).split()]
    if not names or not set(names) <= set(Role):
        wrong.append({"field": "role", "message": f"应为以下角色 / must be among: {', '.join(Role)}"})
    division = str(fields.get("division", ""))
    try:
        Division(division)
    except ValueError:
        wrong.append({"field": "division", "message": "行政区划代码不存在 / unknown 12-digit division code"})
    lifetime = str(fields.get("lifetime", DEFAULT_LIFETIME_S))
    if not (lifetime.isascii() and lifetime.isdigit() and 0 < int(lifetime) <= LONGEST_LIFETIME_S):
        wrong.append({"field": "lifetime", "message": f"应为秒数 / seconds, 1 to {LONGEST_LIFETIME_S}"})
    sub = str(fields.get("sub") or (f"{names[0]}-{division}" if names else ""))
    if len(sub) > 100:
        wrong.append({"field": "sub", "message": "至多 100 个字符 / at most 100 characters"})
    if wrong:
        raise errors.Invalid(errors=wrong)
    return [Role(name) for name in names], division, sub, int(lifetime)


def main(
    port: Annotated[int, typer.Option(help="Loopback port to listen on")],
    key: Annotated[Path, typer.Option(help="File of the signing key; made when it is not there")],
    audience: Annotated[str, typer.Option(help="Audience that the tokens name")] = "doudi",
    profile: Annotated[str, typer.Option(envvar="DOUDI_PROFILE", help="demonstration or test")] = "production",
) -> None:
    """Runs the development issuer on the loopback interface. Exit code 2 in the production profile."""
    if profile not in _PROFILES:
        typer.echo(f"The development issuer gives tokens to anybody; it does not run in profile {profile!r}.", err=True)
        raise typer.Exit(2)
    import uvicorn

    from doudi.telemetry import configure_logging

    configure_logging("issuer")
    uvicorn.run(
        create_issuer(key, f"http://127.0.0.1:{port}", audience),
        host="127.0.0.1", port=port, log_config=None, access_log=False,
    )  # fmt: skip


if __name__ == "__main__":
    typer.run(main)
