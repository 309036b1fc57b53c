"""The modules that rules rest on talk to nothing (house 3)."""

import subprocess
import sys

PURE = ("money", "calendar", "division", "identity", "sealed", "dated", "law")
OUTSIDE = ("sqlalchemy", "sqlmodel", "aiokafka", "asyncpg", "httpx", "fastapi", "starlette", "socket", "asyncio")


def test_they_load_without_any_library_that_talks() -> None:
    """`socket` and `asyncio` come with pydantic, so only what these modules add to it counts."""
    program = (
        "import sys, yaml, pydantic\n"
        "from cryptography.hazmat.primitives.ciphers import aead\n"
        "class M(pydantic.BaseModel): x: int\n"
        "before = set(sys.modules)\n"
        f"import {', '.join('doudi.' + name for name in PURE)}\n"
        f"print(sorted((set(sys.modules) - before) & set({OUTSIDE!r})))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
