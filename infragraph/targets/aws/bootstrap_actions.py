"""What CloudFormation does to create, read, change and delete each type that a plan may hold.

By the handlers of each type's schema, which AWS publishes and cfn-lint ships; a test compares this
table with them.
"""

from collections.abc import Mapping

LEFT_OUT: Mapping[str, str] = {
    r"iam:.*": "what may be done to roles is stated apart",
    r"(autoscaling|cognito-idp|lambda|s3tables|vpc-lattice|vpce):.*": "no plan uses it",
    r"secretsmanager:GetSecretValue": "no deployment reads a secret",
    r"s3:(DeleteObject|PutObjectAcl|REST\.PUT\.OBJECT)": "no deployment touches an object",
    r"s3:.*(BucketMetadata|BucketAbac|IntelligentTiering|Inventory|Replication).*": "unused",
    r"s3:.*(Accelerate|Analytics|BucketCORS|BucketCors|Metrics|Website).*": "no plan uses it",
    r"s3:(DeleteBucketEncryption|DeleteBucketLifecycle|PutObjectLockConfiguration)": "no actions",
    r"(logs|sns):.*(DataProtection|IndexPolic|BearerToken|ResourcePolic).*": "no plan uses it",
    r"ecs:PutAccountSetting.*": "accounts are their owner's to set",
}
"""Actions of handlers that the deploy role does not get, as patterns, with the reasons."""

_BY_TYPE: Mapping[str, str] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": """
        application-autoscaling:DeleteScheduledAction
        application-autoscaling:DeregisterScalableTarget
        application-autoscaling:DescribeScalableTargets
        application-autoscaling:DescribeScheduledActions
        application-autoscaling:ListTagsForResource application-autoscaling:PutScheduledAction
        application-autoscaling:RegisterScalableTarget application-autoscaling:TagResource
        application-autoscaling:UntagResource cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms
        cloudwatch:PutMetricAlarm
    """,
    "AWS::ApplicationAutoScaling::ScalingPolicy": """
        application-autoscaling:DeleteScalingPolicy
        application-autoscaling:DescribeScalingPolicies application-autoscaling:PutScalingPolicy
        cloudwatch:GetMetricData
    """,
    "AWS::CloudWatch::Alarm": """
        cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource
        cloudwatch:PutMetricAlarm cloudwatch:TagResource cloudwatch:UntagResource
    """,
    "AWS::EC2::EIP": """
        ec2:AcceptAddressTransfer ec2:AllocateAddress ec2:AssociateAddress ec2:CreateTags
        ec2:DeleteTags ec2:DescribeAddresses ec2:DisassociateAddress ec2:ReleaseAddress
    """,
    "AWS::EC2::FlowLog": """
        ec2:CreateFlowLogs ec2:CreateTags ec2:DeleteFlowLogs ec2:DeleteTags ec2:DescribeFlowLogs
        ec2:DescribeTags logs:CreateLogDelivery logs:DeleteLogDelivery s3:GetBucketPolicy
        s3:PutBucketPolicy
    """,
    "AWS::EC2::InternetGateway": """
        ec2:CreateInternetGateway ec2:CreateTags ec2:DeleteInternetGateway ec2:DeleteTags
        ec2:DescribeInternetGateways
    """,
    "AWS::EC2::NatGateway": """
        ec2:AssignPrivateNatGatewayAddress ec2:AssociateNatGatewayAddress ec2:CreateNatGateway
        ec2:CreateTags ec2:DeleteNatGateway ec2:DeleteTags ec2:DescribeNatGateways
        ec2:DisassociateNatGatewayAddress ec2:UnassignPrivateNatGatewayAddress
    """,
    "AWS::EC2::Route": """
        ec2:CreateRoute ec2:DeleteRoute ec2:DescribeNetworkInterfaces ec2:DescribeRouteTables
        ec2:ReplaceRoute
    """,
    "AWS::EC2::RouteTable": """
        ec2:CreateRouteTable ec2:CreateTags ec2:DeleteRouteTable ec2:DeleteTags
        ec2:DescribeRouteTables
    """,
    "AWS::EC2::SecurityGroup": """
        ec2:AuthorizeSecurityGroupEgress ec2:AuthorizeSecurityGroupIngress
        ec2:CreateSecurityGroup ec2:CreateTags ec2:DeleteSecurityGroup ec2:DeleteTags
        ec2:DescribeInstances ec2:DescribeSecurityGroups ec2:RevokeSecurityGroupEgress
        ec2:RevokeSecurityGroupIngress ec2:UpdateSecurityGroupRuleDescriptionsEgress
        ec2:UpdateSecurityGroupRuleDescriptionsIngress
    """,
    "AWS::EC2::SecurityGroupEgress": """
        ec2:AuthorizeSecurityGroupEgress ec2:DescribeSecurityGroupRules
        ec2:RevokeSecurityGroupEgress ec2:UpdateSecurityGroupRuleDescriptionsEgress
    """,
    "AWS::EC2::SecurityGroupIngress": """
        ec2:AuthorizeSecurityGroupIngress ec2:DescribeSecurityGroupRules
        ec2:DescribeSecurityGroups ec2:RevokeSecurityGroupIngress
        ec2:UpdateSecurityGroupRuleDescriptionsIngress
    """,
    "AWS::EC2::Subnet": """
        ec2:AssociateSubnetCidrBlock ec2:CreateSubnet ec2:CreateTags ec2:DeleteSubnet
        ec2:DeleteTags ec2:DescribeNetworkAcls ec2:DescribeSubnets
        ec2:DisassociateSubnetCidrBlock ec2:ModifySubnetAttribute
    """,
    "AWS::EC2::SubnetRouteTableAssociation": """
        ec2:AssociateRouteTable ec2:DescribeRouteTables ec2:DescribeSubnets
        ec2:DisassociateRouteTable ec2:ReplaceRouteTableAssociation
    """,
    "AWS::EC2::VPC": """
        ec2:CreateTags ec2:CreateVpc ec2:CreateVpcEncryptionControl ec2:DeleteTags ec2:DeleteVpc
        ec2:DescribeNetworkAcls ec2:DescribeSecurityGroups ec2:DescribeVpcAttribute
        ec2:DescribeVpcEncryptionControls ec2:DescribeVpcs ec2:ModifyVpcAttribute
        ec2:ModifyVpcTenancy
    """,
    "AWS::EC2::VPCEndpoint": """
        ec2:CreateTags ec2:CreateVpcEndpoint ec2:DeleteTags ec2:DeleteVpcEndpoints
        ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcEndpoints ec2:DescribeVpcs
        ec2:ModifyVpcEndpoint
    """,
    "AWS::EC2::VPCGatewayAttachment": """
        ec2:AttachInternetGateway ec2:AttachVpnGateway ec2:DescribeInternetGateways
        ec2:DescribeVpnGateways ec2:DetachInternetGateway ec2:DetachVpnGateway
    """,
    "AWS::ECS::Cluster": """
        ecs:CreateCluster ecs:DeleteCluster ecs:DescribeClusters ecs:ListTagsForResource
        ecs:PutClusterCapacityProviders ecs:TagResource ecs:UntagResource ecs:UpdateCluster
        ecs:UpdateClusterSettings kms:DescribeKey
    """,
    "AWS::ECS::Service": """
        ecs:CreateService ecs:DeleteService ecs:DescribeServiceDeployments ecs:DescribeServices
        ecs:ListServiceDeployments ecs:ListTagsForResource ecs:StopServiceDeployment
        ecs:TagResource ecs:UntagResource ecs:UpdateService
    """,
    "AWS::ECS::TaskDefinition": """
        ecs:DeregisterTaskDefinition ecs:DescribeTaskDefinition ecs:ListTagsForResource
        ecs:RegisterTaskDefinition ecs:TagResource ecs:UntagResource
    """,
    "AWS::ElasticLoadBalancingV2::Listener": """
        elasticloadbalancing:AddTags elasticloadbalancing:CreateListener
        elasticloadbalancing:DeleteListener elasticloadbalancing:DescribeListenerAttributes
        elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeTags
        elasticloadbalancing:ModifyListener elasticloadbalancing:ModifyListenerAttributes
        elasticloadbalancing:RemoveTags
    """,
    "AWS::ElasticLoadBalancingV2::ListenerRule": """
        elasticloadbalancing:AddTags elasticloadbalancing:CreateRule
        elasticloadbalancing:DeleteRule elasticloadbalancing:DescribeRules
        elasticloadbalancing:DescribeTags elasticloadbalancing:ModifyRule
        elasticloadbalancing:RemoveTags elasticloadbalancing:SetRulePriorities
    """,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": """
        ec2:DescribeIpamPools elasticloadbalancing:AddTags
        elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:DeleteLoadBalancer
        elasticloadbalancing:DescribeCapacityReservation
        elasticloadbalancing:DescribeLoadBalancerAttributes
        elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeTags
        elasticloadbalancing:ModifyCapacityReservation elasticloadbalancing:ModifyIpPools
        elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:RemoveTags
        elasticloadbalancing:SetIpAddressType elasticloadbalancing:SetSecurityGroups
        elasticloadbalancing:SetSubnets
    """,
    "AWS::ElasticLoadBalancingV2::TargetGroup": """
        ec2:DescribeVpcs elasticloadbalancing:AddTags elasticloadbalancing:CreateTargetGroup
        elasticloadbalancing:DeleteTargetGroup elasticloadbalancing:DeregisterTargets
        elasticloadbalancing:DescribeTags elasticloadbalancing:DescribeTargetGroupAttributes
        elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetHealth
        elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes
        elasticloadbalancing:RegisterTargets elasticloadbalancing:RemoveTags
    """,
    "AWS::IAM::Role": """

    """,
    "AWS::KMS::Alias": """
        kms:CreateAlias kms:DeleteAlias kms:ListAliases kms:UpdateAlias
    """,
    "AWS::KMS::Key": """
        kms:CreateKey kms:DescribeKey kms:DisableKey kms:DisableKeyRotation kms:EnableKey
        kms:EnableKeyRotation kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListResourceTags
        kms:PutKeyPolicy kms:ScheduleKeyDeletion kms:TagResource kms:UntagResource
        kms:UpdateKeyDescription
    """,
    "AWS::KinesisFirehose::DeliveryStream": """
        firehose:CreateDeliveryStream firehose:DeleteDeliveryStream
        firehose:DescribeDeliveryStream firehose:ListTagsForDeliveryStream
        firehose:StartDeliveryStreamEncryption firehose:StopDeliveryStreamEncryption
        firehose:TagDeliveryStream firehose:UntagDeliveryStream firehose:UpdateDestination
        kms:CreateGrant kms:DescribeKey kms:RevokeGrant
    """,
    "AWS::Logs::LogGroup": """
        firehose:TagDeliveryStream logs:AssociateKmsKey logs:CreateLogDelivery
        logs:CreateLogGroup logs:DeleteLogGroup logs:DeleteRetentionPolicy
        logs:DescribeLogGroups logs:DisassociateKmsKey logs:ListTagsForResource
        logs:PutLogGroupDeletionProtection logs:PutRetentionPolicy logs:TagResource
        logs:UntagResource
    """,
    "AWS::RDS::DBCluster": """
        ec2:DescribeSecurityGroups rds:AddRoleToDBCluster rds:AddTagsToResource
        rds:CreateDBCluster rds:CreateDBClusterSnapshot rds:CreateDBInstance rds:DeleteDBCluster
        rds:DeleteDBInstance rds:DescribeDBClusterAutomatedBackups
        rds:DescribeDBClusterSnapshots rds:DescribeDBClusters rds:DescribeDBSnapshots
        rds:DescribeDBSubnetGroups rds:DescribeEvents rds:DescribeGlobalClusters
        rds:DisableHttpEndpoint rds:EnableHttpEndpoint rds:ModifyDBCluster rds:ModifyDBInstance
        rds:RemoveFromGlobalCluster rds:RemoveRoleFromDBCluster rds:RemoveTagsFromResource
        rds:RestoreDBClusterFromSnapshot rds:RestoreDBClusterToPointInTime
        secretsmanager:CreateSecret secretsmanager:TagResource
    """,
    "AWS::RDS::DBClusterParameterGroup": """
        rds:AddTagsToResource rds:CreateDBClusterParameterGroup
        rds:DeleteDBClusterParameterGroup rds:DescribeDBClusterParameterGroups
        rds:DescribeDBClusterParameters rds:DescribeDBClusters
        rds:DescribeEngineDefaultClusterParameters rds:ListTagsForResource
        rds:ModifyDBClusterParameterGroup rds:RemoveTagsFromResource
        rds:ResetDBClusterParameterGroup
    """,
    "AWS::RDS::DBInstance": """
        ec2:DescribeAccountAttributes ec2:DescribeAvailabilityZones ec2:DescribeInternetGateways
        ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcAttribute ec2:DescribeVpcs
        kms:CreateGrant kms:DescribeKey rds:AddRoleToDBInstance rds:AddTagsToResource
        rds:CreateDBInstance rds:CreateDBInstanceReadReplica rds:CreateDBSnapshot
        rds:DeleteDBInstance rds:DescribeDBClusterSnapshots rds:DescribeDBClusters
        rds:DescribeDBEngineVersions rds:DescribeDBInstanceAutomatedBackups
        rds:DescribeDBInstances rds:DescribeDBParameterGroups rds:DescribeDBSnapshots
        rds:DescribeEvents rds:ModifyDBInstance rds:PromoteReadReplica rds:RebootDBInstance
        rds:RemoveRoleFromDBInstance rds:RemoveTagsFromResource
        rds:RestoreDBInstanceFromDBSnapshot rds:RestoreDBInstanceToPointInTime
        rds:StartDBInstanceAutomatedBackupsReplication
        rds:StopDBInstanceAutomatedBackupsReplication secretsmanager:CreateSecret
        secretsmanager:TagResource
    """,
    "AWS::RDS::DBParameterGroup": """
        rds:AddTagsToResource rds:CreateDBParameterGroup rds:DeleteDBParameterGroup
        rds:DescribeDBParameterGroups rds:DescribeDBParameters
        rds:DescribeEngineDefaultParameters rds:ListTagsForResource rds:ModifyDBParameterGroup
        rds:RemoveTagsFromResource rds:ResetDBParameterGroup
    """,
    "AWS::RDS::DBSubnetGroup": """
        rds:AddTagsToResource rds:CreateDBSubnetGroup rds:DeleteDBSubnetGroup
        rds:DescribeDBSubnetGroups rds:ListTagsForResource rds:ModifyDBSubnetGroup
        rds:RemoveTagsFromResource
    """,
    "AWS::S3::Bucket": """
        s3:CreateBucket s3:DeleteBucket
        s3:GetBucketAcl s3:GetBucketLogging s3:GetBucketNotification
        s3:GetBucketObjectLockConfiguration s3:GetBucketOwnershipControls
        s3:GetBucketPublicAccessBlock s3:GetBucketTagging s3:GetBucketVersioning
        s3:GetEncryptionConfiguration s3:GetLifecycleConfiguration s3:ListBucket
        s3:ListTagsForResource s3:PutBucketAcl s3:PutBucketLogging s3:PutBucketNotification
        s3:PutBucketObjectLockConfiguration s3:PutBucketOwnershipControls
        s3:PutBucketPublicAccessBlock s3:PutBucketTagging s3:PutBucketVersioning
        s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration
        s3:TagResource s3:UntagResource
    """,
    "AWS::S3::BucketPolicy": """
        s3:DeleteBucketPolicy s3:GetBucketPolicy s3:PutBucketPolicy
    """,
    "AWS::SNS::Subscription": """
        sns:GetSubscriptionAttributes sns:SetSubscriptionAttributes sns:Subscribe
        sns:Unsubscribe
    """,
    "AWS::SNS::Topic": """
        sns:CreateTopic sns:DeleteTopic sns:GetTopicAttributes sns:ListSubscriptionsByTopic
        sns:ListTagsForResource sns:SetTopicAttributes sns:Subscribe sns:TagResource
        sns:Unsubscribe sns:UntagResource
    """,
    "AWS::SNS::TopicPolicy": """
        sns:SetTopicAttributes
    """,
    "AWS::SQS::Queue": """
        sqs:CreateQueue sqs:DeleteQueue sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags
        sqs:SetQueueAttributes sqs:TagQueue sqs:UntagQueue
    """,
    "AWS::SQS::QueuePolicy": """
        sqs:SetQueueAttributes
    """,
    "AWS::SSM::Parameter": """
        ssm:AddTagsToResource ssm:DeleteParameter ssm:GetParameters ssm:ListTagsForResource
        ssm:PutParameter ssm:RemoveTagsFromResource
    """,
    "AWS::Scheduler::Schedule": """
        scheduler:CreateSchedule scheduler:DeleteSchedule scheduler:GetSchedule
        scheduler:UpdateSchedule
    """,
    "AWS::Scheduler::ScheduleGroup": """
        scheduler:CreateScheduleGroup scheduler:DeleteSchedule scheduler:DeleteScheduleGroup
        scheduler:GetScheduleGroup scheduler:ListTagsForResource scheduler:TagResource
        scheduler:UntagResource
    """,
    "AWS::SecretsManager::Secret": """
        secretsmanager:CreateSecret secretsmanager:DeleteSecret secretsmanager:DescribeSecret
        secretsmanager:GetRandomPassword secretsmanager:RemoveRegionsFromReplication
        secretsmanager:ReplicateSecretToRegions secretsmanager:TagResource
        secretsmanager:UntagResource secretsmanager:UpdateSecret
    """,
    "AWS::ServiceDiscovery::PrivateDnsNamespace": """
        ec2:DescribeRegions ec2:DescribeVpcs route53:ChangeResourceRecordSets
        route53:CreateHostedZone route53:GetHostedZone route53:ListHostedZonesByName
        servicediscovery:CreatePrivateDnsNamespace servicediscovery:DeleteNamespace
        servicediscovery:GetNamespace servicediscovery:GetOperation
        servicediscovery:ListTagsForResource servicediscovery:TagResource
        servicediscovery:UntagResource servicediscovery:UpdatePrivateDnsNamespace
    """,
    "AWS::ServiceDiscovery::Service": """
        servicediscovery:CreateService servicediscovery:DeleteService
        servicediscovery:DeleteServiceAttributes servicediscovery:GetNamespace
        servicediscovery:GetOperation servicediscovery:GetService
        servicediscovery:GetServiceAttributes servicediscovery:ListServices
        servicediscovery:ListTagsForResource servicediscovery:TagResource
        servicediscovery:UntagResource servicediscovery:UpdateService
        servicediscovery:UpdateServiceAttributes
    """,
}

ACTIONS: Mapping[str, tuple[str, ...]] = {
    name: tuple(actions.split()) for name, actions in _BY_TYPE.items()
}
"""The actions that the deploy role gets for a type."""
