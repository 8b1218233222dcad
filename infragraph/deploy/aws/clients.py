"""Connections to AWS, as boto3 makes them from the user's own credentials."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from infragraph.deploy.errors import refuse, refuse_use


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """One client for each service that is talked to, all of one region.

    `is_emulated` where an endpoint was named: what answers there is not AWS.
    """

    region: str
    is_emulated: bool
    cloudformation: Any
    ecs: Any
    iam: Any
    logs: Any
    s3: Any
    secretsmanager: Any
    sts: Any


def connect(region: str) -> Clients:
    """Clients for a region; an endpoint is taken from AWS_ENDPOINT_URL, as by AWS's own tools."""
    session = cast("Any", boto3).session.Session(region_name=region)
    settings = Config(retries={"mode": "standard", "total_max_attempts": 8})

    def client(service: str) -> Any:
        return session.client(service, config=settings)

    cloudformation = client("cloudformation")
    return Clients(
        region=region,
        is_emulated=".amazonaws.com" not in cloudformation.meta.endpoint_url,
        cloudformation=cloudformation,
        ecs=client("ecs"),
        iam=client("iam"),
        logs=client("logs"),
        s3=client("s3"),
        secretsmanager=client("secretsmanager"),
        sts=client("sts"),
    )


@contextmanager
def told() -> Generator[None]:
    """Turns what AWS answers, or that it does not, into one sentence."""
    try:
        yield
    except NoCredentialsError:
        refuse_use("there are no credentials for AWS", "sign in: aws sso login, or set AWS_PROFILE")
    except ClientError as error:
        refuse(sentence(error))
    except BotoCoreError as error:
        refuse_use(str(error).rstrip("."))


def code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def sentence(error: ClientError) -> str:
    said = error.response.get("Error", {}).get("Message", "")
    return f"AWS refused {error.operation_name}: {said or code(error)}".rstrip(".")
