"""Which targets there are, and which an application is held against."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from infragraph.cli.asked import TARGET_NAMES
from infragraph.portability.targets import ALL_TARGETS
from infragraph.schemas import schema
from tests.workspace.trees import found, grow

NAMES = tuple(target.name for target in ALL_TARGETS)


def test_option_and_configuration_take_every_target_whose_limits_are_known() -> None:
    properties = cast("Mapping[str, Any]", schema("config"))["properties"]

    assert TARGET_NAMES == NAMES
    assert tuple(properties["targets"]["items"]["enum"]) == NAMES


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("", ()),
        ("targets: [nsq, aws]\n", ("aws", "nsq")),
        ("environments:\n  live:\n    target: gcp\n", ("gcp",)),
        ("targets: [aws]\nenvironments:\n  pr-*:\n    target: gcp\n", ("aws", "gcp")),
        ("targets: [aws]\nenvironments:\n  live:\n    target: aws\n", ("aws",)),
        ("targets: [aws]\nenvironments:\n  live:\n    class: small\n", ("aws",)),
    ],
)
def test_the_targets_of_environments_count_as_those_of_the_application(
    text: str, targets: tuple[str, ...], tmp_path: Path
) -> None:
    grow(tmp_path, {"infragraph.yaml": f"application: shop\n{text}"})

    assert found(tmp_path).configuration.targets == targets
