import os
from dataclasses import dataclass

from infragraph import Topic


@dataclass(frozen=True)
class Event:
    id: int


def make(name: str) -> Topic[Event]:
    return Topic[Event](name)


good = Topic[Event]("good")
made = make(os.environ["MADE"])
configured = Topic[Event](os.environ["TOPIC"])
several = [Topic[Event](f"several-{name}") for name in os.listdir()]
