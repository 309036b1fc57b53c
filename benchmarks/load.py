"""A load generator: keep-alive HTTP/1.1 over plain sockets, so that both sides spend their time in the server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import perf_counter
from urllib.parse import urlsplit


def request(url: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """The bytes of one POST."""
    head = [f"POST {path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", "Content-Type: application/json"]
    head += [f"{k}: {v}" for k, v in headers.items()] + [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(head).encode() + body


class BadAnswer(RuntimeError):
    """The server did not answer 201: what follows would measure nothing."""


async def post_all(url: str, requests: Sequence[bytes], connections: int) -> float:
    """Sends every request once over so many connections; returns requests a second. Raises BadAnswer."""
    parts = urlsplit(url)
    waiting = iter(requests)

    async def worker() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for message in waiting:
            writer.write(message)
            head = await reader.readuntil(b"\r\n\r\n")
            lower = head.lower()
            start = lower.index(b"content-length:") + 15
            body = await reader.readexactly(int(lower[start : lower.index(b"\r\n", start)]))
            if not head.startswith(b"HTTP/1.1 201"):
                raise BadAnswer((head + body)[:600].decode(errors="replace"))
        writer.close()

    started = perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    return len(requests) / (perf_counter() - started)
