"""Databases: their tables, and a box for statements that read."""

import json
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from infragraph.local.dashboard.answering import Fault, answering, read_json, text
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.reader import QueryError, Reader
from infragraph.local.telemetry.masking import MASK, is_secret_name


def routes(given: Given) -> list[Route]:
    async def tables(request: Request) -> Any:
        name = _known(given, request.query_params.get("database", ""))
        try:
            found = await _reader(given).tables(name)
        except QueryError as error:
            raise Fault(str(error), 502) from error
        return [{**table, "columns": json.loads(table["columns"])} for table in found]

    async def query(request: Request) -> Any:
        body = await read_json(request)
        name = _known(given, text(body, "database"))
        try:
            found = await _reader(given).query(name, text(body, "sql"))
        except QueryError as error:
            raise Fault(str(error), 422) from error
        masks, columns = given.collected.masks, found["columns"]
        return {
            **found,
            "rows": [
                [
                    cell if cell is None else MASK if is_secret_name(column) else masks.text(cell)
                    for column, cell in zip(columns, row, strict=True)
                ]
                for row in found["rows"]
            ],
        }

    return [
        Route("/api/tables", answering(tables)),
        Route("/api/query", answering(query), methods=["POST"]),
    ]


def _reader(given: Given) -> Reader:
    if given.reader is None:
        message = "this run has no database"
        raise Fault(message, 404)
    return given.reader


def _known(given: Given, name: str) -> str:
    if name not in (node["name"] for node in given.run.application.of_kind("database")):
        message = "there is no such database"
        raise Fault(message, 404)
    return name
