"""`python -m doudi.service intake`: serves one service on DOUDI_HOST:DOUDI_PORT (loopback, 8000)."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from importlib import import_module
from socket import socket

import uvicorn
from pydantic import ValidationError

from doudi.migrate import MigrationFailed

_YOUNG = 50_000
"""New objects between two searches for garbage; a request makes some thousands that all go with it."""


class _Server(uvicorn.Server):
    """Leaves what was made at the start out of every later search for garbage: it stays as long as the process."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Starts; then counts what there is as permanent."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def main() -> None:
    """Starts; exits with 2 and a sentence when a setting is missing or wrong, 3 when the tables cannot be migrated."""
    parser = argparse.ArgumentParser("python -m doudi.service", description=__doc__)
    parser.add_argument("package", help="intake, eligibility, payments, relief, care-institutions or oversight")
    parser.add_argument("--host", default=os.environ.get("DOUDI_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("DOUDI_PORT", "8000")))
    asked = parser.parse_args()
    module = import_module(f"{asked.package.replace('-', '_')}.app")
    try:
        app = module.SERVICE.app()
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            sys.stderr.write(f"setting {'.'.join(map(str, problem['loc']))}: {problem['msg']}\n")
        sys.exit(2)
    server = _Server(
        uvicorn.Config(
            app,
            host=asked.host,
            port=asked.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=10,
            proxy_headers=False,
            server_header=False,
        )
    )
    try:
        server.run()
    except MigrationFailed as error:
        sys.exit(str(error))
    if not server.started:
        sys.exit(3)


if __name__ == "__main__":
    main()
