"""`who: Principal = allow(Role.CLERK)`: an endpoint says who may call it; everybody else is refused."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from doudi.auth.principal import Principal, Role
from doudi.auth.verifier import TokenVerifier
from doudi.errors.refusals import Forbidden, Unauthenticated


class Permission(SecurityBase):
    """Reads the bearer token, checks the roles, leaves the principal at `request.state.principal`."""

    def __init__(self, roles: frozenset[Role]) -> None:
        self.roles = roles
        self.model = HTTPBearer(bearerFormat="JWT", description="An access token of the OpenID Connect issuer")
        self.scheme_name = "bearer"

    async def __call__(self, request: Request) -> Principal:
        """The caller; raises Unauthenticated (401) or Forbidden (403)."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated()
        verifier: TokenVerifier = request.app.state.verifier
        principal = await verifier.verify(token.strip())
        if self.roles and not (self.roles & principal.roles):
            raise Forbidden()
        request.state.principal = principal
        return principal


def allow(*roles: Role) -> Any:
    """A default for a parameter of type Principal: callers with one of these roles; with none given, any caller."""
    return Depends(Permission(frozenset(roles)))
