"""Google as services see it, on loopback: tokens by a key of the tests, and Cloud Run's front."""

import json
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import google.auth.jwt
import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from google.auth.crypt import RSASigner
from google.auth.exceptions import GoogleAuthError

REMOVED = "SIGNATURE_REMOVED_BY_GOOGLE"
CERTIFICATES_PATH = "/oauth2/v1/certs"
_HOP = frozenset({"connection", "content-length", "host", "transfer-encoding"})


class Issuer:
    """Signs as Google does, by a key of its own."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        signer: Any = RSASigner
        self._signer = signer.from_string(pem.decode(), key_id="k1")
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()

    async def certificates(self) -> Mapping[str, str]:
        return {"k1": self.certificate}

    def token(self, email: str, audience: str, **changed: object) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://accounts.google.com",
            "aud": audience,
            "email": email,
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
            **changed,
        }
        encoded: bytes = google.auth.jwt.encode(self._signer, claims)  # type: ignore[no-untyped-call]
        return encoded.decode()

    def email(self, token: str, audience: str) -> str | None:
        """The account of a token that is ours, for `audience`."""
        jwt: Any = google.auth.jwt
        try:
            claims = jwt.decode(token, certs={"k1": self.certificate}, audience=audience)
        except (GoogleAuthError, ValueError):
            return None
        return str(claims["email"])


def without_signature(token: str) -> str:
    """What Cloud Run leaves of a token that it has checked."""
    head, claims, _ = token.split(".")
    return f"{head}.{claims}.{REMOVED}"


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    """A block in which it answers at the address that this gives."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def metadata_server(issuer: Issuer, account: str) -> Generator[str]:
    """The metadata server of a process that runs as `account`, and Google's certificates.

    https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys (read 2026-11-25)
    """
    base = "/computeMetadata/v1"
    own = f"{base}/instance/service-accounts/default"

    class Metadata(Quiet):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == CERTIFICATES_PATH:
                self.answer(200, json.dumps({"k1": issuer.certificate}))
            elif asked.path != "/" and self.headers.get("Metadata-Flavor") != "Google":
                self.answer(403, "no flavor")
            else:
                # An account has its own name, and another as the process's.
                path = asked.path.rstrip("/").replace(f"/{account}", "/default")
                self._tell(path, parse_qs(asked.query))

        def _tell(self, path: str, query: Mapping[str, list[str]]) -> None:
            known: dict[str, str] = {
                "": "computeMetadata/",
                f"{base}/project/project-id": "shop-1234",
                f"{base}/universe/universe-domain": "googleapis.com",
                f"{own}/email": account,
                f"{own}/token": json.dumps(
                    {"access_token": f"ya29.{account}", "expires_in": 3600, "token_type": "Bearer"}
                ),
                own: json.dumps({"email": account, "scopes": [], "aliases": ["default"]}),
            }
            if path == f"{own}/identity" and query.get("format") == ["full"]:
                self.answer(200, issuer.token(account, query["audience"][0]), "text/html")
            elif path in known:
                is_json = known[path].startswith("{")
                self.answer(200, known[path], "application/json" if is_json else "text/plain")
            else:
                self.answer(404, path)

    with served(Metadata) as address:
        yield address


@contextmanager
def cloud_run(
    issuer: Issuer, service: Mapping[str, str], *, invokers: frozenset[str] | None
) -> Generator[str]:
    """What stands before a service: `service` has its `url` within, and its `audience`.

    None for `invokers` lets in everybody. What it checks it takes the signature of, and hands on.
    """

    class Front(Quiet):
        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def _pass_on(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            headers = {name: value for name, value in headers.items() if name not in _HOP}
            looked_at = next(
                (it for it in ("x-serverless-authorization", "authorization") if it in headers), ""
            )
            token = headers.get(looked_at, "").removeprefix("Bearer ")
            account = issuer.email(token, service["audience"])
            if invokers is not None and account not in invokers:
                self.answer(403, "the request was not authenticated")
                return
            if account is not None:
                headers[looked_at] = f"Bearer {without_signature(token)}"
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = httpx.request(
                self.command, service["url"] + self.path, headers=headers, content=body, timeout=20
            )
            self.answer(answer.status_code, answer.text)

    with served(Front) as address:
        yield f"http://{address}"


class Quiet(BaseHTTPRequestHandler):
    def answer(self, status: int, text: str, kind: str = "application/json") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Metadata-Flavor", "Google")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if status != 204 else 0))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base has it
        """Nothing, since tests read what the services say."""


def claims_of(token: str) -> dict[str, Any]:
    jwt: Any = google.auth.jwt
    return cast("dict[str, Any]", jwt.decode(token, verify=False))
