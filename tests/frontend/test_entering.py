"""Which functions the machine enters: those that lead to a resource, once that is known."""

from tests.frontend.publishing import published
from tests.frontend.types.declared import settled

SOURCE = """
from dataclasses import dataclass
from infragraph import Service, Topic

app = Service("app")

@dataclass
class Event:
    id: int

events = Topic[Event]("events")

def total(numbers):
    return sum(double(number) for number in numbers)

def double(number):
    return number * 2

def unused(number):
    return total([number])

def name(topic):
    return topic

async def send(event):
    await events.publish(event)

async def resend(event):
    await send(event)

@app.post("/call")
async def call(event: Event) -> None:
    total([event.id])
    name(events)
    await resend(event)
"""


def entered(source: str) -> list[str]:
    machine = settled({"app.py": source})
    return sorted(activation.symbol for activation in machine.activations.values())


def test_functions_that_lead_nowhere_are_not_entered() -> None:
    assert entered(SOURCE) == ["app.call", "app.name", "app.resend", "app.send"]


HELD = """
held = None

def send(event):
    held.publish(event)

def again(event):
    send(event)

def install(topic):
    global held
    held = topic
"""


def test_a_function_that_is_found_to_lead_somewhere_is_entered_later() -> None:
    assert published("again(event)\ninstall(a)", HELD) == "a"
    assert published("again(event)", HELD) == ""


REGISTERED = """
listeners = []

def tell(event):
    for listener in listeners:
        listener(event)

def listen(event):
    b.publish(event)
"""


def test_a_function_that_reads_a_list_is_entered_when_something_is_put_in() -> None:
    assert published("tell(event)\nlisteners.append(listen)", REGISTERED) == "b"


OBJECTS = """
class Outbox:
    def __init__(self):
        self.topic = None

    def send(self, event):
        self.topic.publish(event)

outbox = Outbox()

def flush(event):
    outbox.send(event)
"""


def test_a_method_is_entered_when_its_object_is_given_a_topic() -> None:
    assert published("flush(event)\noutbox.topic = c", OBJECTS) == "c"
