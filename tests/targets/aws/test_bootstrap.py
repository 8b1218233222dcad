"""The bootstrap stack, against what the stacks of an application turn out to hold."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from infragraph.model.environment import Environment, Grant, Size
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, Joined, Parameter, Plan, PlannedResource, PlanValue
from infragraph.targets.aws.bootstrap import plan_bootstrap
from infragraph.targets.aws.bootstrap_actions import ACTIONS, LEFT_OUT
from infragraph.targets.aws.bootstrap_policies import MOST_CHARACTERS
from infragraph.targets.aws.lowering import lower
from infragraph.targets.aws.shared import ACCOUNT, PARTITION
from tests.targets.aws.applications import SHOP
from tests.targets.aws.inside import inside
from tests.targets.aws.settings import PRODUCTION, setting

EMPTY = InfraGraph(application="shop", nodes=(), edges=(), payloads={}, unresolved=())

EVERYTHING = {
    **SHOP,
    "files.py": """\
from dataclasses import dataclass

from infragraph import Bucket, Secret, Service, Topic

files = Service("files")
photos = Bucket("photos")
key = Secret("FILES_KEY")


@dataclass(frozen=True)
class Stored:
    path: str


stored = Topic[Stored]("stored", audit=True)


@files.cron("sweep", every="24h")
async def sweep() -> None:
    await photos.upload("a", key.get().encode())
    await photos.download("a")
    await photos.delete("a")
    await photos.signed_url("a")
    async for _ in photos.list():
        await stored.publish(Stored("a"))


@files.subscribe(stored, "index")
async def index(event: Stored) -> None: ...
""",
}


def _plan(environment: Environment) -> Plan:
    lowered = setting(EVERYTHING, environment)
    return lower(lowered.graph, environment)[0]


PLANS = [
    _plan(replace(PRODUCTION, size=size, isolated_crons=frozenset({"sweep"}))) for size in Size
]


def _bootstrap(environment: Environment = PRODUCTION) -> Plan:
    return plan_bootstrap(EMPTY, environment)


def _named(plan: Plan, address: str) -> PlannedResource:
    return next(it for it in plan.resources if it.address == address)


@pytest.mark.parametrize("plan", PLANS, ids=[str(size) for size in Size])
def test_the_deploy_role_knows_every_type_that_a_plan_holds(plan: Plan) -> None:
    assert {it.type for it in plan.resources} - set(ACTIONS) == set()


def test_the_actions_of_a_type_are_those_of_its_handlers() -> None:
    """By the schemas that AWS publishes, as cfn-lint ships them."""
    handlers = _handlers()

    assert set(ACTIONS) <= set(handlers)
    for name, actions in ACTIONS.items():
        wanted = {
            action
            for action in handlers[name]
            if not any(re.fullmatch(pattern, action) for pattern in LEFT_OUT)
        }
        assert set(actions) == wanted, name


@pytest.mark.parametrize("pattern", LEFT_OUT)
def test_what_is_left_out_is_there_to_be_left_out(pattern: str) -> None:
    handlers = _handlers()

    assert any(re.fullmatch(pattern, action) for name in ACTIONS for action in handlers[name])


@pytest.mark.parametrize("plan", PLANS, ids=[str(size) for size in Size])
def test_no_role_of_a_plan_goes_beyond_the_boundary(plan: Plan) -> None:
    boundary = _actions(_named(_bootstrap(), "Boundary").properties["PolicyDocument"])

    for role in (it for it in plan.resources if it.type == "AWS::IAM::Role"):
        policies = role.properties.get("Policies", ())
        assert isinstance(policies, Sequence)
        for policy in policies:
            assert isinstance(policy, Mapping)
            assert set(_actions(policy["PolicyDocument"])) - set(boundary) == set(), role.address


@pytest.mark.parametrize("plan", PLANS, ids=[str(size) for size in Size])
def test_every_role_of_a_plan_carries_the_boundary_and_lies_in_its_path(plan: Plan) -> None:
    boundary = Joined(
        parts=("arn:", PARTITION, ":iam::", ACCOUNT, ":policy/infragraph/app/boundary")
    )

    roles = [it for it in plan.resources if it.type == "AWS::IAM::Role"]
    assert roles
    assert {str(it.properties["PermissionsBoundary"]) for it in roles} == {str(boundary)}
    assert {str(it.properties["Path"]) for it in roles} == {"/infragraph/app/"}


def test_a_grant_widens_the_boundary() -> None:
    granted = replace(
        PRODUCTION,
        grants={"users": (Grant(actions=("ses:SendEmail",), resources=("*",), reason="mail"),)},
    )

    wide = _actions(_named(_bootstrap(granted), "Boundary").properties["PolicyDocument"])
    narrow = _actions(_named(_bootstrap(), "Boundary").properties["PolicyDocument"])
    assert set(wide) - set(narrow) == {"ses:SendEmail"}


def test_whoever_deploys_can_create_no_role_without_the_boundary_and_never_lift_it() -> None:
    plan = _bootstrap()
    policies = [it for it in plan.resources if it.address.startswith("DeployPolicy")]
    statements = [
        it for policy in policies for it in _statements(policy.properties["PolicyDocument"])
    ]

    on_roles = {
        action: it
        for it in statements
        for action in _listed(it["Action"])
        if action.startswith("iam:")
    }
    boundary = Joined(
        parts=("arn:", PARTITION, ":iam::", ACCOUNT, ":policy/infragraph/shop/boundary")
    )
    for action in ("iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"):
        assert on_roles[action]["Condition"] == {
            "StringEquals": {"iam:PermissionsBoundary": boundary}
        }
    assert not {
        "iam:DeleteRolePermissionsBoundary",
        "iam:CreatePolicyVersion",
        "iam:SetDefaultPolicyVersion",
        "iam:AttachRolePolicy",
        "iam:CreateUser",
    } & set(on_roles)
    roles = Joined(parts=("arn:", PARTITION, ":iam::", ACCOUNT, ":role/infragraph/shop/*"))
    linked = Joined(parts=("arn:", PARTITION, ":iam::", ACCOUNT, ":role/aws-service-role/*"))
    assert {action: it["Resource"] for action, it in on_roles.items()} == {
        action: (linked,) if action == "iam:CreateServiceLinkedRole" else (roles,)
        for action in on_roles
    }
    deploy = _named(plan, "DeployRole")
    assert deploy.properties["Path"] == "/infragraph-bootstrap/shop/"


@pytest.mark.parametrize("plan", PLANS, ids=[str(size) for size in Size])
def test_whoever_deploys_passes_roles_to_those_who_assume_them(plan: Plan) -> None:
    assuming = {
        str(
            inside(
                it.properties, "AssumeRolePolicyDocument", "Statement", 0, "Principal", "Service"
            )
        )
        for it in plan.resources
        if it.type == "AWS::IAM::Role"
    }

    (passed,) = (
        it["Condition"]
        for policy in _bootstrap().resources
        if policy.address.startswith("DeployPolicy")
        for it in _statements(policy.properties["PolicyDocument"])
        if it["Sid"] == "PassRoles"
    )
    assert assuming - set(inside(passed, "StringEquals", "iam:PassedToService")) == set()


def test_whoever_deploys_empties_the_buckets_of_previews_alone() -> None:
    on_objects = [
        (it["Sid"], _listed(it["Action"]), it["Resource"])
        for policy in _bootstrap().resources
        if policy.address.startswith("DeployPolicy")
        for it in _statements(policy.properties["PolicyDocument"])
        if {"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"}
        & set(_listed(it["Action"]))
    ]

    named = [Joined(parts=("arn:", PARTITION, f":s3:::shop-pr-{digit}*")) for digit in range(10)]
    assert on_objects == [
        (
            "EmptyPreviews",
            ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            tuple(Joined(parts=(*it.parts, "/*")) for it in named),
        ),
        ("FindInPreviews", ["s3:ListBucketVersions"], tuple(named)),
    ]


def test_policies_are_as_small_as_iam_takes_them() -> None:
    for policy in _bootstrap().resources:
        if policy.type == "AWS::IAM::ManagedPolicy":
            # Names stand for ARNs, which are longer: the room that is left is for them.
            text = repr(policy.properties["PolicyDocument"]).replace(" ", "")
            assert len(text) <= MOST_CHARACTERS, policy.address
    assert sum(it.address.startswith("DeployPolicy") for it in _bootstrap().resources) <= 10


def test_only_jobs_of_the_repositorys_environment_may_deploy() -> None:
    subject = Joined(
        parts=(
            "repo:",
            Parameter(name="GitHubRepository"),
            ":environment:",
            Parameter(name="GitHubEnvironment"),
        )
    )

    document = _named(_bootstrap(), "DeployRole").properties["AssumeRolePolicyDocument"]

    assert document == {
        "Version": "2012-10-17",
        "Statement": (
            {
                "Sid": "Assume",
                "Effect": "Allow",
                "Principal": {"Federated": Attribute(address="GitHubProvider")},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {
                        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                        "token.actions.githubusercontent.com:sub": subject,
                    }
                },
            },
        ),
    }


def test_an_account_that_has_the_provider_keeps_it() -> None:
    existing = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"

    plan = plan_bootstrap(EMPTY, PRODUCTION, provider=existing)

    assert [it.address for it in plan.resources if it.type == "AWS::IAM::OIDCProvider"] == []
    assert existing in str(_named(plan, "DeployRole").properties["AssumeRolePolicyDocument"])


def test_images_are_scanned_and_their_tags_never_move() -> None:
    options = _named(_bootstrap(), "Repository").properties

    assert options["ImageTagMutability"] == "IMMUTABLE"
    assert options["ImageScanningConfiguration"] == {"ScanOnPush": True}
    policy = options["LifecyclePolicy"]
    assert isinstance(policy, Mapping)
    assert json.loads(str(policy["LifecyclePolicyText"]))["rules"][0]["action"] == {
        "type": "expire"
    }


@cache
def _handlers() -> Mapping[str, set[str]]:
    """All that creating, reading, updating and deleting a type takes."""
    found: dict[str, set[str]] = {}
    package = find_spec("cfnlint")
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent / "data" / "schemas" / "resources"
    for path in folder.glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        handlers = schema.get("handlers", {})
        found[schema["typeName"]] = {
            action
            for verb in ("create", "read", "update", "delete")
            for action in handlers.get(verb, {}).get("permissions", [])
        }
    return found


def _actions(document: PlanValue) -> list[str]:
    return [action for it in _statements(document) for action in _listed(it["Action"])]


def _statements(document: PlanValue) -> list[Mapping[str, PlanValue]]:
    assert isinstance(document, Mapping)
    statements = document["Statement"]
    assert isinstance(statements, Sequence)
    return [it for it in statements if isinstance(it, Mapping)]


def _listed(value: PlanValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    assert isinstance(value, Sequence)
    return [str(it) for it in value]
