"""Names that the components of a document may have, for the payload types of a graph.

`shop.accounts.models.Account` is `Account`, unless another type ends so: then as many parts of
their names are kept as tell them apart. `shop.Page(shop.models.Order)` is `Page_Order`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256


def component_names(payloads: Iterable[str]) -> Mapping[str, str]:
    """A name of letters, digits, `.`, `-` and `_` for each type; no two have the same."""
    kept = dict.fromkeys(sorted(payloads), 1)
    while True:
        names = {payload: _short(payload, parts) for payload, parts in kept.items()}
        uses = Counter(names.values())
        longer = [
            payload
            for payload, name in names.items()
            if uses[name] > 1 and kept[payload] < _depth(payload)
        ]
        if not longer:
            return {payload: _unlike(payload, name, uses) for payload, name in names.items()}
        for payload in longer:
            kept[payload] += 1


def _short(payload: str, parts: int) -> str:
    words = [".".join(word.split(".")[-parts:]) for word in _words(payload)]
    return re.sub(r"[^A-Za-z0-9._-]", _code, "_".join(words)) or "_"


def _depth(payload: str) -> int:
    return max((word.count(".") + 1 for word in _words(payload)), default=1)


def _words(payload: str) -> list[str]:
    return [word for word in re.split(r"[(),]", payload) if word]


def _code(match: re.Match[str]) -> str:
    return f"-{ord(match.group()):x}-"


def _unlike(payload: str, name: str, uses: Counter[str]) -> str:
    """Of names that read alike in full, each has a digest of the type's own."""
    if uses[name] == 1 and not _DIGESTED.search(name):
        return name
    return f"{name}-{sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


_DIGESTED = re.compile(r"-[0-9a-f]{8}$")
"""A name that could be one with a digest has one too."""
