"""Messages by number, of which some do not decode."""

from dataclasses import dataclass, field
from uuid import uuid4

from infragraph.runtime.envelope import Envelope
from tests.runtime.conformance.harness import message


@dataclass(kw_only=True)
class Numbered:
    """Each `poison_share`th is poison, none where it is 0; ids are this run's own."""

    poison_share: int
    prefix: str = field(default_factory=lambda: uuid4().hex[:8])
    poison: set[str] = field(default_factory=set[str])

    def made(self, number: int) -> Envelope:
        identity = f"{self.prefix}-{number}"
        if self.poison_share and number % self.poison_share == 0:
            self.poison.add(identity)
            return message(b"{", id=identity)
        return message(number, id=identity)
