"""Addresses of things that exist already: how they are written in `bindings`, cloud by cloud."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NAME = "[A-Za-z0-9_-]+"
_HOST = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_ARN = r"arn:aws(?:-[a-z]+)*"
_PLACE = r"(?P<region>[a-z0-9-]+):(?P<account>[0-9]{12})"
_URL = r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?"
_PROJECT = r"projects/(?P<project>[a-z][a-z0-9.:-]*[a-z0-9])"
_PUBSUB = r"[A-Za-z][A-Za-z0-9._~+%-]{2,254}"
_BUCKET = r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A whole address; the groups of `pattern` are its parts, by name. `sample` is one."""

    pattern: str
    sample: str


_QUEUE = Form(
    pattern=rf"{_ARN}:sqs:{_PLACE}:(?P<name>{_NAME}(?:\.fifo)?)",
    sample="arn:aws:sqs:eu-west-1:123456789012:orders",
)

FORMS: Mapping[str, Mapping[str, Form]] = {
    "aws": {
        "service": Form(pattern=rf"(?P<url>{_URL})", sample="https://orders.internal.example.com"),
        "topic": Form(
            pattern=rf"{_ARN}:sns:{_PLACE}:(?P<name>{_NAME}(?:\.fifo)?)",
            sample="arn:aws:sns:eu-west-1:123456789012:orders",
        ),
        "subscription": _QUEUE,
        "cron": _QUEUE,
        # IAM names a database by its resource id, a driver by its host.
        "database": Form(
            pattern=(
                r"(?P<resource>(?:db|cluster)-[A-Z0-9]+)@"
                rf"(?P<host>{_HOST})(?::(?P<port>[0-9]{{1,5}}))?/(?P<name>{_NAME})"
            ),
            sample="db-ABCDEFGHIJKL01234@orders.abc.eu-west-1.rds.amazonaws.com:5432/orders",
        ),
        "bucket": Form(pattern=rf"(?P<name>{_BUCKET})", sample="example-uploads"),
        "secret": Form(
            pattern=rf"{_ARN}:secretsmanager:{_PLACE}:secret:(?P<name>[A-Za-z0-9/_+=.@-]+)",
            sample="arn:aws:secretsmanager:eu-west-1:123456789012:secret:stripe-a1B2c3",
        ),
    },
    "gcp": {
        "service": Form(pattern=rf"(?P<url>{_URL})", sample="https://orders-abc123-ew.a.run.app"),
        "topic": Form(
            pattern=rf"{_PROJECT}/topics/(?P<name>{_PUBSUB})",
            sample="projects/example-data/topics/orders",
        ),
        "subscription": Form(
            pattern=rf"{_PROJECT}/subscriptions/(?P<name>{_PUBSUB})",
            sample="projects/example-data/subscriptions/orders",
        ),
        "cron": Form(
            pattern=rf"{_PROJECT}/locations/(?P<region>[a-z0-9-]+)/jobs/(?P<name>{_NAME})",
            sample="projects/example-data/locations/europe-west4/jobs/nightly",
        ),
        "database": Form(
            pattern=(
                r"(?P<project>[a-z][a-z0-9.:-]*[a-z0-9]):(?P<region>[a-z0-9-]+):"
                rf"(?P<instance>[a-z][a-z0-9-]*)/(?P<name>{_NAME})"
            ),
            sample="example-data:europe-west4:main/orders",
        ),
        "bucket": Form(pattern=rf"(?P<name>{_BUCKET})", sample="example-uploads"),
        "secret": Form(
            pattern=rf"{_PROJECT}/secrets/(?P<name>{_NAME})",
            sample="projects/example-data/secrets/stripe",
        ),
    },
}
"""By target and kind; a kind that is not there cannot be bound."""


def parts(target: str, kind: str, address: str) -> Mapping[str, str] | None:
    """The parts of an address by their names, without those left out; None for another form."""
    form = FORMS[target].get(kind)
    found = None if form is None else re.fullmatch(form.pattern, address, re.ASCII)
    if found is None:
        return None
    return {name: text for name, text in found.groupdict().items() if text is not None}
