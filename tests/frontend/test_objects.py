"""Topics held by objects: fields, copies, enums, descriptors, and classes made by a call."""

import pytest

from tests.frontend.publishing import published

COPIES = {
    "dataclasses": "from dataclasses import dataclass, replace\n\n@dataclass",
    "attrs": "from attrs import define, evolve as replace\n\n@define",
    "copy": "from copy import replace\nfrom dataclasses import dataclass\n\n@dataclass",
}


@pytest.mark.parametrize("heading", COPIES.values(), ids=COPIES)
def test_a_copy_has_what_changed_and_what_did_not(heading: str) -> None:
    setup = f"{heading}\nclass Route:\n    first: object\n    second: object\n"

    copied = "copied = replace(Route(a, b), first=c)\n"

    assert published(f"{copied}await copied.first.publish(event)", setup) == "c"
    assert published(f"{copied}await copied.second.publish(event)", setup) == "b"


TUPLES = {
    "a list of names": (
        "from collections import namedtuple\nPair = namedtuple('Pair', ['left', 'right'])"
    ),
    "a text": "from collections import namedtuple\nPair = namedtuple('Pair', 'left right')",
    "names and types": (
        "import typing\nPair = typing.NamedTuple('Pair', [('left', object), ('right', object)])"
    ),
    "a class": "import typing\nclass Pair(typing.NamedTuple):\n    left: object\n    right: object",
    "a class above one": (
        "from collections import namedtuple\n"
        "class Pair(namedtuple('Pair', ['left', 'right'])):\n    pass"
    ),
    "a data class": (
        "import dataclasses\nPair = dataclasses.make_dataclass('Pair', ['left', 'right'])"
    ),
}


@pytest.mark.parametrize("setup", TUPLES.values(), ids=TUPLES)
def test_a_class_made_by_a_call_has_its_fields(setup: str) -> None:
    assert published("await Pair(left=a, right=d).right.publish(event)", setup) == "d"
    assert published("await Pair(a, d).left.publish(event)", setup) == "a"


def test_a_named_tuple_is_a_tuple_that_can_be_replaced() -> None:
    setup = TUPLES["a text"]

    assert published("left, right = Pair(a, d)\nawait right.publish(event)", setup) == "d"
    assert published("await Pair(a, d)._replace(right=c).right.publish(event)", setup) == "c"


ENUM = """
from enum import Enum

class Streams(Enum):
    FIRST = a
    SECOND = b

class Rich(Enum):
    FIRST = ("x", c)
    SECOND = ("y", d)

    def __init__(self, label, topic):
        self.label = label
        self.topic = topic

async def send(stream: Streams, event):
    await stream.value.publish(event)
"""

MEMBERS = {
    "a member's value": ("await Streams.SECOND.value.publish(event)", "b"),
    "every member": ("for one in Streams:\n    await one.value.publish(event)", "ab"),
    "a member by its name": ("await Streams['FIRST'].value.publish(event)", "a"),
    "a member by a name": ("await Streams[name].value.publish(event)", "ab"),
    "a member by its value": ("await Streams(name).value.publish(event)", "ab"),
    "all members by name": ("await Streams.__members__['FIRST'].value.publish(event)", "a"),
    "what a member is made of": ("await Rich.SECOND.topic.publish(event)", "d"),
    "a part of a member's value": ("await Rich.FIRST.value[1].publish(event)", "c"),
    "a member handed on": ("await send(Streams.SECOND, event)", "b"),
}


@pytest.mark.parametrize(("body", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_members_of_an_enum_hold_topics(body: str, expected: str) -> None:
    assert published(body, ENUM) == expected


NAMESPACES = {
    "a namespace": ("SPACE = types.SimpleNamespace(topic=c)", "SPACE.topic", "c"),
    "a namespace filled later": (
        "SPACE = types.SimpleNamespace()\nSPACE.topic = a\nSPACE.other = b",
        "SPACE.topic",
        "a",
    ),
    "a name of the module": ("", "globals()['a']", "a"),
    "a name of another module": ("from app import events", "vars(events)['b']", "b"),
    "a field by its name": (
        "class Box:\n    def __init__(self):\n        self.topic = a\nBOX = Box()",
        "vars(BOX)['topic']",
        "a",
    ),
    "a field set by its name": (
        "class Box:\n    pass\nBOX = Box()\nsetattr(BOX, 'topic', b)",
        "getattr(BOX, 'topic')",
        "b",
    ),
    "an attribute getter": (
        "SPACE = types.SimpleNamespace(topic=c)",
        "operator.attrgetter('topic')(SPACE)",
        "c",
    ),
    "a descriptor": (
        (
            "class Described:\n    def __init__(self, topic):\n        self._topic = topic\n"
            "    def __get__(self, instance, owner):\n        return self._topic\n"
            "class Holder:\n    topic = Described(d)"
        ),
        "Holder().topic",
        "d",
    ),
    "a descriptor of a class": (
        (
            "class Described:\n    def __get__(self, instance, owner):\n        return b\n"
            "class Holder:\n    topic = Described()"
        ),
        "Holder.topic",
        "b",
    ),
    "a property that is set": (
        (
            "class Box:\n    @property\n    def topic(self):\n        return self._topic\n"
            "    @topic.setter\n    def topic(self, value):\n        self._topic = value\n"
            "BOX = Box()\nBOX.topic = c"
        ),
        "BOX.topic",
        "c",
    ),
    "a class attribute by the object's class": (
        "class Box:\n    topic = c\nBOX = Box()",
        "type(BOX).topic",
        "c",
    ),
    "a class attribute by its name": ("class Box:\n    topic = c", "Box().__class__.topic", "c"),
    "what a class gives for an index": (
        "class Box:\n    def __class_getitem__(cls, name):\n        return a",
        "Box['x']",
        "a",
    ),
    "what is made for any name": (
        "class Box:\n    def __getattribute__(self, name):\n        return b",
        "Box().topic",
        "b",
    ),
    "what a descriptor does with its name": (
        (
            "class Named:\n    def __set_name__(self, owner, name):\n        owner.topic = d\n"
            "class Box:\n    named = Named()"
        ),
        "Box.topic",
        "d",
    ),
    "an attribute of a function": ("def f():\n    pass\nf.topic = a", "f.topic", "a"),
    "an attribute of a library's object": ("import flask\nflask.g.topic = b", "flask.g.topic", "b"),
}


@pytest.mark.parametrize(("setup", "holder", "expected"), NAMESPACES.values(), ids=NAMESPACES)
def test_what_is_held_under_a_name_is_known(setup: str, holder: str, expected: str) -> None:
    imports = "import operator\nimport types"

    assert published(f"await {holder}.publish(event)", f"{imports}\n{setup}") == expected


REGISTRIES = {
    "classes that say so": """
        class Plugin:
            known = []

            def __init_subclass__(cls):
                Plugin.known.append(cls)

        class Loud(Plugin):
            async def run(self, event):
                await d.publish(event)

        async def run_all(event):
            for plugin in Plugin.known:
                await plugin().run(event)
        """,
    "classes with options": """
        class Plugin:
            known = {}

            def __init_subclass__(cls, name, **options):
                super().__init_subclass__(**options)
                Plugin.known[name] = cls

        class Loud(Plugin, name="loud"):
            async def run(self, event):
                await d.publish(event)

        async def run_all(event):
            await Plugin.known["loud"]().run(event)
        """,
    "classes below a class": """
        class Plugin:
            pass

        class Loud(Plugin):
            async def run(self, event):
                await d.publish(event)

        async def run_all(event):
            for plugin in Plugin.__subclasses__():
                await plugin().run(event)
        """,
    "methods that are bound by hand": """
        import types

        class Box:
            pass

        async def loud(self, event):
            await d.publish(event)

        BOX = Box()
        BOX.loud = types.MethodType(loud, BOX)

        async def run_all(event):
            await BOX.loud(event)
        """,
    "functions that are decorated": """
        HANDLERS = {}

        def register(name):
            def decorate(function):
                HANDLERS[name] = function
                return function
            return decorate

        @register("loud")
        async def loud(event):
            await d.publish(event)

        async def run_all(event):
            await HANDLERS["loud"](event)
        """,
}


@pytest.mark.parametrize("setup", REGISTRIES.values(), ids=REGISTRIES)
def test_what_registers_itself_is_run_from_the_registry(setup: str) -> None:
    assert published("await run_all(event)", setup) == "d"
