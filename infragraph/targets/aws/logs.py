"""Log groups: encrypted, and kept for as long as the class of the environment asks for."""

from infragraph.model.environment import Size
from infragraph.model.plan import PlannedResource
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.shared import Setting, key_arn, tags

_DAYS = {Size.PRODUCTION: 365, Size.SMALL: 30, Size.PREVIEW: 7}


def log_group(
    setting: Setting, address: str, name: str, *, layer: str, service: str | None = None
) -> PlannedResource:
    """A log group below the environment's own prefix, by which the key admits it."""
    return PlannedResource(
        address=address,
        type="AWS::Logs::LogGroup",
        layer=layer,
        origin=() if service is None else (f"service:{service}",),
        retention=kept(setting),
        properties={
            "LogGroupName": f"/infragraph/{setting.application}/{setting.environment.name}/{name}",
            "RetentionInDays": _DAYS[setting.environment.size],
            "KmsKeyId": key_arn(setting),
            "Tags": tags(setting, service=service),
        },
    )
