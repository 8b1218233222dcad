from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from infragraph import Topic

from app import events
from app.payload import Event
from app.publishers import Called, Publisher


@dataclass
class Dependencies:
    topic: Topic[Event]
    backup: Topic[Event] = events.white
    publisher: Publisher = field(default_factory=lambda: Publisher(events.black))


class Pair(NamedTuple):
    first: Topic[Event]
    second: Topic[Event]


dependencies = Dependencies(topic=events.blue)
pair = Pair(events.red, events.green)
red_publisher = Publisher(events.red)
blue_publisher = Publisher(topic=events.blue)
call_red = Called(red_publisher)
