"""Google Cloud Storage's JSON API, as far as objects go, with an object's parts in memory.

https://cloud.google.com/storage/docs/json_api/v1/objects and, of signed URLs,
https://cloud.google.com/storage/docs/authentication/signatures (read 2026-11-25)
"""

import base64
import hashlib
import json
import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any, ClassVar, cast
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

import google_crc32c

from tests.runtime.google import Quiet, served

_UPLOAD = re.compile(r"/upload/storage/v1/b/([^/]+)/o")
_OBJECTS = re.compile(r"(/download)?/storage/v1/b/([^/]+)/o(?:/(.+))?")
_PAGE = 2
"""Fewer than are asked for, as Google may give."""


@contextmanager
def storage(buckets: Mapping[str, dict[str, bytes]], closed: str = "") -> Generator[str]:
    """A block in which it answers; nobody may do anything in the bucket `closed`."""
    held: dict[str, Any] = {"buckets": buckets, "closed": closed, "uploads": {}}
    with served(type("Held", (Storage,), held)) as address:
        yield f"http://{address}"


class Storage(Quiet):
    buckets: ClassVar[Mapping[str, dict[str, bytes]]]
    closed: ClassVar[str]
    uploads: ClassVar[dict[str, tuple[str, str, bytearray]]]

    def do_GET(self) -> None:  # noqa: N802 - as its base calls it
        found = self._objects()
        if found is None:
            return
        kept, key, query = found
        if key is None:
            self._list(kept, query)
        elif key not in kept:
            self._fail(404, f"No such object: {key}")
        elif query.get("alt") == ["media"]:
            self._send(kept[key], _hashes(kept[key]))
        else:
            self.answer(200, json.dumps(_described(key, kept[key])))

    def do_DELETE(self) -> None:  # noqa: N802 - as above
        found = self._objects()
        if found is None:
            return
        kept, key, _ = found
        if kept.pop(str(key), None) is None:
            self._fail(404, f"No such object: {key}")
        else:
            self.answer(204, "")

    def do_POST(self) -> None:  # noqa: N802 - as above
        asked = urlsplit(self.path)
        match, query = _UPLOAD.fullmatch(asked.path), parse_qs(asked.query)
        body = self._body()
        if match is None or not self._is_open(match[1]):
            return
        if query["uploadType"] == ["multipart"]:
            kind = self.headers["Content-Type"]
            parts = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
            about, data = cast("list[Any]", parts.get_payload())
            key = str(json.loads(about.get_payload(decode=True))["name"])
            self.buckets[match[1]][key] = data.get_payload(decode=True)
            self.answer(200, json.dumps(_described(key, self.buckets[match[1]][key])))
            return
        number = uuid4().hex
        self.uploads[number] = match[1], str(json.loads(body)["name"]), bytearray()
        self._send(b"", {"Location": f"http://{self.headers['Host']}/resume/{number}"})

    def do_PUT(self) -> None:  # noqa: N802 - as above
        bucket, key, kept = self.uploads[self.path.rpartition("/")[2]]
        kept += self._body()
        if not self.headers["Content-Range"].endswith(f"/{len(kept)}"):
            self._send(b"", {"Range": f"bytes=0-{len(kept) - 1}"}, status=308)
            return
        self.buckets[bucket][key] = bytes(kept)
        self.answer(200, json.dumps(_described(key, bytes(kept))))

    def _objects(self) -> tuple[dict[str, bytes], str | None, dict[str, list[str]]] | None:
        asked = urlsplit(self.path)
        match = _OBJECTS.fullmatch(asked.path)
        if match is None or not self._is_open(match[2]):
            return None
        key = None if match[3] is None else unquote(match[3])
        return self.buckets[match[2]], key, parse_qs(asked.query)

    def _is_open(self, bucket: str) -> bool:
        if bucket == self.closed:
            self._fail(403, "the account does not have storage.objects access")
        elif bucket not in self.buckets:
            self._fail(404, "The specified bucket does not exist.")
        else:
            return True
        return False

    def _list(self, kept: Mapping[str, bytes], query: Mapping[str, list[str]]) -> None:
        after = query.get("pageToken", [""])[0]
        prefix = query.get("prefix", [""])[0]
        keys = sorted(it for it in kept if it.startswith(prefix) and it > after)
        page: dict[str, Any] = {"items": [{"name": it} for it in keys[:_PAGE]]}
        if len(keys) > _PAGE:
            page["nextPageToken"] = keys[_PAGE - 1]
        self.answer(200, json.dumps(page))

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _fail(self, code: int, message: str) -> None:
        self.answer(code, json.dumps({"error": {"code": code, "message": message}}))

    def _send(self, body: bytes, headers: Mapping[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _described(key: str, data: bytes) -> Mapping[str, object]:
    return {"name": key, "size": str(len(data)), "md5Hash": _md5(data), "crc32c": _crc32c(data)}


def _hashes(data: bytes) -> Mapping[str, str]:
    return {"X-Goog-Hash": f"crc32c={_crc32c(data)},md5={_md5(data)}"}


def _md5(data: bytes) -> str:
    return base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()


def _crc32c(data: bytes) -> str:
    checksum: Any = google_crc32c.Checksum
    digest: bytes = checksum(data).digest()
    return base64.b64encode(digest).decode()
