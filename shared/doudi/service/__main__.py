"""`python -m doudi.service intake`: serves one service on DOUDI_HOST:DOUDI_PORT (loopback, 8000)."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import uvicorn
from pydantic import ValidationError

from doudi.migrate import MigrationFailed


def main() -> None:
    """Starts; exits with 2 and a sentence when a setting is missing or wrong, 3 when the tables cannot be migrated."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m doudi.service PACKAGE   (intake, eligibility, payments, …)")
    module = import_module(f"{sys.argv[1].replace('-', '_')}.app")
    try:
        app = module.SERVICE.app()
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            sys.stderr.write(f"setting {'.'.join(map(str, problem['loc']))}: {problem['msg']}\n")
        sys.exit(2)
    host, port = os.environ.get("DOUDI_HOST", "127.0.0.1"), int(os.environ.get("DOUDI_PORT", "8000"))
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=10)
    )
    try:
        server.run()
    except MigrationFailed as error:
        sys.exit(str(error))
    if not server.started:
        sys.exit(3)


if __name__ == "__main__":
    main()
