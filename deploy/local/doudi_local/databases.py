"""Databases and their owners, made and dropped over a superuser's connection; no psql needed."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg


async def create_database(url: str, name: str, owner: str | None = None, password: str | None = None) -> str:
    """Makes database `name` if it is not there and gives its URL; with `owner`, only that role may connect.

    `url` is a superuser's (or a CREATEDB role's) URL of any database of the server.
    """
    connection = await asyncpg.connect(url)
    try:
        if owner is not None:
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", owner):
                await connection.execute(f"CREATE ROLE {_quoted(owner)} LOGIN")
            if password is not None:
                literal = await connection.fetchval("SELECT quote_literal($1)", password)
                await connection.execute(f"ALTER ROLE {_quoted(owner)} PASSWORD {literal}")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            belongs = f" OWNER {_quoted(owner)}" if owner else ""
            await connection.execute(f"CREATE DATABASE {_quoted(name)}{belongs}")
            if owner is not None:
                await connection.execute(f"REVOKE CONNECT ON DATABASE {_quoted(name)} FROM PUBLIC")
    finally:
        await connection.close()
    return database_url(url, name, owner, password)


async def drop_database(url: str, name: str) -> None:
    """Drops database `name`, ending its sessions; used by tests."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")
    finally:
        await connection.close()


def database_url(url: str, name: str, owner: str | None = None, password: str | None = None) -> str:
    """`url` with another database and, if given, another user."""
    parts = urlsplit(url)
    place = parts.netloc
    if owner is not None:
        secret = f":{quote(password, safe='')}" if password is not None else ""
        place = f"{quote(owner, safe='')}{secret}@{place.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=place, path=f"/{name}"))


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
