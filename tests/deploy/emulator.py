"""ministack, for as long as tests deploy to it, and what stands in for what it does not run.

It is a program of its own, which `.ci/readers` installs. It runs no containers without Docker: an
`Agent` ends one-off tasks, as their containers would.
"""

import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, cast
from urllib.error import URLError

import boto3

from infragraph.local.ports import free_port
from tests.readers.installed import ran, tool

ACCOUNT = "123456789012"
REGION = "eu-west-1"
ISSUER = "https://token.actions.githubusercontent.com"

LACKING = (
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::EC2::EIP",
    "AWS::EC2::FlowLog",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::RDS::DBInstance.MasterUserSecret.SecretArn",
)
"""What it does not provision, and the one attribute that it does not know."""

_SERVICES = (
    "alb,application-autoscaling,cloudformation,cloudwatch,ec2,ecr,ecs,events,firehose,iam,kms,logs"
    ",rds,s3,scheduler,secretsmanager,servicediscovery,sns,sqs,ssm,sts,elasticloadbalancing,monitoring"
)
_SECONDS = 30.0


@contextmanager
def emulator(log: Path) -> Generator[str]:
    """A block in which it runs; gives the address by which it is reached."""
    python = Path(tool("ministack")).with_name("python")
    port = free_port("127.0.0.1")
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [python, Path(__file__).with_name("emulator_start.py")],
            env={
                **os.environ,
                "BIND_HOST": "127.0.0.1",
                "GATEWAY_PORT": str(port),
                "DOCKER_HOST": "unix:///nonexistent",
                "SERVICES": _SERVICES,
            },
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, url, log)
            yield url
            ran("ministack")
        finally:
            process.kill()
            process.wait()


def variables(url: str, account: str = ACCOUNT) -> Mapping[str, str]:
    """By which a process speaks to it; the key is the account."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def client(url: str, service: str, account: str = ACCOUNT) -> Any:
    return cast("Any", boto3).client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=account,
        aws_secret_access_key="secret",  # noqa: S106 - of nothing
    )


class Agent:
    """Ends the tasks that a deployment starts, and remembers of which definitions they were."""

    def __init__(self, url: str) -> None:
        self._ecs = client(url, "ecs")
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.ended: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(0.2):
            for cluster in self._ecs.list_clusters()["clusterArns"]:
                started = self._ecs.list_tasks(cluster=cluster, startedBy="infragraph-deploy")
                for task in started["taskArns"]:
                    found = self._ecs.describe_tasks(cluster=cluster, tasks=[task])["tasks"][0]
                    if found["lastStatus"] == "RUNNING":
                        self.ended.append(_family(found["taskDefinitionArn"]))
                        self._ecs.stop_task(cluster=cluster, task=task)


def _family(arn: str) -> str:
    return arn.rpartition("/")[2].partition(":")[0]


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/_ministack/health", timeout=1):  # noqa: S310 - loopback
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(log.read_text())
