"""Who has what kinds themselves need, by the table in `needs`."""

from collections.abc import Iterator

from infragraph.documents.narrowing import texts
from infragraph.model.graph import Node
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import pubsub_agent
from infragraph.targets.gcp.calls import asks_who, has_mounts, signing_key, vouching
from infragraph.targets.gcp.collector import headers_secret
from infragraph.targets.gcp.databases import login_rights, migrators
from infragraph.targets.gcp.delivery import pushed_to, relays
from infragraph.targets.gcp.needs import (
    ADMIT,
    AUTHENTICATE,
    FIRE,
    FORGET,
    FORWARD,
    IDENTIFY,
    KEEP,
    KEEP_IN,
    REJECT,
    RELAY,
    SHOW,
    SIGN,
    TELL,
    VOUCH,
    Need,
)
from infragraph.targets.gcp.rights import Account, Agent, Everybody, Member, Right, Thing
from infragraph.targets.gcp.setting import Setting, edges, existing, node, nodes, owner
from infragraph.targets.gcp.things import (
    bucket_thing,
    dead_letter_thing,
    service_thing,
    subscription_thing,
    topic_thing,
)


def forwarding(setting: Setting, subscription: Node) -> Iterator[Right]:
    """Dead letters: forwarded by Pub/Sub, or sent by a handler that rejects."""
    if subscription.properties.get("dead_letter") is False:
        return
    service = subscription.service or subscription.name
    dead = dead_letter_thing(setting, subscription)
    agent = Agent(email=pubsub_agent(setting))
    yield _right(FORWARD, agent, dead, service, subscription.id)
    yield _right(FORGET, agent, subscription_thing(setting, subscription), service, subscription.id)
    if subscription.service is not None:
        yield _right(REJECT, _account(setting, service), dead, service, subscription.id)


def own_rights(setting: Setting) -> Iterator[Right]:
    """What services need of their own, beside each subscription's and each audit topic's."""
    yield from _pushing(setting)
    yield from _migrating(setting)
    yield from _with_inbox(setting)
    yield from _relaying(setting)
    yield from _signing(setting)
    yield from _public_buckets(setting)
    yield from _public_services(setting)
    yield from _telling(setting)
    yield from _authenticating(setting)
    yield from _vouching(setting)


def firing(setting: Setting, cron: Node, on: Thing) -> Right:
    account = Account(name=names.own_account_name(setting, "cron"))
    return _right(FIRE, account, on, cron.service or cron.name, cron.id)


def keeping(setting: Setting, topic: Node, bucket: Thing) -> Iterator[Right]:
    agent = Agent(email=pubsub_agent(setting))
    for need in (KEEP, KEEP_IN):
        yield _right(need, agent, bucket, topic.service or topic.name, topic.id)


def is_public(setting: Setting, service: str) -> bool:
    """Whether somebody without an account may reach an endpoint of a service, or what it mounts."""
    return has_mounts(setting, service) or any(
        endpoint.service == service and endpoint.properties.get("access") in {"public", "auth"}
        for endpoint in nodes(setting, "endpoint")
    )


def _pushing(setting: Setting) -> Iterator[Right]:
    account = names.own_account_name(setting, "push")
    for service in nodes(setting, "service"):
        if pushed_to(setting, service.name):
            yield _right(
                IDENTIFY,
                Agent(email=pubsub_agent(setting)),
                Thing(type=types.ACCOUNT, name=account),
                service.name,
                None,
            )


def _migrating(setting: Setting) -> Iterator[Right]:
    for database in nodes(setting, "database"):
        for service in migrators(database):
            yield from login_rights(
                setting, database, service, ground="kind", why=f"{service!r} migrates it"
            )


def _with_inbox(setting: Setting) -> Iterator[Right]:
    for subscription in nodes(setting, "subscription"):
        inbox = subscription.properties.get("inbox")
        for database in nodes(setting, "database"):
            if database.name == inbox and subscription.service is not None:
                why = f"the inbox of subscription {subscription.name!r}"
                yield from login_rights(
                    setting, database, subscription.service, ground="kind", why=why
                )


def _relaying(setting: Setting) -> Iterator[Right]:
    for service in nodes(setting, "service"):
        for topic in relays(setting, service.name):
            thing = topic_thing(setting, node(setting, topic))
            yield _right(RELAY, _account(setting, service.name), thing, service.name, topic)


def _signing(setting: Setting) -> Iterator[Right]:
    for bucket in nodes(setting, "bucket"):
        signers = {
            owner(setting, edge.source)
            for edge in edges(setting, "stores", target=bucket.id)
            if "signed_url" in texts(edge.properties.get("operations"))
        }
        for service in sorted(signer for signer in signers if signer is not None):
            own = Thing(type=types.ACCOUNT, name=names.account_name(setting, service))
            yield _right(SIGN, _account(setting, service), own, service, bucket.id)


def _public_buckets(setting: Setting) -> Iterator[Right]:
    for bucket in nodes(setting, "bucket"):
        if bucket.properties.get("public") and existing(setting, bucket) is None:
            thing = bucket_thing(setting, bucket)
            yield _right(SHOW, Everybody(), thing, bucket.service or bucket.name, bucket.id)


def _public_services(setting: Setting) -> Iterator[Right]:
    for service in nodes(setting, "service"):
        if existing(setting, service) is None and is_public(setting, service.name):
            thing = service_thing(setting, service.name)
            yield _right(ADMIT, Everybody(), thing, service.name, service.id)


def _telling(setting: Setting) -> Iterator[Right]:
    thing = headers_secret(setting)
    if thing is None:
        return
    for service in nodes(setting, "service"):
        yield _right(TELL, _account(setting, service.name), thing, service.name, None)


def _authenticating(setting: Setting) -> Iterator[Right]:
    for caller, called in asks_who(setting):
        if existing(setting, node(setting, f"service:{called}")) is None:
            thing = service_thing(setting, called)
            yield _right(AUTHENTICATE, _account(setting, caller), thing, caller, None)


def _vouching(setting: Setting) -> Iterator[Right]:
    for service in vouching(setting):
        yield _right(VOUCH, _account(setting, service), signing_key(setting), service, None)


def _account(setting: Setting, service: str) -> Account:
    return Account(name=names.account_name(setting, service))


def _right(need: Need, member: Member, on: Thing, service: str, for_: str | None) -> Right:
    return Right(
        member=member,
        role=need.role,
        on=on,
        service=service,
        ground="kind",
        why=need.why,
        node=for_,
    )
