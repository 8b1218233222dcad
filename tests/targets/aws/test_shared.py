from dataclasses import replace

import pytest

from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, Joined, Parameter, PlanValue
from infragraph.targets.aws import shared
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, REGION, Setting

ENVIRONMENT = Environment(name="prod", target="aws", region="eu-west-1", account="123456789012")
GRAPH = InfraGraph(application="shop", nodes=(), edges=(), payloads={}, unresolved=())
SETTING = Setting(graph=GRAPH, environment=ENVIRONMENT)
REUSING = Setting(
    graph=GRAPH,
    environment=replace(
        ENVIRONMENT,
        network="vpc-1",
        cluster="arn:aws:ecs:eu-west-1:123456789012:cluster/apps",
        listener="arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/edge/1/2",
        kms_key="0b1c",
        alarms_to="arn:aws:sns:eu-west-1:123456789012:oncall",
    ),
)


def _all(setting: Setting) -> dict[str, PlanValue]:
    return {
        "key": shared.key_arn(setting),
        "vpc": shared.vpc(setting),
        "private": shared.private_subnets(setting),
        "cluster": shared.cluster(setting),
        "cluster_arn": shared.cluster_arn(setting),
        "listener": shared.listener(setting),
        "alarms": shared.alarm_topic(setting),
    }


def test_what_an_environment_has_once_is_made_unless_it_says_otherwise() -> None:
    assert _all(SETTING) == {
        "key": Attribute(address="AppKey", name="Arn"),
        "vpc": Attribute(address="Vpc"),
        "private": (Attribute(address="PrivateSubnetA"), Attribute(address="PrivateSubnetB")),
        "cluster": Attribute(address="Cluster"),
        "cluster_arn": Attribute(address="Cluster", name="Arn"),
        "listener": Attribute(address="HttpsListener"),
        "alarms": None,
    }


def test_what_exists_already_is_referred_to_as_it_is() -> None:
    assert _all(REUSING) == {
        "key": Joined(parts=("arn:", PARTITION, ":kms:", REGION, ":", ACCOUNT, ":", "key/0b1c")),
        "vpc": "vpc-1",
        "private": (Parameter(name="PrivateSubnetA"), Parameter(name="PrivateSubnetB")),
        "cluster": "apps",
        "cluster_arn": "arn:aws:ecs:eu-west-1:123456789012:cluster/apps",
        "listener": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/edge/1/2",
        "alarms": "arn:aws:sns:eu-west-1:123456789012:oncall",
    }


def test_tags_of_ours_win_over_tags_of_the_same_name() -> None:
    tagged = replace(ENVIRONMENT, tags={"team": "shop", "infragraph:env": "x"})

    assert shared.tags(
        Setting(graph=GRAPH, environment=tagged), service="users", resource="topic:signups"
    ) == (
        {"Key": "infragraph:env", "Value": "prod"},
        {"Key": "team", "Value": "shop"},
        {"Key": "infragraph:app", "Value": "shop"},
        {"Key": "infragraph:service", "Value": "users"},
        {"Key": "infragraph:resource", "Value": "topic:signups"},
    )


@pytest.mark.parametrize("service", ["databases", "load-balancer", "http"])
def test_no_service_shares_an_address_with_what_an_environment_has_once(service: str) -> None:
    assert shared.service_security_group(service) != shared.database_security_group()
    assert "Service" in shared.service_address(service, "SecurityGroup")
