"""Topics, subscriptions and schedules as bodies of Google's APIs, and used on Google's emulator."""

import time
from collections.abc import Iterator

import pytest

from tests.formats.gcloud.discovery import faults
from tests.formats.krm.schemas import Object, objects
from tests.targets.gcp.emulator import Emulator, missing, running
from tests.targets.gcp.plans import ALL, graph_of, krm_files, plan_of
from tests.targets.gcp.rest import RESOURCES, body_of, path_of


def found(name: str) -> list[Object]:
    return objects(krm_files(plan_of(name), graph_of(name)).values())


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_objects_are_bodies_of_their_apis(name: str) -> None:
    wanted = [it for it in found(name) if it["kind"] in RESOURCES]

    wrong = [fault for it in wanted for fault in faults(*RESOURCES[it["kind"]][:2], body_of(it))]

    assert wrong == []
    assert len(wanted) > 1


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    with running() as started:
        yield started


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shop"])
def test_messages_reach_the_subscriptions_of_their_topic(name: str, emulator: Emulator) -> None:
    subscriptions = create(found(name), emulator)
    topics = {subscription["topic"] for subscription in subscriptions.values()}

    for topic in sorted(topics):
        emulator.publish(topic, topic, kind="test")

    for path, subscription in subscriptions.items():
        received = pulled(emulator, path)
        assert [text for _, text in received] == [subscription["topic"]], path
        emulator.acknowledge(path, [id_ for id_, _ in received])


@pytest.mark.slow
def test_what_is_refused_too_often_lies_with_the_dead_letters(emulator: Emulator) -> None:
    subscriptions = create(found("minimal"), emulator)
    (path,) = [it for it, body in subscriptions.items() if "deadLetterPolicy" in body]
    dead = next(
        it
        for it, body in subscriptions.items()
        if body["topic"] == subscriptions[path]["deadLetterPolicy"]["deadLetterTopic"]
    )
    emulator.publish(subscriptions[path]["topic"], "poison")

    attempts = 0
    given_up: list[tuple[str, str]] = []
    end = time.monotonic() + 60
    while not given_up and time.monotonic() < end:
        received = emulator.pull(path)
        if received:
            emulator.refuse(path, [id_ for id_, _ in received])
        attempts += len(received)
        given_up = emulator.pull(dead)
        time.sleep(0.05)

    assert [text for _, text in given_up] == ["poison"]
    assert attempts == subscriptions[path]["deadLetterPolicy"]["maxDeliveryAttempts"]


def create(wanted: list[Object], emulator: Emulator) -> dict[str, Object]:
    """All topics and subscriptions; none pushes, since what it pushes to is not here."""
    made: dict[str, Object] = {}
    subscriptions = [it for it in wanted if it["kind"] == "PubSubSubscription"]
    bodies = {path_of(it): body_of(it) for it in subscriptions}
    topics = {path_of(it): body_of(it) for it in wanted if it["kind"] == "PubSubTopic"}
    for body in bodies.values():
        topics.setdefault(body["topic"], {})
    for path, body in topics.items():
        emulator.call("PUT", path, body)
    for path, body in bodies.items():
        # The emulator keeps messages for a week, and in no buckets; it waits as long as it is told,
        # and applies no filter.
        left_out = {
            "pushConfig",
            "cloudStorageConfig",
            "messageRetentionDuration",
            "retryPolicy",
            "filter",
        }
        made[path] = {key: value for key, value in body.items() if key not in left_out}
        emulator.call("PUT", path, made[path])
    return made


def pulled(emulator: Emulator, path: str) -> list[tuple[str, str]]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        received = emulator.pull(path)
        if received:
            return received
        time.sleep(0.1)
    return []
