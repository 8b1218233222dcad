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


_MAIL = r"[^@\s<>\"']+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"

SETTINGS: Mapping[str, Mapping[str, Form]] = {
    "aws": {
        "network": Form(pattern=r"vpc-[0-9a-f]{8,17}", sample="vpc-0a1b2c3d"),
        "cluster": Form(
            pattern=rf"(?:{_ARN}:ecs:{_PLACE}:cluster/)?[A-Za-z][A-Za-z0-9_-]{{0,254}}",
            sample="apps",
        ),
        "listener": Form(
            pattern=rf"{_ARN}:elasticloadbalancing:{_PLACE}:listener/app/[A-Za-z0-9/_-]+",
            sample="arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6/f2f7",
        ),
        "kms_key": Form(
            pattern=rf"(?:{_ARN}:kms:{_PLACE}:key/)?[0-9a-z-]{{8,128}}",
            sample="arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
        "alarms_to": Form(
            pattern=rf"{_MAIL}|{_ARN}:sns:{_PLACE}:{_NAME}", sample="oncall@example.com"
        ),
    },
    "gcp": {
        "network": Form(
            pattern=rf"(?:{_PROJECT}/global/networks/)?[a-z](?:[a-z0-9-]*[a-z0-9])?",
            sample="projects/example-net/global/networks/main",
        ),
        "alarms_to": Form(
            pattern=rf"{_MAIL}|{_PROJECT}/notificationChannels/[0-9]+",
            sample="oncall@example.com",
        ),
    },
}
"""By target and key of an environment; a key that is not there may have any value."""


def fits(form: Form, address: str) -> bool:
    return re.fullmatch(form.pattern, address, re.ASCII) is not None
