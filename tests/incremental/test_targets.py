"""What is kept for some targets is no answer for others."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from infragraph.portability.checks.example import application
from tests.incremental.command import Command, Outcome
from tests.workspace.trees import grow

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked")

SHOP = application(
    "aws",
    topic='Topic[Order]("orders", ordering_key="customer")',
    subscription='shop.subscribe(orders, "ship", concurrency=4, retention="20d")',
)
NAMED = "application: shop\n"
CONFIGURATIONS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("none", NAMED, frozenset()),
    ("nsq", f"{NAMED}targets: [nsq]\n", frozenset({"nsq"})),
    (
        "aws, and an environment on gcp",
        f"{NAMED}targets: [aws]\nenvironments:\n  live:\n    target: gcp\n",
        frozenset({"aws", "gcp"}),
    ),
    ("none again", NAMED, frozenset()),
)
"""What the file says one after the other, and the targets that it names."""

OPTIONS: tuple[tuple[str, ...], ...] = ((), ("--target", "aws"), ("--target=nats", "--target=aws"))
TOLD: Mapping[str, frozenset[str]] = {
    "aws": frozenset({"AWS"}),
    "gcp": frozenset({"Google Cloud"}),
    "nats": frozenset({"NATS JetStream"}),
    "nsq": frozenset({"NSQ"}),
}
"""What the messages about each target have in them."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return grow(tmp_path / "place" / "shop", SHOP)


def runs(command: Command, root: Path, *options: str) -> list[Outcome]:
    """Of a run that knows nothing, then two that know what the runs before them have kept."""
    words = ("--format", "json", *options)
    cache = root.parents[1] / "cache"
    cold = command.analyze(*words, "--no-cache", within=root, cache=cache)
    return [cold, *(command.analyze(*words, within=root, cache=cache) for _ in range(2))]


def age(root: Path) -> None:
    """Make every file old enough for its times to be believed."""
    then = time.time() - 60
    for path in (root, *root.rglob("*")):
        os.utime(path, (then, then))


def names(output: str) -> set[str]:
    """The targets that messages are about."""
    return {name for name, words in TOLD.items() if all(word in output for word in words)}


@pytest.mark.slow
def test_whatever_was_asked_before_each_run_tells_of_the_targets_that_it_is_asked_for(
    command: Command, root: Path
) -> None:
    for name, text, wanted in CONFIGURATIONS:
        (root / "infragraph.yaml").write_text(text, "utf-8")
        age(root)
        for options in OPTIONS:
            cold, *warm = runs(command, root, *options)

            asked = {word.rpartition("=")[2] for word in options} - {"--target"}
            assert warm == [cold, cold], (name, options)
            assert names(cold.output) == (asked or wanted), (name, options)


def test_one_impossible_target_of_several_fails_the_run(command: Command, root: Path) -> None:
    """Of these JetStream alone gives all that is asked."""
    codes = {
        options: runs(command, root, *options)[0].code
        for options in (
            ("--target", "nats"),
            ("--target", "aws"),
            ("--target", "nats", "--target", "aws"),
        )
    }

    assert codes == {
        ("--target", "nats"): 0,
        ("--target", "aws"): 1,
        ("--target", "nats", "--target", "aws"): 1,
    }
