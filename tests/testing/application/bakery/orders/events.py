from dataclasses import dataclass

from infragraph import Topic


@dataclass(frozen=True)
class Order:
    id: int
    cake: str


placed = Topic[Order]("placed", ordering_key="cake")
reminders = Topic[Order]("reminders")
