"""Google's APIs on loopback, for the real `gcloud`: they keep what they are given.

A body that its discovery document does not know is remembered as a fault. What no call ever made is
not there; a policy is empty at first.
"""

import json
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.formats.gcloud.discovery import faults, request_schema

APIS: Mapping[str, str] = {
    "pubsub": "pubsub.v1",
    "secretmanager": "secretmanager.v1",
    "iam": "iam.v1",
    "cloudscheduler": "cloudscheduler.v1",
    "storage": "storage.v1",
    "artifactregistry": "artifactregistry.v1",
    "serviceusage": "serviceusage.v1",
}
"""Those that `gcloud` can be sent to a fake of, by the name of its property."""

_WRAPPERS = ("serviceAccount", "subscription", "topic")
"""Members of a body that hold the thing itself."""


@dataclass(slots=True)
class FakeApis:
    things: dict[str, Any] = field(default_factory=dict[str, Any])
    policies: dict[str, Any] = field(default_factory=dict[str, Any])
    faults: list[str] = field(default_factory=list[str])
    writes: list[str] = field(default_factory=list[str])

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        """`path` begins with the API's name."""
        api, _, rest = path.lstrip("/").partition("/")
        rest, _, query = rest.partition("?")
        given: dict[str, Any] = json.loads(body) if body else {}
        if method != "GET":
            self._check(api, method, rest, given)
        if rest.endswith(("IamPolicy", "/iam")):
            return self._policy(
                f"{api}/{rest}".removesuffix("/iam").rpartition(":")[0] or rest, method, given
            )
        if method == "GET":
            return self._read(f"{api}/{rest}")
        self.writes.append(f"{method} {api}/{rest}")
        return self._write(api, method, rest, query, given)

    def _check(self, api: str, method: str, path: str, given: Any) -> None:
        document = APIS[api]
        try:
            schema = request_schema(document, method, path.removeprefix("storage/v1/"))
        except LookupError as error:
            self.faults.append(str(error))
            return
        if schema is not None:
            self.faults.extend(f"{method} {path}: {it}" for it in faults(document, schema, given))

    def _read(self, path: str) -> tuple[int, Any]:
        if "/operations/" in path:
            return 200, {"name": path.partition("/v1/")[2], "done": True}
        found = self.things.get(path.replace("/projects/-/", "/projects/example-prod-1/"))
        if found is not None:
            return 200, found
        return 404, {"error": {"code": 404, "message": "Resource not found", "status": "NOT_FOUND"}}

    def _policy(self, thing: str, method: str, given: Any) -> tuple[int, Any]:
        if method in {"POST", "PUT"} and given:
            self.policies[thing] = given.get("policy", given)
        return 200, {"etag": "AAAA", "version": 3, **self.policies.get(thing, {})}

    def _write(self, api: str, method: str, path: str, query: str, given: Any) -> tuple[int, Any]:
        name = self._made(api, method, path, query, given)
        body = next((given[it] for it in _WRAPPERS if isinstance(given.get(it), dict)), given)
        self.things[name] = {**self.things.get(name, {}), **body}
        if api == "artifactregistry" and method == "POST":
            place = path.removeprefix("v1/").rpartition("/")[0]
            return 200, {"name": f"{place}/operations/1", "done": True}
        return 200, self.things[name]

    def _made(self, api: str, method: str, path: str, query: str, given: Any) -> str:
        """Where what a call makes can be read afterwards."""
        if method != "POST":
            return f"{api}/{path}".replace("/projects/-/", "/projects/example-prod-1/")
        if api == "iam":
            email = f"{given['accountId']}@{path.split('/')[2]}.iam.gserviceaccount.com"
            given["serviceAccount"] = {**given.get("serviceAccount", {}), "email": email}
            return f"{api}/{path}/{email}"
        if api == "cloudscheduler":
            return f"{api}/v1/{given['name']}"
        pairs = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
        named = pairs.get("secretId") or pairs.get("repositoryId") or given.get("name", "")
        return f"{api}/{path}/{named}"

    @contextmanager
    def serving(self) -> Generator[str, None, None]:
        """The address, until the block ends."""
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length) if length else b""
                code, answer = fake.answer(self.command, self.path, body)
                data = json.dumps(answer).encode()
                self.send_response(code)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_PATCH = _do  # noqa: N815 - the server's names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
