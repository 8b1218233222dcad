"""Statements that take no parameters: names and passwords written into them."""

import base64
import hashlib
import hmac
import secrets
import unicodedata

_ITERATIONS = 4096


class BootstrapError(Exception):
    """A database could not be made usable; the text says what was refused."""


def identifier(name: str) -> str:
    """A name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def identifiers(names: tuple[str, ...]) -> str:
    return ", ".join(identifier(name) for name in names)


def verifier(password: str) -> str:
    """What PostgreSQL keeps of a password, so that no log of statements holds the password.

    https://www.postgresql.org/docs/17/catalog-pg-authid.html (read 2026-11-25).
    """
    salt = secrets.token_bytes(16)
    prepared = unicodedata.normalize("NFKC", password).encode()
    salted = hashlib.pbkdf2_hmac("sha256", prepared, salt, _ITERATIONS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    stored = hashlib.sha256(client).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    written = (base64.b64encode(it).decode() for it in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(_ITERATIONS, *written)
