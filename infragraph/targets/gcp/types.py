"""Types of resources: the group, version and kind by which Config Connector knows each."""


def _type(group: str, kind: str, version: str = "v1beta1") -> str:
    return f"{group}.cnrm.cloud.google.com/{version}/{kind}"


API = _type("serviceusage", "Service")
NETWORK = _type("compute", "ComputeNetwork")
SUBNETWORK = _type("compute", "ComputeSubnetwork")
ADDRESS = _type("compute", "ComputeAddress")
PEERING = _type("servicenetworking", "ServiceNetworkingConnection")
ACCOUNT = _type("iam", "IAMServiceAccount")
ROLE = _type("iam", "IAMCustomRole")
MEMBER = _type("iam", "IAMPolicyMember")
REPOSITORY = _type("artifactregistry", "ArtifactRegistryRepository")
INSTANCE = _type("sql", "SQLInstance")
DATABASE = _type("sql", "SQLDatabase")
USER = _type("sql", "SQLUser")
SECRET = _type("secretmanager", "SecretManagerSecret")
BUCKET = _type("storage", "StorageBucket")
TOPIC = _type("pubsub", "PubSubTopic")
SUBSCRIPTION = _type("pubsub", "PubSubSubscription")
SERVICE = _type("run", "RunService")
JOB = _type("run", "RunJob")
# Config Connector 1.155 has worker pools in its first version only.
WORKER_POOL = _type("run", "RunWorkerPool", "v1alpha1")
SCHEDULE = _type("cloudscheduler", "CloudSchedulerJob")
ALERT = _type("monitoring", "MonitoringAlertPolicy")
CHANNEL = _type("monitoring", "MonitoringNotificationChannel")

PROJECT = _type("resourcemanager", "Project")
"""Never planned; what a right on a whole project is given on."""


def kind(type_: str) -> str:
    return type_.rpartition("/")[2]


def version(type_: str) -> str:
    return type_.rpartition("/")[0]
