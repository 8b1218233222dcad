from collections.abc import Mapping

from infragraph.model.plan import Attribute, Override, Plan, PlannedResource, PlanValue
from infragraph.model.source import SourceSpan
from infragraph.targets.overriding import override
from infragraph.workspace.places import places
from infragraph.workspace.yaml_nodes import read_document

PATH = "deploy/overrides.yaml"

DATABASE = PlannedResource(
    address="OrdersDatabase",
    type="AWS::RDS::DBInstance",
    properties={"Size": "small", "Key": Attribute(address="Key"), "Windows": ["mon", "tue"]},
    layer="data",
)
ROLE = PlannedResource(
    address="OrdersRole",
    type="AWS::IAM::Role",
    properties={
        "Policies": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:a"]}],
        "Path": "/",
    },
    layer="orders",
)
PLAN = Plan(target="aws", application="shop", environment="live", resources=(DATABASE, ROLE))


def overridden(text: str) -> tuple[Plan, list[tuple[str, int, str, str]]]:
    document, mistakes = read_document(text.encode(), PATH)
    assert document is not None
    assert mistakes == ()
    patches = document.value()
    assert isinstance(patches, dict)
    spans: Mapping[tuple[str, ...], SourceSpan] = {
        keys: place.key for keys, place in places(document).items()
    }
    wanted = {key: value for key, value in patches.items() if isinstance(value, dict)}
    plan, found = override(PLAN, wanted, spans)
    return plan, [(it.slug, it.span.line, it.message, it.help) for it in found]


def properties(plan: Plan, address: str) -> Mapping[str, PlanValue]:
    (found,) = (it.properties for it in plan.resources if it.address == address)
    return found


def test_what_cloudformation_would_carry_out_is_refused_wherever_it_stands() -> None:
    for patch in (
        "  Size: 'x {{resolve:ssm:a}}'\n",
        "  +Tags: [{Key: a, Value: '{{Resolve:secretsmanager:b}}'}]\n",
        "  +Options: {'{{resolve:c}}': 1}\n",
        "  Windows: {1: '{{resolve:d}}'}\n",
    ):
        _, found = overridden(f"OrdersDatabase:\n{patch}")
        assert [(slug, line) for slug, line, _, _ in found] == [("override-carried-out", 2)]


def test_a_patch_changes_what_is_there_and_adds_what_says_so() -> None:
    plan, found = overridden(
        "OrdersDatabase:\n  Size: large\n  +Backup: {Days: 14}\n  Windows: {1: wed}\n"
    )

    assert found == []
    assert properties(plan, "OrdersDatabase") == {
        "Size": "large",
        "Key": Attribute(address="Key"),
        "Windows": ["mon", "wed"],
        "Backup": {"Days": 14},
    }
    assert plan.overrides == (
        Override(address="OrdersDatabase", path=("Size",), before="small", after="large"),
        Override(address="OrdersDatabase", path=("Backup",), before=None, after={"Days": 14}),
        Override(address="OrdersDatabase", path=("Windows", "1"), before="tue", after="wed"),
    )
    assert properties(plan, "OrdersRole") == ROLE.properties


def test_an_address_or_a_path_that_is_not_there_is_told_with_the_nearest() -> None:
    plan, found = overridden(
        "OrderDatabase:\n  Size: large\n"
        "OrdersDatabase:\n  Sise: large\n  +Size: huge\n  Windows: {2: wed}\n"
    )

    assert plan == PLAN
    assert found == [
        (
            "override-address-unknown",
            1,
            "there is no 'OrderDatabase' in the plan of 'live' to override",
            "write 'OrdersDatabase'",
        ),
        (
            "override-path-unknown",
            4,
            "'OrdersDatabase' has no 'Sise' to override",
            "write 'Size', or '+Sise' to add it",
        ),
        (
            "override-path-unknown",
            5,
            "'OrdersDatabase' has no '+Size' to override",
            "write 'Size', which changes what is there",
        ),
        (
            "override-path-unknown",
            6,
            "'OrdersDatabase' has no 'Windows.2' to override",
            "write '+2' to add it, or '0' or '1'",
        ),
    ]


def test_a_patch_that_permits_more_is_never_silent() -> None:
    plan, found = overridden('OrdersRole:\n  Policies:\n    0:\n      Action: ["s3:*"]\n')

    assert found == [
        (
            "override-widens-permissions",
            4,
            "the override of 'Policies.0.Action' of 'OrdersRole' permits 's3:*'",
            "name the actions and resources one by one, or give them as 'grants' with a reason",
        )
    ]
    assert [it.widens for it in plan.overrides] == [True]


def test_a_patch_that_turns_a_policy_round_is_never_silent() -> None:
    for patch, what in (
        (
            'OrdersRole:\n  +Policy: {NotAction: ["s3:GetObject"]}\n',
            "all but what 'NotAction' names",
        ),
        ("OrdersRole:\n  +ManagedPolicyArns: [arn:a:Admin]\n", "what 'arn:a:Admin' holds"),
        ("OrdersDatabase:\n  +Bindings: [{member: allUsers}]\n", "'allUsers'"),
    ):
        _, found = overridden(patch)
        assert [(slug, message.partition("permits ")[2]) for slug, _, message, _ in found] == [
            ("override-widens-permissions", what)
        ]


def test_a_star_that_is_no_permission_is_none() -> None:
    plan, found = overridden("OrdersDatabase:\n  Size: '*'\n")

    assert found == []
    assert [it.widens for it in plan.overrides] == [False]
