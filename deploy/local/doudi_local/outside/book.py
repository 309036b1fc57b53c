"""What the simulators remember: one SQLite file, each change on disk before it is answered."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS file (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, kind TEXT NOT NULL, received_at REAL NOT NULL, value_date TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS line (
    file_id TEXT NOT NULL REFERENCES file (id), sequence TEXT NOT NULL, payment_id TEXT NOT NULL,
    account TEXT NOT NULL, ending TEXT NOT NULL, fen INTEGER NOT NULL,
    status TEXT, reason TEXT, value_date TEXT, position INTEGER NOT NULL, PRIMARY KEY (file_id, position)
) STRICT;
CREATE TABLE IF NOT EXISTS credit (
    payment_id TEXT PRIMARY KEY, account TEXT NOT NULL, fen INTEGER NOT NULL, file_id TEXT NOT NULL,
    value_date TEXT NOT NULL, repeats INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS fact (
    person TEXT NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL, amount TEXT, detail TEXT,
    PRIMARY KEY (person, source)
) STRICT;
CREATE TABLE IF NOT EXISTS switch (source TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;
"""


def digest(text: str) -> str:
    """Stands for an account or ID number: SHA-256 in hex. The numbers themselves are not kept."""
    return hashlib.sha256(text.encode()).hexdigest()


class Book:
    """The tables of bank and departments. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_TABLES)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One at a time; all of it or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
