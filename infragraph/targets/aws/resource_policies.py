"""Policies of topics, queues and buckets: what others may do with one, and never without TLS."""

from collections.abc import Mapping, Sequence

from infragraph.model.plan import PlanValue


def tls_only(actions: Sequence[str], resources: Sequence[PlanValue]) -> PlanValue:
    """Denies everybody everything that is not encrypted on its way."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": tuple(actions),
        "Resource": tuple(resources),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def allowed(
    sid: str,
    principal: Mapping[str, PlanValue],
    actions: Sequence[str],
    resource: PlanValue,
    condition: Mapping[str, PlanValue],
) -> PlanValue:
    """Lets `principal` do `actions` under a condition; nobody is let in without one."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": tuple(actions),
        "Resource": resource,
        "Condition": condition,
    }
