"""Whole applications as templates: what is linted, audited and stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.render import json as graph_json
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.formats import cloudformation
from infragraph.model.environment import Environment, Grant, Layout, Size
from infragraph.targets.aws import lower
from tests.compiling import compiled
from tests.expectations import report
from tests.targets import generated
from tests.test_applications import ROOT, SHARED

SHOP = ROOT / "fixtures/shop"
GENERATED = {"generated": 40, "few-generated": 5}
"""How many services they have."""

_GRANT = Grant(
    actions=("ses:SendEmail",),
    resources=("arn:aws:ses:eu-west-1:123456789012:identity/example.com",),
    reason="customers are written to",
)

PRODUCTION = Environment(
    name="prod",
    target="aws",
    region="eu-west-1",
    account="123456789012",
    domain="shop.example.com",
    alarms_to="ops@example.com",
)

SHOPS: Mapping[str, Environment] = {
    "prod": replace(
        PRODUCTION,
        bindings={"topic:bank-transfers": "arn:aws:sns:eu-west-1:210987654321:bank-transfers"},
        grants={"emails": (_GRANT,)},
    ),
    "small": replace(
        PRODUCTION,
        name="small",
        size=Size.SMALL,
        isolated_crons=frozenset({"export-catalog"}),
        bindings={
            "bucket:product-photos": "example-photos",
            "database:orders": "db-ABCDEFGHIJKL01234@main.abc.eu-west-1.rds.amazonaws.com/orders",
            "secret:LINK_KEY": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:links-a1B2c3",
            "subscription:signups/send-welcome-email": "arn:aws:sqs:eu-west-1:123456789012:mails",
            "topic:bank-transfers": "arn:aws:sns:us-east-1:210987654321:bank-transfers",
            "topic:signups": "arn:aws:sns:eu-west-1:123456789012:signups",
        },
    ),
    "pr-1": replace(
        PRODUCTION,
        name="pr-1",
        size=Size.PREVIEW,
        domain=None,
        alarms_to=None,
        bindings={"topic:bank-transfers": "arn:aws:sns:eu-west-1:210987654321:bank-transfers"},
    ),
    "split": replace(
        PRODUCTION,
        name="split",
        layout=Layout.SPLIT,
        bindings={"topic:bank-transfers": "arn:aws:sns:eu-west-1:210987654321:bank-transfers"},
    ),
}
"""The environments of the shop: every class, both layouts, and much that exists already."""

APPLICATIONS = (
    *(f"shop/{name}" for name in SHOPS),
    "uptime/prod",
    "saas/prod",
    *(f"{name}/split" for name in GENERATED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Files by path, and the graph as the command prints it."""

    files: Mapping[str, str]
    graph: Mapping[str, Any]
    environment: Environment

    def templates(self) -> Mapping[str, Any]:
        return {
            path: json.loads(text) for path, text in self.files.items() if path != "stacks.json"
        }


def is_here(name: str) -> bool:
    """Whether an application is in this repository, or in the folder beside it."""
    return name.startswith("shop/") or name.partition("/")[0] in GENERATED or SHARED.is_dir()


@cache
def rendered(name: str) -> Rendered:
    """`shop/prod` is the environment `prod` of the application `shop`."""
    application, _, environment_name = name.partition("/")
    if application == "shop":
        environment = SHOPS[environment_name]
        return _rendered(report(SHOP), environment)
    environment = replace(PRODUCTION, name=environment_name)
    if application in GENERATED:
        services = GENERATED[application]
        graph, diagnostics = compiled(generated.application(services, seed=1))
        counts = FileCounts(analyzed=0, skipped={})
        whole = Report(graph=graph, diagnostics=diagnostics, files=counts)
        return _rendered(whole, replace(environment, layout=Layout.SPLIT))
    return _rendered(report(SHARED / application), environment)


def _rendered(whole: Report, environment: Environment) -> Rendered:
    plan, found = lower(whole.graph, environment)
    assert [it.message for it in found if it.severity is Severity.ERROR] == []
    return Rendered(
        files={it.path: it.content for it in cloudformation.render(plan)},
        graph=json.loads(graph_json.render(whole)),
        environment=environment,
    )
