"""Amazon Web Services: SNS and SQS, ECS Fargate, RDS, S3, Secrets Manager, EventBridge Scheduler."""
