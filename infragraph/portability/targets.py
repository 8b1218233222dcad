"""The targets whose limits are known, by the names that the configuration gives them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where an application may run; `title` is what messages call it."""

    name: str
    title: str


AWS = Target(name="aws", title="AWS")
GCP = Target(name="gcp", title="Google Cloud")
NATS = Target(name="nats", title="NATS JetStream")
NSQ = Target(name="nsq", title="NSQ")

ALL_TARGETS: tuple[Target, ...] = (AWS, GCP, NATS, NSQ)
