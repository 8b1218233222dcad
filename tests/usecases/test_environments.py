from collections.abc import Mapping
from datetime import date

import pytest

from infragraph.model.environment import Collector, Environment, Grant, Layout, Size
from infragraph.usecases.environment_checks import environment_findings, expired_grants
from infragraph.usecases.environments import NoEnvironment, chosen_key, key_of, read
from infragraph.workspace.configuration import Configuration, Setting, parse_configuration
from tests.compiling import compiled

PLACES: Mapping[str, Mapping[str, Setting]] = {
    "live": {"target": "aws", "region": "eu-west-1", "account": 12345678901},
    "live-gcp": {"target": "gcp", "region": "europe-west4", "project": "shop-live"},
    "pr-*": {"target": "aws"},
    "pr-big-*": {"target": "aws"},
    "later": {},
}

WHOLE = """\
environments:
  live:
    target: aws
    region: eu-west-1
    account: 012345678901
    class: small
    layout: split
    domain: shop.example.com
    image_platform: linux/amd64
    observability:
      otlp:
        endpoint: https://otel.example.com
        headers_secret: OTLP_HEADERS
      alarms_to: oncall@example.com
    cron:
      purge: {isolated: true}
      count: {isolated: false}
    tags: {cost-centre: 12, is-test: false}
    network: vpc-0a1b2c3d
    cluster: apps
    listener: arn:aws:elasticloadbalancing:eu-west-1:012345678901:listener/app/web/50dc6/f2f7
    kms_key: arn:aws:kms:eu-west-1:012345678901:key/1234abcd
    bindings:
      bucket:labels: shop-labels
    subscribers:
      topic:parcels: [012345678902]
    grants:
      stock:
        - actions: ["ses:SendEmail"]
          resources: ["*"]
          reason: labels are sent by mail
          expiry: 2026-01-31
"""

STOCK = """\
from infragraph import Bucket, Service

stock = Service("stock")
labels = Bucket("labels")


@stock.cron("purge", schedule="0 3 * * *")
async def purge() -> None:
    await labels.delete("old")
"""


def configured(text: str) -> Configuration:
    configuration, mistakes = parse_configuration(
        text.encode(), slugs=(), is_folder=bool, is_file=bool
    )
    assert mistakes == ()
    return configuration


def told(text: str) -> list[tuple[str, int, int, str, str]]:
    graph, _ = compiled({"app/__init__.py": "", "app/stock.py": STOCK})
    return [
        (it.slug, it.span.line, it.span.column, it.message, it.help)
        for it in environment_findings(configured(text), graph)
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("live", "live"),
        ("pr-1", "pr-*"),
        ("pr-big-1", "pr-big-*"),
        ("pr-big-", "pr-*"),
        ("pr-", None),
        ("staging", None),
    ],
)
def test_an_own_name_wins_and_then_the_longest_pattern(name: str, key: str | None) -> None:
    assert key_of(name, PLACES) == key


@pytest.mark.parametrize(
    ("name", "target", "reason"),
    [
        (
            None,
            "aws",
            "an environment has to be named with --env; environments of aws: live, pr-*, pr-big-*",
        ),
        (
            None,
            None,
            (
                "an environment has to be named with --env; "
                "environments: later, live, live-gcp, pr-*, pr-big-*"
            ),
        ),
        ("lvie", "aws", "infragraph.yaml has no environment 'lvie'; did you mean 'live'?"),
        (
            "live-gcp",
            "aws",
            (
                "the environment 'live-gcp' lies on gcp, and not on aws; "
                "environments of aws: live, pr-*, pr-big-*"
            ),
        ),
        ("later", "aws", "the environment 'later' has no 'target' yet"),
        (
            "pr-a/b",
            "aws",
            (
                "'pr-a/b' is no name of an environment: it takes lower case words joined by "
                "hyphens, at most 40 characters"
            ),
        ),
    ],
)
def test_a_name_that_means_no_environment_is_answered_with_those_that_there_are(
    name: str | None, target: str | None, reason: str
) -> None:
    assert chosen_key(name, PLACES, target) == NoEnvironment(reason=reason)


def test_without_environments_there_is_none_to_list() -> None:
    assert chosen_key(None, {}, "gcp") == NoEnvironment(
        reason="an environment has to be named with --env; "
        "infragraph.yaml has no environments of gcp yet"
    )


def test_every_key_of_an_environment_is_read() -> None:
    settings = configured(WHOLE).environments["live"]

    assert read("live", "live", settings) == Environment(
        name="live",
        target="aws",
        region="eu-west-1",
        account="012345678901",
        size=Size.SMALL,
        layout=Layout.SPLIT,
        domain="shop.example.com",
        image_platform="linux/amd64",
        collector=Collector(
            endpoint="https://otel.example.com",
            headers_secret="OTLP_HEADERS",  # noqa: S106 - the name of one
        ),
        alarms_to="oncall@example.com",
        isolated_crons=frozenset({"purge"}),
        tags={"cost-centre": "12", "is-test": "false"},
        network="vpc-0a1b2c3d",
        cluster="apps",
        listener="arn:aws:elasticloadbalancing:eu-west-1:012345678901:listener/app/web/50dc6/f2f7",
        kms_key="arn:aws:kms:eu-west-1:012345678901:key/1234abcd",
        bindings={"bucket:labels": "shop-labels"},
        subscribers={"topic:parcels": ("012345678902",)},
        grants={
            "stock": (
                Grant(
                    actions=("ses:SendEmail",),
                    resources=("*",),
                    reason="labels are sent by mail",
                    expiry="2026-01-31",
                ),
            )
        },
    )


def test_what_a_pattern_serves_is_a_preview_with_a_host_name_of_its_own() -> None:
    settings: Mapping[str, Setting] = {"target": "aws", "domain": "shop.example.com"}

    preview = read("pr-12", "pr-*", settings)
    named = read("live", "live", settings)

    assert (preview.size, preview.domain) == (Size.PREVIEW, "pr-12.shop.example.com")
    assert (named.size, named.domain) == (Size.PRODUCTION, "shop.example.com")
    assert read("pr-12", "pr-*", {**settings, "class": "small"}).size == Size.SMALL


def test_what_a_cloud_needs_is_asked_for_all_at_once() -> None:
    assert told("environments:\n  live:\n    target: gcp\n  later: {}\n") == [
        (
            "environment-incomplete",
            2,
            3,
            "the environment 'live' does not say its region, its project and its project_number",
            "add 'region', 'project' and 'project_number' to the environment",
        ),
        (
            "environment-incomplete",
            4,
            3,
            "the environment 'later' does not say its target",
            "add 'target' to the environment",
        ),
    ]


def test_existing_things_are_named_as_their_cloud_names_them() -> None:
    text = (
        "environments:\n  live:\n    target: aws\n"
        "    region: eu-west-1\n    account: 123456789012\n    network: main\n"
        "    observability: {alarms_to: somebody}\n"
        "    bindings:\n      bucket:labels: Labels!\n"
    )

    assert [finding[:4] for finding in told(text)] == [
        (
            "environment-address-malformed",
            9,
            22,
            "'Labels!' is not how aws writes the address of a bucket",
        ),
        (
            "environment-address-malformed",
            6,
            14,
            "'main' is not how aws writes the address of 'network'",
        ),
        (
            "environment-address-malformed",
            7,
            32,
            "'somebody' is not how aws writes the address of 'alarms_to'",
        ),
    ]


def test_a_grant_counts_to_the_end_of_its_last_day() -> None:
    configuration = configured(WHOLE)
    environment = read("live", "live", configuration.environments["live"])

    def expired(today: date) -> list[tuple[str, int, int]]:
        found = expired_grants(environment, "live", configuration, today)
        return [(it.message, it.span.line, it.span.column) for it in found]

    assert expired(date(2026, 1, 31)) == []
    assert expired(date(2026, 2, 1)) == [
        ("the grant of the service 'stock' was to last until 2026-01-31", 32, 19)
    ]


@pytest.mark.parametrize("name", ["bootstrap", "previews"])
def test_what_environments_share_is_no_name_of_one(name: str) -> None:
    assert chosen_key(name, {name: {"target": "gcp"}}, "gcp") == NoEnvironment(
        reason=f"no environment can be called {name!r}, which names what environments share"
    )
