"""Applications that ask for one more than a provider allows, and for exactly what it allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.portability.checks.example import application
from infragraph.portability.limits import (
    cloud_scheduler,
    eventbridge,
    nats,
    nsq,
    pubsub,
    sns_sqs,
    sns_sqs_fifo,
)
from infragraph.portability.limits.limit import Limit, Trait

Files: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """`beyond` gives one finding, `within` none; None where another limit binds before."""

    fact: Limit | Trait
    target: str
    beyond: Files
    within: Files | None

    def __str__(self) -> str:
        return f"{self.fact.provider}: {self.fact.name}"


def subscribed(target: str, options: str) -> Files:
    return application(target, subscription=f'shop.subscribe(orders, "ship", {options})')


def retrying(target: str, retry: str, options: str = "") -> Files:
    return application(
        target,
        imports="Retry, Service, Topic",
        subscription=f'shop.subscribe(orders, "ship", retry=Retry({retry}){options})',
    )


AT_ONCE = 'min_backoff="0s", max_backoff="0s"'


def declared(
    target: str, options: str, *, fields: str = "    id: str\n    customer: str\n"
) -> Files:
    """With a subscription that does not wait, which is a finding of its own on FIFO topics."""
    return application(
        target,
        imports="Attribute, Retry, Service, Topic",
        needs="from typing import Any\n",
        fields=fields,
        topic=f'Topic[Order]("orders", {options})',
        subscription=f'shop.subscribe(orders, "ship", retry=Retry({AT_ONCE}), concurrency=10)',
    )


LARGE = "from typing import Annotated\n\nfrom annotated_types import MaxLen\n"
AROUND = len('{"text":""}')


def carrying(target: str, size: int, subscriptions: int = 1) -> Files:
    """A payload whose JSON may have so many bytes."""
    files = application(
        target, needs=LARGE, fields=f"    text: Annotated[str, MaxLen({size - AROUND})]\n"
    )
    return {**files, "shop.py": files["shop.py"] + _further(subscriptions - 1, "")}


def attributed(target: str, count: int, *, topic: str = 'Topic[Order]("orders")') -> Files:
    fields = "".join(f"    a{number}: Attribute[str]\n" for number in range(count))
    return application(
        target, imports="Attribute, Service, Topic", fields=f"    id: str\n{fields}", topic=topic
    )


def filtered(target: str, wanted: str, *, kind: str = "str", subscriptions: int = 1) -> Files:
    fields = "".join(f"    a{number}: Attribute[{kind}]\n" for number in range(6))
    files = application(
        target,
        imports="Attribute, Service, Topic",
        needs="from typing import Any\n",
        fields=f"    id: str\n{fields}",
        subscription=f'shop.subscribe(orders, "ship", filter={wanted})',
    )
    return {
        **files,
        "shop.py": files["shop.py"] + _further(subscriptions - 1, f", filter={wanted}"),
    }


def _further(count: int, options: str) -> str:
    return "".join(
        f'\n\n@shop.subscribe(orders, "ship-{number}"{options})\n'
        f"async def ship_{number}(order: Order) -> None: ...\n"
        for number in range(count)
    )


def running(target: str, options: str) -> Files:
    return application(target, cron=f'shop.cron("reorder", {options})')


def constants(count: int) -> str:
    return "(" + ", ".join(f'"{number}"' for number in range(count)) + ")"


def keys(count: int) -> str:
    return "{" + ", ".join(f'"a{number}": "x"' for number in range(count)) + "}"


def of_length(length: int) -> str:
    """A filter on one attribute whose text has so many bytes for Pub/Sub."""
    return f'{{"a0": "{"x" * (length - len(PUBSUB_FILTER))}"}}'


PUBSUB_FILTER = 'attributes.a0 = ""'
ORDERED = 'ordering_key="customer"'
OPTIONAL = "    id: str\n    customer: str | None\n"


def _named(name: str) -> Files:
    return {**application("gcp"), "infragraph.yaml": f"application: {name}\n"}


PLANTED: tuple[Planted, ...] = (
    Planted(
        sns_sqs.LONGEST_ACK_DEADLINE,
        "aws",
        subscribed("aws", 'ack_deadline="43201s"'),
        subscribed("aws", 'ack_deadline="43200s"'),
    ),
    Planted(
        sns_sqs.MOST_ATTEMPTS,
        "aws",
        retrying("aws", "max_attempts=1001"),
        retrying("aws", "max_attempts=1000"),
    ),
    Planted(
        sns_sqs.LONGEST_BACKOFF,
        "aws",
        retrying("aws", 'max_backoff="43201s"'),
        retrying("aws", 'max_backoff="43200s"'),
    ),
    Planted(
        sns_sqs.SHORTEST_RETENTION,
        "aws",
        declared("aws", 'retention="59s"'),
        declared("aws", 'retention="60s"'),
    ),
    Planted(
        sns_sqs.SHORTEST_RETENTION,
        "aws",
        retrying("aws", AT_ONCE, ', retention="59s"'),
        retrying("aws", AT_ONCE, ', retention="60s"'),
    ),
    Planted(
        sns_sqs.LONGEST_RETENTION,
        "aws",
        declared("aws", 'retention="1209601s"'),
        declared("aws", 'retention="1209600s"'),
    ),
    Planted(
        sns_sqs.LONGEST_RETENTION,
        "aws",
        subscribed("aws", 'retention="1209601s"'),
        subscribed("aws", 'retention="1209600s"'),
    ),
    Planted(
        sns_sqs.DEFAULT_MESSAGE_SIZE,
        "aws",
        carrying("aws", 262_145),
        carrying("aws", 262_144),
    ),
    Planted(sns_sqs.LARGEST_MESSAGE, "aws", carrying("aws", 1_048_577), None),
    Planted(
        sns_sqs.SUBSCRIPTIONS_OF_LARGE_MESSAGES,
        "aws",
        carrying("aws", 262_145, subscriptions=101),
        carrying("aws", 262_144, subscriptions=101),
    ),
    Planted(sns_sqs.MOST_FILTER_KEYS, "aws", filtered("aws", keys(6)), filtered("aws", keys(5))),
    Planted(
        sns_sqs.MOST_FILTER_COMBINATIONS,
        "aws",
        filtered("aws", f'{{"a0": {constants(151)}}}'),
        filtered("aws", f'{{"a0": {constants(15)}, "a1": {constants(10)}}}'),
    ),
    Planted(
        sns_sqs.MOST_FILTERS,
        "aws",
        filtered("aws", keys(1), subscriptions=201),
        filtered("aws", keys(1), subscriptions=200),
    ),
    Planted(sns_sqs.MOST_ATTRIBUTES, "aws", attributed("aws", 9), attributed("aws", 8)),
    Planted(
        sns_sqs.BINARY,
        "aws",
        application("aws", fields="    scan: bytes\n"),
        application("aws", fields="    scan: str\n"),
    ),
    Planted(
        sns_sqs.ATTRIBUTES_ARE_TEXT,
        "aws",
        declared("aws", "audit=False", fields="    id: Attribute[float]\n"),
        declared("aws", "audit=False", fields="    id: Attribute[str | None]\n"),
    ),
    Planted(
        sns_sqs_fifo.THROUGHPUT,
        "aws",
        declared("aws", 'delivery="exactly-once"'),
        declared("aws", 'delivery="at-least-once"'),
    ),
    Planted(
        sns_sqs_fifo.GROUPS_BLOCK,
        "aws",
        application("aws", topic=f'Topic[Order]("orders", {ORDERED})'),
        declared("aws", ORDERED),
    ),
    Planted(
        sns_sqs_fifo.GROUP_IS_NEEDED,
        "aws",
        declared("aws", ORDERED, fields=OPTIONAL),
        declared("aws", ORDERED),
    ),
    Planted(
        eventbridge.FINEST, "aws", running("aws", 'every="54s"'), running("aws", 'every="60s"')
    ),
    Planted(
        eventbridge.ONE_DAY_FIELD,
        "aws",
        running("aws", 'schedule="0 4 1 * 1"'),
        running("aws", 'schedule="0 4 * * 1"'),
    ),
    Planted(
        pubsub.SHORTEST_ACK_DEADLINE,
        "gcp",
        subscribed("gcp", 'ack_deadline="9s"'),
        subscribed("gcp", 'ack_deadline="10s"'),
    ),
    Planted(
        pubsub.LONGEST_ACK_DEADLINE,
        "gcp",
        subscribed("gcp", 'ack_deadline="601s"'),
        subscribed("gcp", 'ack_deadline="600s"'),
    ),
    Planted(
        pubsub.FEWEST_ATTEMPTS,
        "gcp",
        retrying("gcp", "max_attempts=4"),
        retrying("gcp", "max_attempts=5"),
    ),
    Planted(
        pubsub.MOST_ATTEMPTS,
        "gcp",
        retrying("gcp", "max_attempts=101"),
        retrying("gcp", "max_attempts=100"),
    ),
    Planted(
        pubsub.LONGEST_BACKOFF,
        "gcp",
        retrying("gcp", 'max_backoff="601s"'),
        retrying("gcp", 'max_backoff="600s"'),
    ),
    Planted(
        pubsub.SHORTEST_RETENTION,
        "gcp",
        declared("gcp", 'retention="599s"'),
        declared("gcp", 'retention="600s"'),
    ),
    Planted(
        pubsub.LONGEST_RETENTION,
        "gcp",
        subscribed("gcp", 'retention="2678401s"'),
        subscribed("gcp", 'retention="2678400s"'),
    ),
    Planted(
        pubsub.LARGEST_MESSAGE,
        "gcp",
        carrying("gcp", 10_000_001),
        carrying("gcp", 10_000_000),
    ),
    Planted(
        pubsub.LONGEST_FILTER,
        "gcp",
        filtered("gcp", of_length(257)),
        filtered("gcp", of_length(256)),
    ),
    Planted(pubsub.MOST_ATTRIBUTES, "gcp", attributed("gcp", 99), attributed("gcp", 98)),
    Planted(pubsub.RESERVED_NAMES, "gcp", _named("goog"), _named("goo-g")),
    Planted(
        pubsub.FILTERS_ARE_TEXT,
        "gcp",
        filtered("gcp", '{"a0": 5}', kind="Any"),
        filtered("gcp", '{"a0": "5"}', kind="Any"),
    ),
    Planted(
        pubsub.ATTRIBUTES_ARE_TEXT,
        "gcp",
        declared("gcp", "audit=False", fields="    id: Attribute[int | str]\n"),
        declared("gcp", "audit=False", fields="    id: Attribute[str]\n"),
    ),
    Planted(
        pubsub.EXACTLY_ONCE_IS_PULLED,
        "gcp",
        declared("gcp", 'delivery="exactly-once"'),
        declared("gcp", 'delivery="at-least-once"'),
    ),
    Planted(
        pubsub.EMPTY_KEYS,
        "gcp",
        declared("gcp", ORDERED, fields='    id: str\n    customer: str = ""\n'),
        declared("gcp", ORDERED),
    ),
    Planted(
        cloud_scheduler.FINEST,
        "gcp",
        running("gcp", 'every="54s"'),
        running("gcp", 'every="60s"'),
    ),
    Planted(
        cloud_scheduler.EITHER_DAY,
        "gcp",
        running("gcp", 'schedule="0 4 */2 * 1"'),
        running("gcp", 'schedule="0 4 1 * 1"'),
    ),
    Planted(
        nats.LARGEST_MESSAGE,
        "nats",
        carrying("nats", 1_048_577),
        carrying("nats", 1_048_576),
    ),
    Planted(
        nats.ORDER_NEEDS_ONE,
        "nats",
        application(
            "nats",
            topic=f'Topic[Order]("orders", {ORDERED})',
            subscription='shop.subscribe(orders, "ship", concurrency=2)',
        ),
        application(
            "nats",
            topic=f'Topic[Order]("orders", {ORDERED})',
            subscription='shop.subscribe(orders, "ship", concurrency=1)',
        ),
    ),
    Planted(
        nsq.LONGEST_ACK_DEADLINE,
        "nsq",
        subscribed("nsq", 'ack_deadline="901s"'),
        subscribed("nsq", 'ack_deadline="900s"'),
    ),
    Planted(
        nsq.MOST_ATTEMPTS,
        "nsq",
        retrying("nsq", "max_attempts=65536"),
        retrying("nsq", "max_attempts=65535"),
    ),
    Planted(
        nsq.LONGEST_BACKOFF,
        "nsq",
        retrying("nsq", 'max_backoff="3601s"'),
        retrying("nsq", 'max_backoff="3600s"'),
    ),
    Planted(
        nsq.LARGEST_MESSAGE,
        "nsq",
        carrying("nsq", 1_048_577),
        carrying("nsq", 1_048_576),
    ),
    Planted(
        nsq.MOST_IN_FLIGHT,
        "nsq",
        subscribed("nsq", "concurrency=2501"),
        subscribed("nsq", "concurrency=2500"),
    ),
    Planted(nsq.UNORDERED, "nsq", declared("nsq", ORDERED), declared("nsq", "audit=False")),
    Planted(
        nsq.AT_LEAST_ONCE,
        "nsq",
        declared("nsq", 'delivery="exactly-once"'),
        declared("nsq", 'delivery="at-least-once"'),
    ),
)
