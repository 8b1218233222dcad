"""Where a bucket tells who accessed it."""

from collections.abc import Mapping

from infragraph.model.plan import PlanValue
from infragraph.targets.aws.shared import Setting, access_logs_bucket

UNLOGGED = {"CKV_AWS_18": "previews keep no access logs, which would outlive them"}


def logging(setting: Setting, prefix: str) -> Mapping[str, PlanValue]:
    """The properties of a bucket that logs below `s3/<prefix>/`; nothing in previews."""
    target = access_logs_bucket(setting)
    if target is None:
        return {}
    configuration = {"DestinationBucketName": target, "LogFilePrefix": f"s3/{prefix}/"}
    return {"LoggingConfiguration": configuration}


def logging_policy(setting: Setting) -> tuple[str, ...]:
    """What has to be there before logs are written."""
    return () if access_logs_bucket(setting) is None else ("AccessLogsBucketPolicy",)


def unlogged(setting: Setting) -> Mapping[str, str]:
    """Reasons for buckets that do not log, by the rules that ask for logs."""
    return {} if access_logs_bucket(setting) is not None else UNLOGGED
