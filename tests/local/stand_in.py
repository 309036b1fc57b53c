"""A process that stands where a service would: answers /health/ready, and shows what its environment says."""

from __future__ import annotations

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

SHOWN = ("DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS", "DOUDI_SEALING_KEYS", "DOUDI_CLOCK")


class Answer(BaseHTTPRequestHandler):
    """200 with the settings on every path."""

    def do_GET(self) -> None:
        """Any path."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"pid": os.getpid(), **{name: os.environ.get(name) for name in SHOWN}}).encode())


HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Answer).serve_forever()
