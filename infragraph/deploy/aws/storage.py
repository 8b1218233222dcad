"""Where templates lie: the bucket of the application's bootstrap stack."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from botocore.exceptions import ClientError

from infragraph.deploy.aws.clients import Clients, code
from infragraph.deploy.aws.stacks import find
from infragraph.deploy.aws.templates import Template
from infragraph.deploy.errors import refuse_use
from infragraph.formats.cloudformation import stack_name
from infragraph.targets.aws.bootstrap import ENVIRONMENT

_STACKS = "stacks.json"
_LONGEST = 1_000_000
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html,
2026-11-25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Templates of one environment lie below `prefix`."""

    bucket: str
    prefix: str


def bootstrap_stack(application: str) -> str:
    return stack_name(application, ENVIRONMENT)


def storage(clients: Clients, application: str, environment: str) -> Storage:
    """Ends the deployment where nobody has made the bucket yet."""
    found = existing_storage(clients, application, environment)
    if found is None:
        name = bootstrap_stack(application)
        refuse_use(
            f"this account has no stack {name!r} in {clients.region}, which holds the bucket for "
            "templates, the repository for images and the role that deploys",
            f"make it once: infragraph deploy aws --bootstrap --env {environment} "
            "--parameter GitHubRepository=OWNER/NAME --parameter "
            f"GitHubEnvironment={environment}",
        )
    return found


def existing_storage(clients: Clients, application: str, environment: str) -> Storage | None:
    stack = find(clients, bootstrap_stack(application))
    bucket = None if stack is None else stack.outputs.get("ArtifactBucket")
    return None if bucket is None else Storage(bucket=bucket, prefix=f"{application}/{environment}")


def upload(clients: Clients, at: Storage, stack: str, template: Template) -> str:
    """The address of a template, by its content, so that each is there once."""
    body = _body(stack, template)
    digest = hashlib.sha256(body).hexdigest()
    key = f"{at.prefix}/{stack}/{digest}.json"
    clients.s3.put_object(Bucket=at.bucket, Key=key, Body=body, ContentType="application/json")
    return f"{clients.s3.meta.endpoint_url}/{at.bucket}/{key}"


def note_stacks(clients: Clients, at: Storage, stacks: Sequence[str]) -> None:
    """Keeps which stacks an environment consists of, in the order that they are made in."""
    body = json.dumps(list(stacks)).encode()
    clients.s3.put_object(Bucket=at.bucket, Key=f"{at.prefix}/{_STACKS}", Body=body)


def noted_stacks(clients: Clients, at: Storage) -> tuple[str, ...]:
    """None of an environment that was never deployed."""
    found = _read(clients, at, f"{at.prefix}/{_STACKS}")
    return () if found is None else tuple(json.loads(found))


def remember(clients: Clients, at: Storage, stack: str, digest: str, template: Template) -> None:
    """Keeps what an image was deployed with, for a way back."""
    clients.s3.put_object(
        Bucket=at.bucket,
        Key=_by_image(at, stack, digest),
        Body=_body(stack, template),
        ContentType="application/json",
    )


def remembered(clients: Clients, at: Storage, stack: str, digest: str) -> Template | None:
    found = _read(clients, at, _by_image(at, stack, digest))
    if found is None:
        return None
    read: Template = json.loads(found)
    return read


def _read(clients: Clients, at: Storage, key: str) -> bytes | None:
    try:
        found = clients.s3.get_object(Bucket=at.bucket, Key=key)
    except ClientError as error:
        if code(error) in {"NoSuchKey", "404"}:
            return None
        raise
    body: bytes = found["Body"].read()
    return body


def _by_image(at: Storage, stack: str, digest: str) -> str:
    return f"{at.prefix}/images/{digest.removeprefix('sha256:')}/{stack}.json"


def _body(stack: str, template: Template) -> bytes:
    body = json.dumps(template, sort_keys=True, separators=(",", ":")).encode()
    if len(body) > _LONGEST:
        refuse_use(
            f"the template of {stack} has {len(body)} bytes, and CloudFormation takes 1 MB",
            "set 'layout: split' before the first deployment of an environment",
        )
    return body
