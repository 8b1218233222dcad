"""States: what is known at one point of a body, and what ways to the same point have in common."""

from dataclasses import dataclass, field

from infragraph.frontend.bounds import bounded
from infragraph.frontend.steps import Write
from infragraph.frontend.values import Values


@dataclass(slots=True)
class State:
    """What is known at one point: the names bound so far, and what may have been written."""

    names: dict[str, Values] = field(default_factory=dict[str, Values])
    writes: frozenset[Write] = frozenset()
    is_dead: bool = False

    def copy(self) -> "State":
        return State(dict(self.names), self.writes, self.is_dead)

    def merge(self, other: "State") -> None:
        """Join with the state of another way to the same point."""
        if other.is_dead:
            return
        if self.is_dead:
            self.names, self.writes, self.is_dead = dict(other.names), other.writes, False
            return
        for name, values in other.names.items():
            mine = self.names.get(name)
            if mine is not values:
                self.names[name] = values if mine is None else bounded(mine | values)
        self.writes |= other.writes

    def differs(self, other: "State") -> bool:
        return self.names != other.names or self.writes != other.writes


@dataclass(slots=True)
class Loop:
    """Where `break` and `continue` of the innermost loop lead."""

    breaks: list[State] = field(default_factory=list[State])
    continues: list[State] = field(default_factory=list[State])
