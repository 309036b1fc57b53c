"""Keys of one installation, made once into `<data>/secrets` (mode 0600) and never anywhere else."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

from doudi_local.places import kept_secret, make_folder

SEALING_KEY_ID = "k1"
_KEY_BYTES = 32


def sealing_keys(folder: Path) -> str:
    """Keys for personal data, as JSON {"key id": "base64 of 32 bytes"}; add an id to rotate, keep the old ones."""
    return kept_secret(_private(folder) / "sealing-keys.json", lambda: json.dumps({SEALING_KEY_ID: _key()}))


def sealing_active(folder: Path) -> str:
    """The id that seals new values: the last one in the file."""
    return str(list(json.loads(sealing_keys(folder)))[-1])


def match_key(folder: Path) -> str:
    """Key of the blind index over ID numbers; the same for all services, or lists could not be matched."""
    return kept_secret(_private(folder) / "match-key", _key)


def database_password(folder: Path, owner: str) -> str:
    """Password of a service's own database role."""
    return kept_secret(_private(folder) / f"password-{owner}")


def _private(folder: Path) -> Path:
    return make_folder(folder, 0o700)


def _key() -> str:
    return base64.b64encode(os.urandom(_KEY_BYTES)).decode()
