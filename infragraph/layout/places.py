"""What Graphviz says of where everything stands, read from its JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infragraph.layout.plane import Box, Curve, Point

_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Boxes of nodes, of containers and of their titles, and curves of edges, by their names."""

    width: float
    height: float
    nodes: Mapping[str, Box]
    groups: Mapping[str, Box]
    titles: Mapping[str, Box]
    curves: Mapping[str, Curve]


def places(text: str) -> Places:
    """Graphviz measures from the lower edge in points, of which there is one to a pixel."""
    found: Mapping[str, Any] = json.loads(text)
    _, _, width, height = _numbers(found["bb"])
    objects: list[Mapping[str, Any]] = found.get("objects", [])
    edges: list[Mapping[str, Any]] = found.get("edges", [])
    groups = {str(it["name"]): it for it in objects if "bb" in it}
    return Places(
        width=width,
        height=height,
        nodes={str(it["name"]): _node(it, height) for it in objects if "pos" in it},
        groups={name: _group(it, height) for name, it in groups.items()},
        titles={name: _title(it, height) for name, it in groups.items() if "lp" in it},
        curves={str(it["id"]): _curve(it["pos"], height) for it in edges},
    )


def _node(found: Mapping[str, Any], height: float) -> Box:
    x, y = _numbers(found["pos"])
    across, down = float(found["width"]) * _INCH, float(found["height"]) * _INCH
    return Box(left=x - across / 2, top=height - y - down / 2, width=across, height=down)


def _group(found: Mapping[str, Any], height: float) -> Box:
    left, bottom, right, top = _numbers(found["bb"])
    return Box(left=left, top=height - top, width=right - left, height=top - bottom)


def _title(found: Mapping[str, Any], height: float) -> Box:
    x, y = _numbers(found["lp"])
    across, down = float(found["lwidth"]) * _INCH, float(found["lheight"]) * _INCH
    return Box(left=x - across / 2, top=height - y - down / 2, width=across, height=down)


def _curve(text: str, height: float) -> Curve:
    return tuple(Point(x, height - y) for x, y in _points(text))


def _points(text: str) -> Iterator[tuple[float, float]]:
    for word in text.split():
        x, y = _numbers(word)
        yield x, y


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(word) for word in text.split(","))
