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
class _Entry:
    """Values, and who has read them: most are read by one alone, or by nobody."""

    values: Values
    readers: Reader | dict[Reader, None] | None


@dataclass(eq=False, slots=True, repr=False)
class Store:
    """Values by key, and who has read them."""

    _entries: dict[Key, _Entry] = field(default_factory=dict[Key, _Entry])

    def get(self, key: Key) -> Values:
        entry = self._entries.get(key)
        return NOTHING if entry is None else entry.values

    def read(self, key: Key, reader: Reader) -> Values:
        """The values, of which the reader is told when they grow."""
        entry = self._entries.get(key)
        if entry is None:
            self._entries[key] = _Entry(NOTHING, reader)
            return NOTHING
        known = entry.readers
        if known is not reader:
            if known is None:
                entry.readers = reader
            elif isinstance(known, dict):
                known[reader] = None
            else:
                entry.readers = {known: None, reader: None}
        return entry.values

    def readers_of(self, key: Key) -> Iterable[Reader]:
        entry = self._entries.get(key)
        return () if entry is None else _readers(entry)

    def noted(self) -> Iterable[Key]:
        """What has values, or was asked for."""
        return self._entries.keys()

    def add(self, key: Key, values: Values) -> Iterable[Reader] | None:
        """Who has read the entry, if it has grown."""
        if not values:
            return None
        entry = self._entries.get(key)
        if entry is None:
            grown = values if key[0] in UNBOUNDED else bounded(values)
            self._entries[key] = _Entry(grown, None)
            return ()
        known = entry.values
        if values <= known:
            return None
        grown = known | values
        entry.values = grown if key[0] in UNBOUNDED else bounded(grown)
        return None if entry.values == known else _readers(entry)


def _readers(entry: _Entry) -> Iterable[Reader]:
    known = entry.readers
    if known is None:
        return ()
    return known if isinstance(known, dict) else (known,)
