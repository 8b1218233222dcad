"""What each provider allows: one module per provider, each number with its source and its day."""

from infragraph.portability.limits import (
    cloud_scheduler,
    eventbridge,
    nats,
    nsq,
    pubsub,
    sns_sqs,
    sns_sqs_fifo,
)
from infragraph.portability.limits.limit import Provider

ALL_PROVIDERS: tuple[Provider, ...] = (
    sns_sqs.PROVIDER,
    sns_sqs_fifo.PROVIDER,
    eventbridge.PROVIDER,
    pubsub.PROVIDER,
    cloud_scheduler.PROVIDER,
    nats.PROVIDER,
    nsq.PROVIDER,
)
