"""The store: what activations know of each other, which only grows."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from infragraph.frontend.activation import Reader
from infragraph.frontend.bounds import bounded
from infragraph.frontend.values import NOTHING, Values

Key: TypeAlias = tuple[Hashable, ...]
"""What an entry is about: `("return", activation)`, `("field", instance, name)` …"""

UNBOUNDED = frozenset({"given", "keys", "loose", "names", "unwritten"})
"""Entries of constants that are as many as the source writes."""


@dataclass(eq=False, slots=True, repr=False)
class Store:
    """Values by key, and who has read them."""

    values: dict[Key, Values] = field(default_factory=dict[Key, Values])
    readers: dict[Key, dict[Reader, None]] = field(default_factory=dict[Key, dict[Reader, None]])

    def get(self, key: Key) -> Values:
        return self.values.get(key, NOTHING)

    def note(self, key: Key, reader: Reader) -> None:
        """Take note that a reader depends on an entry."""
        self.readers.setdefault(key, {})[reader] = None

    def read(self, key: Key, reader: Reader) -> Values:
        """Both at once, as almost everything is read."""
        readers = self.readers.get(key)
        if readers is None:
            self.readers[key] = {reader: None}
        else:
            readers[reader] = None
        return self.values.get(key, NOTHING)

    def readers_of(self, key: Key) -> Iterable[Reader]:
        return self.readers.get(key, ())

    def add(self, key: Key, values: Values) -> bool:
        """Whether the entry has grown."""
        known = self.get(key)
        if values <= known:
            return False
        grown = known | values
        self.values[key] = grown if key[0] in UNBOUNDED else bounded(grown)
        return self.values[key] != known
