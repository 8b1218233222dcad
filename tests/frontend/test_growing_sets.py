"""What a program adds to for ever, the machine ends with, and still sees what else happens."""

import pytest

from tests.frontend.publishing import published

COUNTING = """
count = 0
while event:
    count = count + 1
    await a.publish(event)
"""

TEXT = """
text = name
while event:
    text = text + "x"
    text = f"{text}{text}"
await a.publish(event)
"""

TUPLES = """
held = (a,)
for _ in name:
    held = (held, b)
await held[1].publish(event)
"""

COPIES = """
for topic in copied([a], {}):
    await topic.publish(event)
"""
COPIED = """
copiers = {}


def copied(x, memo):
    copier = copiers.get(type(x))
    if copier is not None:
        x = copier(x, memo)
    return x


def copied_list(x, memo):
    return [copied(one, memo) for one in x]


def copied_tuple(x, memo):
    y = [copied(one, memo) for one in x]
    for k, j in zip(x, y):
        y = tuple(y)
    return y


def copied_dict(x, memo):
    memo[id(memo)] = [x]
    for one in x:
        x = copied(x, memo)
    return x


copiers[list] = copied_list
copiers[tuple] = copied_tuple
copiers[dict] = copied_dict
"""

JOINED = """
held = (a,)
for _ in name:
    held = held + (a,)
await held[0].publish(event)
"""

LISTS = """
held = [a]
for _ in name:
    held.append(held)
    held = [held]
await a.publish(event)
"""

ITSELF = """
held = {}
held["itself"] = held
held["topic"] = a
await held["itself"]["itself"]["topic"].publish(event)
"""

WRAPPED = """
run = send
for _ in name:
    run = wrap(run)
await run()
"""
WRAP = """
async def send():
    await a.publish(Event(1))

def wrap(inner):
    async def outer():
        await inner()
    return outer
"""

PARTIALS = """
run = send
for _ in name:
    run = partial(run, a)
await run()
"""
PARTIAL = """
from functools import partial

async def send(*topics):
    await topics[0].publish(Event(1))
"""

NODES = """
node = Node(None)
for _ in name:
    node = Node(node)
while node.next:
    node = node.next
await node.topic.publish(event)
"""
NODE = """
class Node:
    topic = a

    def __init__(self, next):
        self.next = next
"""

RECURSION = "await even((a,), 9)"
RECURSIVE = """
async def even(held, count):
    await held[0].publish(Event(count))
    return await odd((held[0], held), count - 1)

async def odd(held, count):
    return await even((held[0], [held]), count - 1)
"""

RESULTS = """
value = a
for _ in name:
    value = again(value)
await value.publish(event)
"""
AGAIN = """
def again(value):
    return value if value else (again(value), value)[1]
"""

KEYWORDS = "await send(topic=a)"
SEND = """
async def send(**options):
    await options["topic"].publish(Event(1))
    await send(**options, **{"more": options})
"""

GENERATED = """
for topic in walk(a):
    await topic.publish(event)
"""
WALK = """
def walk(topic):
    yield topic
    yield from walk(topic)
"""

ATTRIBUTES = """
import somewhere

node = somewhere.node
while node:
    node = node.parent.next
await a.publish(event)
"""


@pytest.mark.parametrize(
    ("body", "setup", "expected"),
    [
        pytest.param(COUNTING, "", "a", id="a number that counts up"),
        pytest.param(TEXT, "", "a", id="a text that doubles"),
        pytest.param(TUPLES, "", "b", id="tuples that nest"),
        pytest.param(COPIES, COPIED, "a", id="copies of copies of tuples"),
        pytest.param(JOINED, "", "a", id="a tuple that gets longer"),
        pytest.param(LISTS, "", "a", id="lists that nest"),
        pytest.param(ITSELF, "", "a", id="a dict that holds itself"),
        pytest.param(WRAPPED, WRAP, "a", id="a function that is wrapped again"),
        pytest.param(PARTIALS, PARTIAL, "a", id="a partial of a partial"),
        pytest.param(NODES, NODE, "a", id="objects that hold each other"),
        pytest.param(RECURSION, RECURSIVE, "a", id="functions that call each other"),
        pytest.param(RESULTS, AGAIN, "a", id="a function of its own result"),
        pytest.param(KEYWORDS, SEND, "a", id="options that grow"),
        pytest.param(GENERATED, WALK, "a", id="a generator of itself"),
        pytest.param(ATTRIBUTES, "", "a", id="attributes of what is not known"),
    ],
)
def test_what_grows_for_ever_ends(body: str, setup: str, expected: str) -> None:
    assert published(body, setup) == expected
