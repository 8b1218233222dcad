from collections.abc import Mapping

import pytest

from infragraph.runtime.configuration import Configuration, ConfigurationError, configuration

WRITTEN: Mapping[str, object] = {
    "schema_version": 1,
    "application": "shop",
    "environment": "prod",
    "provider": "aws",
    "region": "eu-west-1",
    "resources": {
        "bucket:photos": {"bucket": {"env": "PHOTOS"}, "region": "eu-west-1"},
        "topic:signups": {"arn": {"env": "SIGNUPS"}, "fifo": False},
    },
}


def test_what_a_variable_says_is_filled_in() -> None:
    found = configuration(WRITTEN, {"PHOTOS": "photos-1", "SIGNUPS": "arn:1"}, "file")

    assert found == Configuration(
        application="shop",
        environment="prod",
        provider="aws",
        resources={
            "bucket:photos": {"bucket": "photos-1", "region": "eu-west-1"},
            "topic:signups": {"arn": "arn:1", "fifo": False},
        },
        settings={"region": "eu-west-1", "schema_version": 1},
    )


def test_a_process_has_the_variables_of_what_it_uses_alone() -> None:
    found = configuration(WRITTEN, {"SIGNUPS": "arn:1"}, "file")

    assert found.address("topic:signups") == {"arn": "arn:1", "fifo": False}
    with pytest.raises(ConfigurationError, match=r"bucket:photos is where .* not set: PHOTOS"):
        found.address("bucket:photos")


def test_what_holds_for_all_has_to_be_set() -> None:
    with pytest.raises(ConfigurationError, match="file needs variables that are not set: REGION"):
        configuration({**WRITTEN, "region": {"env": "REGION"}}, {}, "file")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ([], "file is no runtime configuration"),
        ({}, "file is no runtime configuration of version 1"),
        ({"schema_version": 1}, "file lacks application, environment, provider, resources"),
    ],
)
def test_what_is_no_configuration_is_told(written: object, message: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{message}$"):
        configuration(written, {}, "file")
