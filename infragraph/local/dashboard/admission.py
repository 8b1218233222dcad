"""Who is let in: decided by a request's headers alone, before anything of it is looked at.

Development servers that trusted any origin, or any page of this machine, let every website read
what a developer works on (CVE-2018-14732, CVE-2025-24010, CVE-2025-30360). So everything that a
browser says of where a request comes from must say: from this dashboard's own page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

CSRF_HEADER = "x-infragraph-dashboard"
"""A header that no form and no other site's page can send unasked; any value will do."""

OPEN_PATH = "/open"
"""Where a one-time address leads: its key is what lets in."""

_HOST = re.compile(r"(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])")
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as far as it is decided on; `headers` holds all values of each name."""

    method: str
    path: str
    headers: Mapping[str, Sequence[str]]
    has_cookie: bool
    has_bearer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why not; the text names no secret, and nothing of what was asked for."""

    status: HTTPStatus
    reason: str


def refusal(asked: Asked, port: int) -> Refusal | None:
    """Why a request is not let in, None where it is; `port` is the dashboard's own."""
    hosts = asked.headers.get("host", ())
    if len(hosts) != 1 or not _is_ours(hosts[0], port):
        return _no(HTTPStatus.MISDIRECTED_REQUEST, "this host is not the dashboard's")
    return _of_site(asked) or _of_origin(asked, hosts[0]) or _of_session(asked) or _of_method(asked)


def _is_ours(host: str, port: int) -> bool:
    name, colon, number = host.rpartition(":")
    return bool(colon) and number == str(port) and _HOST.fullmatch(name) is not None


def _of_site(asked: Asked) -> Refusal | None:
    """Another port of this machine is the same site, and another page all the same."""
    for site in asked.headers.get("sec-fetch-site", ()):
        if site not in ("same-origin", "none"):
            return _no(HTTPStatus.FORBIDDEN, "no other page may ask")
    return None


def _of_origin(asked: Asked, host: str) -> Refusal | None:
    origins = asked.headers.get("origin", ())
    if len(origins) > 1 or any(origin != f"http://{host}" for origin in origins):
        return _no(HTTPStatus.FORBIDDEN, "no other page may ask")
    return None


def _of_session(asked: Asked) -> Refusal | None:
    if asked.path == OPEN_PATH or asked.has_bearer:
        return None
    if not asked.has_cookie:
        return _no(HTTPStatus.UNAUTHORIZED, "open the address that `infragraph run` prints")
    if not asked.headers.get("origin") and not asked.headers.get("sec-fetch-site"):
        # A page's own requests name one or the other; what names neither is no page.
        return _no(HTTPStatus.FORBIDDEN, "a request without an origin needs the bearer token")
    return None


def _of_method(asked: Asked) -> Refusal | None:
    if asked.method in _READING:
        return None
    if asked.method != "POST":
        return _no(HTTPStatus.METHOD_NOT_ALLOWED, "things are read by GET and done by POST")
    if not asked.headers.get("origin") and not asked.has_bearer:
        return _no(HTTPStatus.FORBIDDEN, "a request without an origin needs the bearer token")
    types = asked.headers.get("content-type", ())
    if [it.partition(";")[0].strip().lower() for it in types] != ["application/json"]:
        return _no(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a body is application/json")
    if not any(asked.headers.get(CSRF_HEADER, ())):
        return _no(HTTPStatus.FORBIDDEN, f"the header {CSRF_HEADER} is missing")
    return None


def _no(status: HTTPStatus, reason: str) -> Refusal:
    return Refusal(status=status, reason=reason)
