"""The diagram as data: what `infragraph diagram` draws, in nodes that a page builds one by one.

A page that inserts a document as text would need to trust all of it; built from elements and
attributes of a list, there is nothing in it that could run.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    {"svg", "g", "title", "desc", "path", "rect", "text", "tspan", "circle", "ellipse", "line"}
    | {"polygon", "polyline"}
)
_ATTRIBUTES = frozenset(
    {"class", "d", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "id"}
    | {"width", "height", "viewBox", "transform", "points", "role", "aria-labelledby"}
    | {"aria-describedby", "aria-roledescription", "data-id", "data-source", "data-target"}
)


class PictureError(Exception):
    """There is no picture; the text says why."""


async def drawn(root: Path, application: str, view: str) -> tuple[list[Any], str]:
    """A view of the application's graph, as `[name, attributes, children]`, and its style.

    Raises:
        PictureError: what draws is not installed, or cannot draw this.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infragraph", "diagram", str(root), "--app", application),
        *("--format", "svg", "--view", view, "--output", "-"),
        env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, notes = await process.communicate()
    if process.returncode != 0:
        raise PictureError(notes.decode("utf-8", "replace").strip() or "nothing was drawn")
    # Our own program wrote it.
    document = ET.fromstring(output)  # noqa: S314
    style = "".join(it.text or "" for it in document.iter(f"{_SVG}style"))
    return _node(document), style


def _node(element: ET.Element) -> list[Any]:
    name = element.tag.removeprefix(_SVG)
    attributes = {key: value for key, value in element.attrib.items() if key in _ATTRIBUTES}
    text = (element.text or "").strip()
    children: list[Any] = [text] if text else []
    children += [_node(it) for it in element if it.tag.removeprefix(_SVG) in _ELEMENTS]
    return [name, attributes, children]
