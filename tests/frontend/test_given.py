"""What comes out of code that was not read and was given a topic."""

import pytest

from tests.frontend.publishing import published, unresolved

OUT = "it comes out of '{}', to which a topic was given"

SUSPECTED = {
    "an object made with a topic": (
        "import lib\nCLIENT = lib.Client('x', a)",
        "await CLIENT.publish(event)",
        "CLIENT.publish: " + OUT.format("lib.Client"),
    ),
    "an object made with a list of topics": (
        "import lib\nCLIENT = lib.Client('x', [a, b])",
        "await CLIENT.publish(event)",
        "CLIENT.publish: " + OUT.format("lib.Client"),
    ),
    "what an object gives": (
        "import lib\nCLIENT = lib.Client('x', a)",
        "await CLIENT.find(name).topic.publish(event)",
        "CLIENT.find(name).topic.publish: " + OUT.format("lib.Client"),
    ),
    "what an object was given later": (
        "import lib\nREGISTRY = lib.Registry()\nREGISTRY.add('x', a)",
        "await REGISTRY.get(name).publish(event)",
        "REGISTRY.get(name).publish: " + OUT.format("REGISTRY.add"),
    ),
    "an item of an object": (
        "import lib\nREGISTRY = lib.Registry()\nREGISTRY.add('x', a)",
        "await REGISTRY['x'].publish(event)",
        "REGISTRY['x'].publish: " + OUT.format("REGISTRY.add"),
    ),
    "the elements of an object": (
        "import lib\nREGISTRY = lib.Registry()\nREGISTRY.add('x', a)",
        "for topic in REGISTRY:\n    await topic.publish(event)",
        "topic.publish: " + OUT.format("REGISTRY.add"),
    ),
    "an object handed on": (
        (
            "import lib\nCLIENT = lib.Client('x', a)\n"
            "async def send(client, event):\n    await client.publish(event)"
        ),
        "await send(CLIENT, event)",
        "client.publish: " + OUT.format("lib.Client"),
    ),
    "an attribute of another object": (
        "def start(request):\n    request.state.topic = a",
        "import lib\nawait lib.current.state.topic.publish(event)",
        (
            "lib.current.state.topic.publish: a topic was assigned to an attribute 'topic'"
            " of an object that was not read"
        ),
    ),
    "a base class of a library": (
        (
            "import lib\nclass Client(lib.Client):\n    def __init__(self, topic):\n"
            "        super().__init__('x', topic)\nCLIENT = Client(a)"
        ),
        "await CLIENT.topic.publish(event)",
        "CLIENT.topic.publish: " + OUT.format("super().__init__"),
    ),
}


@pytest.mark.parametrize(("setup", "body", "expected"), SUSPECTED.values(), ids=SUSPECTED)
def test_a_verb_on_what_was_given_a_topic_is_unresolved(
    setup: str, body: str, expected: str
) -> None:
    assert unresolved(body, setup) == [expected]


HARMLESS = {
    "an object that was given none": "import lib\nCLIENT = lib.Client('x', name='a')",
    "an object that was given a service": "import lib\nCLIENT = lib.Client('x', app)",
    "an object that was given a function": (
        "import lib\nasync def send(event):\n    await a.publish(event)\n"
        "CLIENT = lib.Client('x', send)"
    ),
}


@pytest.mark.parametrize("setup", HARMLESS.values(), ids=HARMLESS)
def test_what_was_given_no_resource_is_not_suspected(setup: str) -> None:
    found = unresolved("await CLIENT.publish(event)", setup)

    assert [one for one in found if one.startswith("CLIENT")] == []


@pytest.mark.parametrize("verb", ["get", "send", "execute", "delete", "upload"])
def test_common_words_are_not_suspected(verb: str) -> None:
    setup = "import lib\nCLIENT = lib.Client('x', a)"

    assert unresolved(f"await CLIENT.{verb}(event)", setup) == []


def test_what_wraps_one_topic_alone_is_that_topic() -> None:
    assert published("await lib.wrapped(a).publish(event)", "import lib") == "a"
