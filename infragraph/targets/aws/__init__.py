"""Amazon Web Services: SNS, SQS, ECS on Fargate, RDS, S3, Secrets Manager and EventBridge."""

from infragraph.targets.aws.lowering import lower

__all__ = ["lower"]
