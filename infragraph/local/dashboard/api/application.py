"""The graph, as it was analyzed last, and what the run says of itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infragraph.local.dashboard.answering import Fault, answering
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.picture import PictureError, drawn

_VIEWS = ("system", "events", "data")


def routes(given: Given) -> list[Route]:
    async def application(_request: Request) -> Any:
        graph = given.run.application.graph
        return {
            "name": given.run.application.name,
            "url": given.run.url,
            "broker": given.broker,
            "otlp": given.collected.url,
            "graph": {name: graph[name] for name in ("nodes", "edges", "payloads", "unresolved")},
            "diagnostics": list(given.run.diagnostics),
            "owners": _owners(given.run.application.root),
            "dropped": given.collected.store.dropped,
            "forwarded_to": sorted(given.collected.forwarding.collector.urls),
            "not_forwarded": given.collected.forwarding.lost,
        }

    async def picture(request: Request) -> Any:
        view = request.query_params.get("view", "system")
        services = {f"service:{name}" for name in given.run.application.services()}
        if view not in _VIEWS and view not in services:
            message = "there is no such view"
            raise Fault(message, 404)
        return (await _drawn(given, view))[0]

    async def style(_request: Request) -> Response:
        try:
            text = (await _drawn(given, "system"))[1]
        except Fault:
            text = ""
        # Its classes are called as those of the page may be.
        return Response(f".picture{{{text}}}", media_type="text/css")

    async def address(_request: Request) -> Any:
        return {"address": given.sessions.address}

    return [
        Route("/api/application", answering(application)),
        Route("/api/picture", answering(picture)),
        Route("/picture.css", style),
        Route("/api/address", answering(address), methods=["POST"]),
    ]


async def _drawn(given: Given, view: str) -> tuple[Any, str]:
    """Drawn once for each state of the source."""
    application = given.run.application
    key = f"{view} {application.fingerprint()}"
    if key not in given.pictures:
        try:
            made = await drawn(application.root, application.name, view)
        except PictureError as error:
            raise Fault(str(error), 503) from error
        for other in [it for it in given.pictures if it.startswith(f"{view} ")]:
            del given.pictures[other]
        given.pictures[key] = made
    found: tuple[Any, str] = given.pictures[key]
    return found


def _owners(root: Path) -> dict[str, str]:
    """Who answers for each service; "" is who answers for the rest."""
    try:
        read = yaml.safe_load((root / "infragraph.yaml").read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    if not isinstance(read, Mapping):
        return {}
    written = cast("Mapping[str, Any]", read)
    services = written.get("services")
    found = {"": written.get("owner")}
    if isinstance(services, Mapping):
        for name, it in cast("Mapping[str, Any]", services).items():
            found[str(name)] = (
                cast("Mapping[str, Any]", it).get("owner") if isinstance(it, Mapping) else None
            )
    return {name: owner for name, owner in found.items() if isinstance(owner, str)}
