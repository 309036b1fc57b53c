"""Personal data at rest and on the way: sealed values, and a blind index to match people by their ID number.

AES-256-GCM; the key id and the purpose are authenticated, so that a sealed phone cannot be passed off as a name, nor a
value under one key as one under another. The index has a key of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

# A key id; and 12 bytes of nonce with 16 of tag at least.
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PATTERN = r"^s1\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{38,}={0,2}$"
_SEALED = re.compile(PATTERN[1:-1])


class SealError(ValueError):
    """A sealed value cannot be opened: the key is not here, the purpose is another, or it was changed."""


class Sealed(str):
    """`s1.<key id>.<base64url of nonce and ciphertext>`: only a service that holds the key can open it."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Sealed:
        """Raises ValueError when the text has not the form of a sealed value."""
        if not _SEALED.fullmatch(text):
            raise ValueError("not a sealed value")
        return cls(text)

    @property
    def key_id(self) -> str:
        """The key that it was sealed with."""
        return self.split(".")[1]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(strict=False))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": PATTERN, "description": "Sealed personal data"}


class KeyRing:
    """The keys that a service holds. New values are sealed with the active key; older keys only open."""

    def __init__(self, keys: Mapping[str, bytes], active: str, match_key: bytes) -> None:
        if active not in keys:
            raise ValueError(f"the active sealing key {active!r} is not among the keys")
        if any(len(k) != 32 for k in keys.values()) or len(match_key) < 32:
            raise ValueError("sealing keys have 32 bytes, the match key at least 32")
        if not all(_KEY_ID.fullmatch(id_) for id_ in keys):
            raise ValueError("a key id has letters, digits, '-' and '_', at most 64")
        if match_key in keys.values():
            raise ValueError("the match key is a key of its own, not one that seals")
        self._keys = {id_: AESGCM(key) for id_, key in keys.items()}
        self._active = active
        self._match_key = match_key

    @classmethod
    def from_settings(cls, keys: str, active: str, match_key: str) -> KeyRing:
        """From JSON `{"id": "base64"}`, the active id, and a base64 match key. Raises ValueError, never with a key."""
        try:
            ring = {id_: base64.b64decode(text, validate=True) for id_, text in json.loads(keys).items()}
            match = base64.b64decode(match_key, validate=True)
        except (ValueError, AttributeError, TypeError):
            # The cause carries the text that was read, which holds the keys.
            raise ValueError('sealing keys are JSON {"id": "base64"}; the match key is base64') from None
        return cls(ring, active, match)

    @classmethod
    def development(cls, profile: str) -> KeyRing:
        """Keys that anybody can read here. Raises ValueError outside the demonstration and the tests."""
        if profile not in ("demonstration", "test"):
            raise ValueError(f"development keys seal nothing: the profile is {profile!r}")
        seal, match = (hashlib.sha256(f"doudi development {use}".encode()).digest() for use in ("seal", "match"))
        return cls({"dev": seal}, "dev", match)

    def seal(self, text: str, purpose: str) -> Sealed:
        """Seals a text for a purpose, e.g. `person.name`."""
        nonce = os.urandom(12)
        aad = f"{self._active}|{purpose}".encode()
        sealed = nonce + self._keys[self._active].encrypt(nonce, text.encode(), aad)
        return Sealed(f"s1.{self._active}.{base64.urlsafe_b64encode(sealed).decode()}")

    def open(self, sealed: str, purpose: str) -> str:
        """The text; raises SealError."""
        if not _SEALED.fullmatch(sealed):
            raise SealError("not a sealed value, or of an unknown version")
        _, key_id, body = sealed.split(".")
        try:
            raw = base64.urlsafe_b64decode(body)
            plain = self._keys[key_id].decrypt(raw[:12], raw[12:], f"{key_id}|{purpose}".encode())
        except KeyError as error:
            raise SealError("the key of this sealed value is not here") from error
        except (InvalidTag, ValueError) as error:
            raise SealError(SealError.__doc__) from error
        return plain.decode()

    def can_open(self, sealed: str) -> bool:
        """Whether its key is here."""
        return bool(_SEALED.fullmatch(sealed)) and sealed.split(".")[1] in self._keys

    def reseal(self, sealed: str, purpose: str) -> Sealed:
        """The same text under the active key (rotation)."""
        return self.seal(self.open(sealed, purpose), purpose)

    def fingerprinting(self, head: bytes) -> hashlib.blake2b:
        """Takes a content piece by piece (`update`); its `digest` is equal for equal contents, and what the content
        was nobody finds by trying without the key."""
        return hashlib.blake2b(head, key=self._match_key[:64], digest_size=32, person=b"fingerprint")

    def match(self, identifier: str) -> str:
        """The blind index of an ID number: equal for equal numbers everywhere, not reversible without the key.

        Raises ValueError for a masked number, which many people share.
        """
        if "*" in identifier:
            raise ValueError("a masked number matches other people too: pass `.value`")
        return hmac.new(self._match_key, identifier.encode(), hashlib.sha256).hexdigest()
