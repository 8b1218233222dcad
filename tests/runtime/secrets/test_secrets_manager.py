"""Secrets of AWS Secrets Manager; ministack stands for AWS."""

from collections.abc import Mapping
from uuid import uuid4

import pytest

from infragraph.runtime.clouds.aws import AwsService
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.secrets.secrets_manager import secrets_manager
from infragraph.sdk.secret import Secret
from tests.deploy.emulator import REGION
from tests.runtime.clocks import ManualClock

pytestmark = pytest.mark.slow


async def test_a_value_is_that_which_is_current(aws: Mapping[str, str]) -> None:
    del aws  # set in the environment
    arns = {
        "TEXT": await _made({"SecretString": "é"}),
        "BYTES": await _made({"SecretBinary": b"b"}),
    }

    async with secrets_manager(REGION, arns.__getitem__, arns, ManualClock()) as secrets:
        assert [secrets(Secret(name)) for name in arns] == ["é", "b"]


async def test_what_is_not_given_is_told_with_the_name_and_never_a_value(
    aws: Mapping[str, str],
) -> None:
    del aws  # set in the environment
    arns = {
        "BYTES": await _made({"SecretBinary": b"\xff\xfe"}),
        "EMPTY": f"arn:aws:secretsmanager:{REGION}:123456789012:secret:none-{uuid4().hex}",
    }

    with pytest.raises(ConfigurationError) as refused:
        async with secrets_manager(REGION, arns.__getitem__, arns, ManualClock()):
            pass

    assert str(refused.value) == (
        "secret 'BYTES': its value is no text in UTF-8; "
        "secret 'EMPTY': it has no value: give it one by 'infragraph secrets set'"
    )


async def _made(value: Mapping[str, object]) -> str:
    vault = AwsService("secretsmanager", REGION)
    try:
        answer = await vault.call("CreateSecret", {"Name": f"s-{uuid4().hex}", **value})
    finally:
        await vault.close()
    return str(answer["ARN"])
