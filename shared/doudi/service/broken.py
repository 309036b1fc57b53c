"""aiokafka on uvloop: a write to a connection that broke a moment ago is a lost connection, and no fault of ours.

aiokafka expects an OSError there; uvloop's transport raises RuntimeError. aiokafka's task that learns of brokers died
of it, unseen: the client never found its group's coordinator again, and could not even be stopped.
"""

from __future__ import annotations

from typing import Any

import aiokafka.conn
from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError


class Connection(AIOKafkaConnection):  # type: ignore[misc]
    """A connection to a broker that says that it broke, whatever event loop it is on."""

    def send(self, request: Any, expect_response: bool = True) -> Any:
        """Sends a request, as aiokafka does. Raises KafkaConnectionError where the transport is closed."""
        try:
            return super().send(request, expect_response)
        except RuntimeError as error:
            self.close(reason=CloseReason.CONNECTION_BROKEN)
            raise KafkaConnectionError(f"Connection at {self.host}:{self.port} broken: {error}") from error


def install() -> None:
    """Connections that aiokafka makes from now on are these."""
    aiokafka.conn.AIOKafkaConnection = Connection
