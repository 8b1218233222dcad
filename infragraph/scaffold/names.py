"""Names of what is made anew: which are refused, and what Python calls what they name."""

import builtins
import keyword
import re
import sys
from collections.abc import Collection

from infragraph.kinds.naming import LONGEST_NAME, proper_name

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")

_OURS = frozenset({"infragraph", "tests"})

# What modules made from templates call by these names.
_USED = frozenset({"announce", "asyncio", "dataclass", "event", "log", "logging"})


def refusal(kind: str, name: str) -> str | None:
    """Why nothing can have this name, with one that could."""
    if not proper_name(name):
        near = suggested(name)
        hint = f"; did you mean '{near}'?" if near else ""
        return (
            f"{name!r} is no name of {_article(kind)} {kind}: it takes lower case words joined by "
            f"hyphens, at most {LONGEST_NAME} characters{hint}"
        )
    if kind == "application":
        package = identifier(name)
        if package in sys.stdlib_module_names or package in _OURS or keyword.iskeyword(package):
            return (
                f"{name!r} is no name of an application: the package {package!r} would hide "
                f"another of that name; did you mean '{name[: LONGEST_NAME - 4].rstrip('-')}-app'?"
            )
    return None


def suggested(name: str) -> str | None:
    """The proper name that was most likely meant, such as `order-shipped` for `OrderShipped`."""
    words = [word.lower() for word in _WORD.findall(name)]
    while words and not words[0][0].isalpha():
        words[0] = words[0].lstrip("0123456789")
        if not words[0]:
            words.pop(0)
    joined = "-".join(words)[:LONGEST_NAME].rstrip("-")
    return joined if proper_name(joined) else None


def identifier(name: str) -> str:
    return name.replace("-", "_")


def class_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def module_of(name: str, kind: str) -> str:
    """A module's name, which no keyword is."""
    module = identifier(name)
    return f"{module}_{kind}" if keyword.iskeyword(module) else module


def variable_of(name: str, kind: str, taken: Collection[str] = ()) -> str:
    """A variable's name that hides nothing which the module about it uses."""
    variable = identifier(name)
    is_taken = keyword.iskeyword(variable) or hasattr(builtins, variable) or variable in taken
    return f"{variable}_{kind}" if is_taken or variable in _USED else variable


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
