from dataclasses import replace

from infragraph.model.environment import Size
from infragraph.model.plan import Attribute, Joined, Parameter, PlannedResource
from infragraph.targets.aws.planned import NOTHING
from infragraph.targets.aws.scaling import plan_scaling
from tests.targets.aws.applications import SHOP, Drawn, application
from tests.targets.aws.inside import inside
from tests.targets.aws.settings import PRODUCTION, addresses, resource, setting


def test_an_api_scales_by_its_cpu_within_bounds() -> None:
    planned = plan_scaling(setting(SHOP))

    assert resource(planned, "UsersServiceApiScaling") == PlannedResource(
        address="UsersServiceApiScaling",
        type="AWS::ApplicationAutoScaling::ScalableTarget",
        layer="users",
        origin=("service:users",),
        properties={
            "ServiceNamespace": "ecs",
            "ScalableDimension": "ecs:service:DesiredCount",
            "ResourceId": Joined(
                parts=(
                    "service/",
                    Attribute(address="Cluster"),
                    "/",
                    Attribute(address="UsersServiceApiService", name="Name"),
                )
            ),
            "MinCapacity": Parameter(name="ApiMinimumTasks"),
            "MaxCapacity": 20,
            "Tags": (
                {"Key": "infragraph:app", "Value": "app"},
                {"Key": "infragraph:env", "Value": "prod"},
                {"Key": "infragraph:service", "Value": "users"},
            ),
        },
    )
    assert resource(planned, "UsersServiceApiScalingCpu").properties == {
        "PolicyName": Joined(
            parts=(Parameter(name="AWS::StackName"), "-UsersServiceApiScalingCpu")
        ),
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": Attribute(address="UsersServiceApiScaling"),
        "TargetTrackingScalingPolicyConfiguration": {
            "TargetValue": 60,
            "PredefinedMetricSpecification": {
                "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
            },
            "ScaleInCooldown": 300,
            "ScaleOutCooldown": 60,
        },
    }


def test_a_worker_scales_by_its_backlog_for_each_running_task() -> None:
    planned = plan_scaling(setting(SHOP))

    metrics = inside(
        resource(planned, "MailsServiceWorkerScalingBacklog").properties,
        "TargetTrackingScalingPolicyConfiguration",
        "CustomizedMetricSpecification",
        "Metrics",
    )
    assert [it["Id"] for it in metrics] == ["q0", "q1", "running", "backlog"]
    assert metrics[-1] == {
        "Id": "backlog",
        "Label": "messages for each running task",
        "Expression": (
            "IF(FILL(running,0)>0,(FILL(q0,0)+FILL(q1,0))/FILL(running,1),FILL(q0,0)+FILL(q1,0))"
        ),
        "ReturnData": True,
    }


def test_a_worker_without_queues_does_not_scale() -> None:
    """The worker of `users` relays an outbox, which has no backlog that AWS could see."""
    assert addresses(plan_scaling(setting(SHOP))) == [
        "MailsServiceWorkerScaling",
        "MailsServiceWorkerScalingBacklog",
        "UsersServiceApiScaling",
        "UsersServiceApiScalingCpu",
    ]


def test_a_worker_of_many_queues_scales_by_each_nine_of_them() -> None:
    topics = [f"topic-{letter}" for letter in "abcdefghijk"]
    files = application(
        [
            Drawn(name="one", access=["public"], publishes=topics),
            Drawn(name="two", subscribes=topics),
        ]
    )

    policies = [it for it in plan_scaling(setting(files)).resources if "Backlog" in it.address]

    assert [
        (
            it.address,
            len(
                inside(
                    it.properties,
                    "TargetTrackingScalingPolicyConfiguration",
                    "CustomizedMetricSpecification",
                    "Metrics",
                )
            ),
        )
        for it in policies
    ] == [("TwoServiceWorkerScalingBacklog", 11), ("TwoServiceWorkerScalingBacklog2", 4)]


def test_small_environments_run_what_they_are_told() -> None:
    assert plan_scaling(setting(SHOP, replace(PRODUCTION, size=Size.SMALL))) == NOTHING
