"""What every AWS module refers to: the things that an environment has once, or once a service.

Each function gives the value that stands for a thing, whether it is made here or exists already,
so that nobody else knows which of the two it is.
"""

from dataclasses import dataclass

from infragraph.model.environment import Environment, Size
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, Joined, Parameter, PlanValue
from infragraph.targets.aws.names import logical_id

PARTITION = Parameter(name="AWS::Partition")
REGION = Parameter(name="AWS::Region")
ACCOUNT = Parameter(name="AWS::AccountId")
STACK = Parameter(name="AWS::StackName")

ZONES = ("A", "B")
"""Letters of the availability zones that subnets lie in."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """What is lowered, and for which environment.

    One is equal to itself alone, so that what is asked of it time and again can be remembered by
    `lru_cache` without comparing graphs.
    """

    graph: InfraGraph
    environment: Environment

    @property
    def application(self) -> str:
        return self.graph.application


def key_arn(setting: Setting) -> PlanValue:
    """The key that encrypts all data at rest."""
    given = setting.environment.kms_key
    if given is None:
        return Attribute(address="AppKey", name="Arn")
    return given if given.startswith("arn:") else arn("kms", f"key/{given}")


def vpc(setting: Setting) -> PlanValue:
    given = setting.environment.network
    return Attribute(address="Vpc") if given is None else given


def public_subnets(setting: Setting) -> tuple[PlanValue, ...]:
    return _subnets(setting, "Public")


def private_subnets(setting: Setting) -> tuple[PlanValue, ...]:
    """Where tasks run: a way out, no way in."""
    return _subnets(setting, "Private")


def database_subnets(setting: Setting) -> tuple[PlanValue, ...]:
    """Where databases lie: no way out and no way in."""
    return _subnets(setting, "Database")


def service_security_group(service: str) -> PlanValue:
    """The group of all tasks of a service."""
    return Attribute(address=service_address(service, "SecurityGroup"), name="GroupId")


def database_security_group() -> PlanValue:
    """The group of the databases, which admits the services that query one."""
    return Attribute(address="DatabasesSecurityGroup", name="GroupId")


def jobs_security_group() -> PlanValue:
    """The group of the one-off tasks that create and migrate databases."""
    return Attribute(address="DatabaseJobsSecurityGroup", name="GroupId")


def load_balancer_security_group() -> PlanValue:
    return Attribute(address="LoadBalancerSecurityGroup", name="GroupId")


def task_role(service: str) -> PlanValue:
    """The name of the role that a service's code has."""
    return Attribute(address=service_address(service, "TaskRole"))


def task_role_arn(service: str) -> PlanValue:
    return Attribute(address=service_address(service, "TaskRole"), name="Arn")


def execution_role_arn(service: str) -> PlanValue:
    """The role that starts a service's tasks: it pulls the image and opens the log."""
    return Attribute(address=service_address(service, "ExecutionRole"), name="Arn")


def task_definition(service: str, role: str) -> Attribute:
    """The task definition of `api`, `worker`, `all`, or of one cron as `cron-<name>`."""
    return Attribute(address=service_address(service, f"{logical_id(role)}Task"))


def alarm_topic(setting: Setting) -> PlanValue | None:
    """The SNS topic that alarms are sent to, None when nobody is told."""
    given = setting.environment.alarms_to
    if given is None:
        return None
    return given if given.startswith("arn:") else Attribute(address="AlarmReceiver")


def log_group(service: str) -> PlanValue:
    """The name of a service's log group."""
    return Attribute(address=service_address(service, "LogGroup"))


def cluster(setting: Setting) -> PlanValue:
    """The cluster's name."""
    given = setting.environment.cluster
    return Attribute(address="Cluster") if given is None else given.rpartition("/")[2]


def cluster_arn(setting: Setting) -> PlanValue:
    given = setting.environment.cluster
    if given is None:
        return Attribute(address="Cluster", name="Arn")
    return given if given.startswith("arn:") else arn("ecs", f"cluster/{given}")


def listener(setting: Setting) -> PlanValue:
    """The https listener that public paths are added to."""
    given = setting.environment.listener
    return Attribute(address="HttpsListener") if given is None else given


def access_logs_bucket(setting: Setting) -> PlanValue | None:
    """The bucket that access logs go to, those of buckets below `s3/`; previews keep none.

    What has written into a bucket would keep it from being deleted.
    """
    if setting.environment.size is Size.PREVIEW:
        return None
    return Attribute(address="AccessLogsBucket")


def permissions_boundary(setting: Setting) -> PlanValue:
    """The policy that bounds every role of the application; the bootstrap stack holds it.

    The deploy role may create no role without it, so each role carries it.
    """
    policy = f":policy{iam_path(setting.application)}boundary"
    return Joined(parts=("arn:", PARTITION, ":iam::", ACCOUNT, policy))


def iam_path(application: str) -> str:
    """Where an application's roles lie: no other one's path begins with it."""
    return f"/infragraph/{application}/"


def arn(namespace: str, *resource: str | Attribute | Parameter) -> Joined:
    """The ARN of what `namespace` calls `resource` in this account and region."""
    return Joined(parts=("arn:", PARTITION, f":{namespace}:", REGION, ":", ACCOUNT, ":", *resource))


def tags(
    setting: Setting, *, service: str | None = None, resource: str | None = None
) -> tuple[PlanValue, ...]:
    """The tags of a thing that is there for `resource`, a node's id; the user's own come first."""
    ours = {
        "infragraph:app": setting.application,
        "infragraph:env": setting.environment.name,
    }
    if service is not None:
        ours["infragraph:service"] = service
    if resource is not None:
        ours["infragraph:resource"] = resource
    theirs = {key: setting.environment.tags[key] for key in sorted(setting.environment.tags)}
    return tuple({"Key": key, "Value": value} for key, value in {**theirs, **ours}.items())


def service_address(service: str, suffix: str) -> str:
    """The logical id of one of a service's things.

    What a service has is called so, what an environment has once never is: a service called
    `databases` shares no address with the databases.
    """
    return f"{logical_id(service)}Service{suffix}"


def _subnets(setting: Setting, tier: str) -> tuple[PlanValue, ...]:
    names = tuple(f"{tier}Subnet{zone}" for zone in ZONES)
    if setting.environment.network is None:
        return tuple(Attribute(address=name) for name in names)
    # Which subnets of an existing network may be used is said when the stack is deployed.
    return tuple(Parameter(name=name) for name in names)
