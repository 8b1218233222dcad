"""Paths of endpoints: names, and parameters such as `{id}` and `{rest:path}`, between slashes."""

import re
from dataclasses import dataclass
from keyword import iskeyword


@dataclass(frozen=True, slots=True, kw_only=True)
class PathParameter:
    """One part of a path; with `takes_rest` all that remain, slashes included."""

    name: str
    takes_rest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The parts between the slashes; `/users/` ends with an empty one."""

    parts: tuple[str | PathParameter, ...]

    @property
    def parameters(self) -> tuple[PathParameter, ...]:
        return tuple(part for part in self.parts if isinstance(part, PathParameter))

    @property
    def shape(self) -> tuple[str | bool, ...]:
        """What requests are told apart by: a parameter counts by how much it takes alone."""
        return tuple(
            part.takes_rest if isinstance(part, PathParameter) else part for part in self.parts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFault:
    """Why a text is no path, and what to write instead."""

    reason: str
    cure: str


def parsed(path: str) -> Path | PathFault:
    if not path.startswith("/"):
        return PathFault(reason="it does not begin with a slash", cure=f"write '/{path}'")
    if FORBIDDEN.search(path):
        return PathFault(
            reason="it contains what belongs to no path",
            cure="leave out blanks, '?', '#', '%' and backslashes; queries are parameters",
        )
    written = path.split("/")[1:]
    if "" in written[:-1]:
        return PathFault(reason="it has an empty part", cure="write one slash between two parts")
    parts: list[str | PathParameter] = []
    for number, part in enumerate(written, start=1):
        read = _part(part, is_last=number == len(written))
        if isinstance(read, PathFault):
            return read
        parts.append(read)
    return Path(parts=tuple(parts))


def _part(  # noqa: PLR0911 - one for each fault
    part: str, *, is_last: bool
) -> str | PathParameter | PathFault:
    if part in {".", ".."}:
        return PathFault(reason=f"'{part}' is a part of it", cure="write the path out")
    if "{" not in part and "}" not in part:
        return part
    match = PARAMETER.fullmatch(part)
    if match is None:
        return PathFault(
            reason=f"'{part}' is neither a name nor a parameter",
            cure="write a parameter alone between two slashes, such as '/{id}/'",
        )
    name, converter = match["name"], match["converter"]
    if not name.isidentifier() or iskeyword(name):
        return PathFault(
            reason=f"'{name}' cannot be the name of a function's parameter",
            cure="name the parameter as the function's",
        )
    if converter not in {None, "path"}:
        return PathFault(
            reason=f"'{part}' has a converter",
            cure=f"write '{{{name}}}'; its type is that of the function's parameter",
        )
    if converter == "path" and not is_last:
        return PathFault(
            reason=f"'{part}' takes all that remains, and is not its last part",
            cure="move it to the end",
        )
    return PathParameter(name=name, takes_rest=converter == "path")


FORBIDDEN = re.compile(r"[\s?#%\\]|[\x00-\x1f\x7f]")
PARAMETER = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<converter>[^{}]*))?\}")
