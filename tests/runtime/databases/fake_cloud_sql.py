"""Cloud SQL before a PostgreSQL: its API, which signs certificates, and a door that asks for one.

https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/connect (read 2026-11-25)
"""

import asyncio
import json
import re
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import randbelow
from threading import Event, Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from infragraph.local.postgres.server import Postgres
from tests.runtime.google import Quiet, served

BEFORE = "ya29."
"""What an account's token is here, before its e-mail address."""

_PORT = 3307
_INSTANCE = re.compile(r"/sql/v1beta4/projects/([^/]+)/instances/([^/:]+)[/:](\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    project: str
    region: str
    name: str

    @property
    def connection(self) -> str:
        return f"{self.project}:{self.region}:{self.name}"


class Authority:
    """Signs certificates of clients and of the server, each for half an hour."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Cloud SQL of tests")])
        self.certificate = self.signed(self._key.public_key(), "Cloud SQL of tests", is_ca=True)

    def signed(self, public: Any, name: str, *, is_ca: bool = False) -> str:
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=1))
            .not_valid_after(now + timedelta(minutes=30))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM).decode()


@contextmanager
def cloud_sql(instance: Instance, postgres: Postgres, folder: Path) -> Generator[str]:
    """A block in which the instance is there; gives the address of the API."""
    authority = Authority()
    host = f"127.{randbelow(200) + 20}.{randbelow(250) + 1}.{randbelow(250) + 1}"

    class Api(Quiet):
        def do_GET(self) -> None:  # noqa: N802 - as its base calls it
            if self._asked() == "connectSettings":
                said = {
                    "region": instance.region,
                    "databaseVersion": "POSTGRES_17",
                    "ipAddresses": [{"type": "PRIVATE", "ipAddress": host}],
                    "serverCaCert": {"cert": authority.certificate},
                }
                self.answer(200, json.dumps(said))

        def do_POST(self) -> None:  # noqa: N802 - as above
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            account = str(body.get("access_token", "")).removeprefix(BEFORE)
            if self._asked() == "generateEphemeralCert":
                public = serialization.load_pem_public_key(body["public_key"].encode())
                cert = authority.signed(public, account.removesuffix(".gserviceaccount.com"))
                self.answer(200, json.dumps({"ephemeralCert": {"cert": cert}}))

        def _asked(self) -> str:
            found = _INSTANCE.fullmatch(self.path)
            bearer = self.headers.get("Authorization", "")
            if not bearer.startswith(f"Bearer {BEFORE}"):
                self.answer(401, json.dumps({"error": {"message": "who are you"}}))
            elif found is None or found[1] != instance.project or found[2] != instance.name:
                self.answer(404, json.dumps({"error": {"message": "there is no such instance"}}))
            else:
                return found[3]
            return ""

    with _door(host, authority, postgres, folder), served(Api) as address:
        yield f"http://{address}"


@contextmanager
def _door(host: str, authority: Authority, postgres: Postgres, folder: Path) -> Generator[None]:
    """Lets in whose certificate is that of the role which it logs in as."""
    key = rsa.generate_private_key(65537, 2048)
    files = folder / "server.pem", folder / "server.key", folder / "ca.pem"
    files[0].write_text(authority.signed(key.public_key(), "server"))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    files[2].write_text(authority.certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(files[2])
    context.load_cert_chain(files[0], files[1])
    up, loop = Event(), asyncio.new_event_loop()
    ended = asyncio.Event()

    async def pass_on(client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        size = await client.readexactly(4)
        startup = await client.readexactly(int.from_bytes(size) - 4)
        words = startup[4:].decode().split("\0")
        said = dict(zip(words[::2], words[1::2], strict=False))
        subject = back.get_extra_info("peercert")["subject"]
        if said["user"] != dict(part[0] for part in subject)["commonName"]:
            back.close()
            return
        server, on = await asyncio.open_connection(postgres.host, postgres.port)
        on.write(size + startup)
        await asyncio.gather(_copied(client, on), _copied(server, back))

    async def open_door() -> None:
        async with await asyncio.start_server(pass_on, host, _PORT, ssl=context):
            up.set()
            await ended.wait()

    thread = Thread(target=loop.run_until_complete, args=(open_door(),), daemon=True)
    thread.start()
    assert up.wait(10), "the door does not open"
    try:
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.close()


async def _copied(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while part := await source.read(65536):
            target.write(part)
            await target.drain()
    except OSError:
        return
    finally:
        target.close()
