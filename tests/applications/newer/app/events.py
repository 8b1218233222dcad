from dataclasses import dataclass

from infragraph import Topic


@dataclass(frozen=True)
class Event:
    id: int


plain = Topic[Event]("plain")
