"""What an application becomes on AWS, and what services may do there, by the target's tables."""

from collections.abc import Iterable, Mapping

from docs.generating.markdown import code, page, prose, table
from infragraph.targets.aws.needs import EDGES, LISTING, NEEDS, OBJECTS, Need

_INTRODUCTION = (
    "`infragraph generate aws` makes a CloudFormation template of resources alone: no macro, "
    "transform or nested stack, and no text of anybody's where CloudFormation would carry it out. "
    "What it writes is in [generating](../generate.md), what AWS allows in "
    "[clouds and brokers](../portability.md)."
)

_KINDS = (
    (
        "topic",
        (
            "an SNS topic that takes nothing without TLS; FIFO where `ordering_key` or "
            '`delivery="exactly-once"` asks for it. With `audit=True` Firehose writes every '
            "message into a bucket that stays; SNS hands those of FIFO topics to queues alone, so "
            "that there it is an error. SNS itself keeps nothing: a topic's `retention` has no "
            "effect, and what waits is kept for as long as its subscription says"
        ),
    ),
    (
        "subscription",
        (
            "an SQS queue and one for its dead letters, of the topic's type; their policies; the "
            "SNS subscription, with the filter, made after them; an alarm for dead letters and one "
            "for messages that wait longer than attempts and pauses take"
        ),
    ),
    (
        "cron",
        (
            "EventBridge schedules that send to the one queue of the service's crons; with "
            "`cron.<name>.isolated` schedules that start a task of its own. A role for each cron"
        ),
    ),
    (
        "database",
        (
            "a logical one of the environment's RDS PostgreSQL, to which services log in by IAM; "
            "in previews Aurora, whose capacity goes down to nothing"
        ),
    ),
    (
        "bucket",
        (
            "an S3 bucket under the environment's key, for nobody but services; with `public=True` "
            "one whose objects everybody may read, and nothing else"
        ),
    ),
    ("secret", "an empty secret of Secrets Manager"),
    (
        "service",
        (
            "tasks of ECS on Fargate, their log, roles and scaling, and the load balancer's way to "
            "public and authenticated paths"
        ),
    ),
)

_NAMES = """\
What holds data stays when its stack goes, but in previews. Names are CloudFormation's to give, but
those of FIFO topics and queues: application, environment, topic and subscription joined by `_`,
with a hash for the end of a long one, and `.fifo`.
"""

_STACKS = """\
`stacks.json` lists stacks with their templates, the first to be made first. With `layout: split`
each layer is one: `network`, `data`, then a stack for each service, below `services/`, consumers
before publishers where that is possible. They pass each other names by SSM parameters below
`/infragraph/<application>/<environment>/`.

`bootstrap.json` is for what an account has once for the application: the bucket for templates, the
repository of images, the role that deploys, and the boundary of all other roles.
"""

_PERMISSIONS = (
    "A service's role allows what the two tables ask for, what `grants` add, and nothing else. The "
    "report of a generation tells the lines of source behind each."
)

_WILDCARDS = (
    "The only wildcards are `ecr:GetAuthorizationToken`, for which AWS has no resource, the "
    "objects of a bucket, and in the policy of the key the key itself."
)


def text() -> str:
    return page(
        "# AWS",
        _INTRODUCTION,
        "## What each kind becomes",
        table(("kind", "becomes"), _KINDS),
        _NAMES,
        "## Stacks",
        _STACKS,
        "## What services may do",
        _PERMISSIONS,
        "### By what they use",
        table(("edge", "actions"), (*_edges(EDGES), *_verbs(OBJECTS))),
        "### By what a kind itself needs",
        table(("kind", "actions", "on", "since"), _needs(NEEDS)),
        _WILDCARDS,
    )


def _edges(edges: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    return ((code(relation), _listed(actions)) for relation, actions in sorted(edges.items()))


def _verbs(objects: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    for verb, actions in sorted(objects.items()):
        on_bucket = (LISTING,) if verb == "list" else ()
        yield f"{code('stores')}, by {code(verb)}", _listed((*actions, *on_bucket))


def _needs(needs: Iterable[Need]) -> Iterable[tuple[str, str, str, str]]:
    return ((need.kind, _listed(need.actions), prose(need.on), prose(need.why)) for need in needs)


def _listed(actions: Iterable[str]) -> str:
    return ", ".join(code(action) for action in actions)
