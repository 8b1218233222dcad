"""CloudWatch alarms, whose receiver is told when they start and when they end."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.targets.aws.shared import Setting, alarm_topic, tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A metric of one thing, and how far it may go: over `threshold` for `minutes` in a row."""

    namespace: str
    metric: str
    dimensions: Mapping[str, PlanValue]
    threshold: int
    minutes: int
    statistic: str = "Maximum"
    is_floor: bool = False


def alarm(  # noqa: PLR0913 - what an alarm consists of
    setting: Setting,
    watch: Watch,
    *,
    address: str,
    description: str,
    layer: str,
    origin: tuple[str, ...],
) -> PlannedResource:
    """No data is no alarm: what nobody uses sends none."""
    receiver = alarm_topic(setting)
    actions: Mapping[str, PlanValue] = (
        {} if receiver is None else {"AlarmActions": (receiver,), "OKActions": (receiver,)}
    )
    dimensions = tuple({"Name": name, "Value": value} for name, value in watch.dimensions.items())
    comparison = "LessThanThreshold" if watch.is_floor else "GreaterThanThreshold"
    return PlannedResource(
        address=address,
        type="AWS::CloudWatch::Alarm",
        layer=layer,
        origin=origin,
        properties={
            "AlarmDescription": description,
            "Namespace": watch.namespace,
            "MetricName": watch.metric,
            "Dimensions": dimensions,
            "Statistic": watch.statistic,
            "Period": 60,
            "EvaluationPeriods": watch.minutes,
            "Threshold": watch.threshold,
            "ComparisonOperator": comparison,
            "TreatMissingData": "notBreaching",
            **actions,
            "Tags": _tags(setting, origin),
        },
    )


def _tags(setting: Setting, origin: tuple[str, ...]) -> PlanValue:
    """Those of the one node that an alarm is about, or of the environment alone."""
    about = [node for node in setting.graph.nodes if (node.id,) == origin]
    if not about:
        return tags(setting)
    return tags(setting, service=about[0].service, resource=about[0].id)
