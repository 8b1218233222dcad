"""Small applications around one declaration, and what is read of them."""

from collections.abc import Mapping

from infragraph.model.graph import Property
from infragraph.model.source import SourceSpan
from tests.compiling import compiled, diagnostics

HEAD = """\
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from infragraph import Attribute, Bucket, Message, Retry, Secret, Service, SQLDatabase, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str
    country: Attribute[str]


@dataclass(frozen=True)
class Refund:
    id: str


orders = Topic[Order]("orders")
"""


def properties(text: str, node: str) -> Mapping[str, Property]:
    """The properties of one node of `shop.py`."""
    graph, _ = compiled({"shop.py": HEAD + text})
    (found,) = (it.properties for it in graph.nodes if it.id == node)
    return found


def findings(text: str) -> list[tuple[str, str]]:
    """The code of each finding about declarations in `shop.py`, with the text that it marks."""
    return findings_in({"shop.py": HEAD + text})


def findings_in(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """The code of each finding about declarations, with the text that it marks."""
    return [
        (found.code, _marked(files[found.span.path], found.span))
        for found in diagnostics(files)
        if found.code.startswith("IG2")
    ]


def _marked(text: str, span: SourceSpan) -> str:
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
