"""The key that encrypts an environment's data, and which services of AWS may use it for us."""

from collections.abc import Mapping

from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.targets.aws.lasting import is_disposable, kept
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.references import external_accounts
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, REGION, Setting, arn, tags

KEY = "AppKey"

# What SNS and SQS pass on, alarms and schedules send: each decrypts, or makes a data key, for us.
_DELIVERING = (
    "cloudwatch.amazonaws.com",
    "scheduler.amazonaws.com",
    "sns.amazonaws.com",
    "sqs.amazonaws.com",
)


def plan_key(setting: Setting) -> Planned:
    """One rotated key and its alias; nothing where the environment names a key that exists."""
    if setting.environment.kms_key is not None:
        return NOTHING
    key = PlannedResource(
        address=KEY,
        type="AWS::KMS::Key",
        layer="data",
        retention=kept(setting),
        properties={
            "Description": f"data of {setting.application} in {setting.environment.name}",
            "EnableKeyRotation": True,
            "PendingWindowInDays": 7 if is_disposable(setting) else 30,
            "KeyPolicy": {"Version": "2012-10-17", "Statement": _statements(setting)},
            "Tags": tags(setting),
        },
    )
    alias = PlannedResource(
        address="AppKeyAlias",
        type="AWS::KMS::Alias",
        layer="data",
        properties={
            "AliasName": f"alias/infragraph/{setting.application}/{setting.environment.name}",
            "TargetKeyId": Attribute(address=KEY),
        },
    )
    return Planned(resources=(key, alias))


def _statements(setting: Setting) -> tuple[PlanValue, ...]:
    accounts: tuple[PlanValue, ...] = (ACCOUNT, *external_accounts(setting))
    return (
        {
            "Sid": "AccountAdministers",
            "Effect": "Allow",
            "Principal": {"AWS": Joined(parts=("arn:", PARTITION, ":iam::", ACCOUNT, ":root"))},
            "Action": "kms:*",
            "Resource": "*",
        },
        _use(
            "Deliver",
            {"Service": _DELIVERING},
            ("kms:Decrypt", "kms:GenerateDataKey"),
            {"StringEquals": {"aws:SourceAccount": accounts}},
        ),
        _use(
            "Logs",
            {"Service": Joined(parts=("logs.", REGION, ".amazonaws.com"))},
            (
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ),
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": _log_groups(setting)}},
        ),
    )


def _use(
    sid: str,
    principal: Mapping[str, PlanValue],
    actions: tuple[str, ...],
    condition: Mapping[str, PlanValue],
) -> PlanValue:
    """In a key's own policy, `*` is the key."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": actions,
        "Resource": "*",
        "Condition": condition,
    }


def _log_groups(setting: Setting) -> PlanValue:
    return arn("logs", f"log-group:/infragraph/{setting.application}/{setting.environment.name}/*")
