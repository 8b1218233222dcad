"""Functions that make aliases of field names, as pydantic offers them."""

import re
from collections.abc import Callable, Mapping


def to_pascal(name: str) -> str:
    """`user_id` as `UserId`."""
    return re.sub(r"(?<=[0-9A-Za-z])_(?=[0-9A-Z])", "", name.title())


def to_camel(name: str) -> str:
    """`user_id` as `userId`; what is camel case already stays, unless a digit precedes a letter."""
    if re.match(r"^[a-z]+[A-Za-z0-9]*$", name) and not re.search(r"\d[a-z]", name):
        return name
    return re.sub(r"^_*[A-Z]", lambda found: found.group().lower(), to_pascal(name))


def to_snake(name: str) -> str:
    """`userId` as `user_id`."""
    for before, after in (
        (r"[A-Z]", r"[A-Z][a-z]"),
        (r"[a-z]", r"[A-Z]"),
        (r"[0-9]", r"[A-Z]"),
        (r"[a-z]", r"[0-9]"),
    ):
        name = re.sub(rf"(?<={before})(?={after})", "_", name)
    return name.replace("-", "_").lower()


GENERATORS: Mapping[str, Callable[[str], str]] = {
    "pydantic.to_camel": to_camel,
    "pydantic.to_pascal": to_pascal,
    "pydantic.to_snake": to_snake,
    "str.lower": str.lower,
    "str.upper": str.upper,
    "str.title": str.title,
    "str.capitalize": str.capitalize,
}
