"""Who may do what: bearer tokens of an OpenID Connect issuer, roles, and the division's subtree. Refuses by default."""

from doudi.auth.permission import Permission, allow
from doudi.auth.principal import Principal, Role, subtree
from doudi.auth.verifier import TokenVerifier

__all__ = ["Permission", "Principal", "Role", "TokenVerifier", "allow", "subtree"]
