"""One application with the runtime configuration of AWS, in two processes, against ministack.

Not shown by it, since the emulator has or enforces none: rights, signatures, encryption, the limit
of ten attributes, SQS's own redrive.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from infragraph.local.ports import free_port
from infragraph.runtime.brokers.aws_messages import uncarried
from infragraph.runtime.brokers.broker import DeadLetter
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.buckets.s3 import s3_client
from infragraph.runtime.clouds.aws import AwsService
from tests.deploy.emulator import ACCOUNT, REGION
from tests.runtime.applications import write

pytestmark = pytest.mark.slow

SHOP = """\
from dataclasses import dataclass

from infragraph import Attribute, Service, Topic

shop = Service("shop")


@dataclass
class Ordered:
    id: str
    country: Attribute[str]


ordered = Topic[Ordered]("ordered", ordering_key="id")


@shop.post("/orders", access="public")
async def order(id: str, country: str) -> str:
    return await ordered.publish(Ordered(id=id, country=country))
"""

MAIL = """\
from app.shop import Ordered, ordered
from infragraph import Bucket, Message, Retry, Secret, Service

mail = Service("mail")
stamp = Secret("STAMP")
letters = Bucket("letters")


@mail.subscribe(
    ordered,
    "write-letter",
    filter={"country": "NL"},
    retry=Retry(max_attempts=2, min_backoff="1s", max_backoff="1s"),
)
async def write_letter(message: Message[Ordered]) -> None:
    if not await letters.exists("paper"):
        raise RuntimeError("no paper")
    text = f"{stamp.get()} {message.body.id} {message.attempt}"
    await letters.upload(f"letter-{message.body.id}", text.encode())


@mail.cron("tidy", every="1h")
async def tidy() -> None:
    await letters.upload("tidied", b"")
"""


async def test_it_publishes_consumes_gives_up_and_takes_back(
    tmp_path: Path, aws: Mapping[str, str]
) -> None:
    write(
        tmp_path,
        {"app/__init__.py": "", "app/shop/__init__.py": SHOP, "app/mail/__init__.py": MAIL},
    )
    config = tmp_path / "infragraph.runtime.prod.json"
    async with made(aws["AWS_ENDPOINT_URL"]) as cloud:
        config.write_text(json.dumps(cloud.configuration))
        await _walk(cloud, tmp_path, config)


async def _walk(cloud: "Cloud", tmp_path: Path, config: Path) -> None:
    async with (
        serving(tmp_path, config, "shop", "api") as shop,
        serving(tmp_path, config, "mail", "worker"),
        httpx.AsyncClient(base_url=shop) as client,
    ):
        # Without paper two attempts fail, and the message is a dead letter with its reason.
        answer = await client.post("/orders", params={"id": "1", "country": "NL"})
        assert answer.status_code == 200, answer.text
        await client.post("/orders", params={"id": "2", "country": "DE"})
        letter = await cloud.letter()
        assert (letter.reason, letter.attempts, letter.subscription) == (
            "RuntimeError: no paper",
            2,
            "subscription:ordered/write-letter",
        )
        assert (letter.envelope.id, json.loads(letter.envelope.body)["id"]) == (answer.json(), "1")

        # With paper it is taken back, and handled.
        cloud.objects.put_object(Bucket=cloud.bucket, Key="paper", Body=b"")
        await cloud.redrive()
        assert await cloud.object("letter-1") == b"sealed 1 1"

        # A schedule fills the queue of crons.
        await cloud.fire("tidy")
        assert await cloud.object("tidied") == b""
    assert not cloud.has("letter-2")


class Cloud:
    """What the stack of the application would hold."""

    def __init__(self, endpoint: str) -> None:
        self.run = uuid4().hex[:8]
        self.bucket = f"letters-{self.run}"
        self.queues = AwsService("sqs", REGION)
        self.topics = AwsService("sns", REGION)
        self.vault = AwsService("secretsmanager", REGION)
        self.objects = s3_client(REGION)
        self.configuration: dict[str, Any] = {
            "schema_version": 1,
            "application": "app",
            "environment": "prod",
            "provider": "aws",
            "region": REGION,
            "resources": {
                "topic:ordered": {"arn": self.arn("sns", "ordered.fifo"), "fifo": True},
                "subscription:ordered/write-letter": {
                    "queue_url": self.url(endpoint, "letters.fifo"),
                    "dead_letter_url": self.url(endpoint, "dead.fifo"),
                },
                "cron:tidy": {"queue_url": self.url(endpoint, "crons")},
                "bucket:letters": {"bucket": self.bucket, "region": REGION},
                "secret:STAMP": {"arn": f"stamp-{self.run}"},
                "service:shop": {"url": "http://shop.internal", "audience": "shop"},
                "service:mail": {"url": "http://mail.internal", "audience": "mail"},
            },
        }

    def arn(self, service: str, name: str) -> str:
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{self.run}-{name}"

    def url(self, endpoint: str, name: str) -> str:
        return f"{endpoint}/{ACCOUNT}/{self.run}-{name}"

    def address(self, node: str) -> dict[str, str]:
        entry: dict[str, str] = self.configuration["resources"][node]
        return entry

    async def letter(self) -> DeadLetter:
        """The dead letter, which stays where it is."""
        it = await self._dead()
        written, body = uncarried(it["Body"], it["MessageAttributes"])
        return read_letter(written, body, otherwise_id="", otherwise_at=datetime.now(UTC))

    async def redrive(self) -> None:
        """As SQS moves messages by StartMessageMoveTask, which ministack does not know."""
        it = await self._dead()
        address = self.address("subscription:ordered/write-letter")
        await self.queues.call(
            "SendMessage",
            {
                "QueueUrl": address["queue_url"],
                "MessageBody": it["Body"],
                "MessageAttributes": it["MessageAttributes"],
                "MessageGroupId": "redriven",
                "MessageDeduplicationId": uuid4().hex,
            },
        )
        which = {"QueueUrl": address["dead_letter_url"], "ReceiptHandle": it["ReceiptHandle"]}
        await self.queues.call("DeleteMessage", which)

    async def _dead(self) -> Mapping[str, Any]:
        queue = self.address("subscription:ordered/write-letter")["dead_letter_url"]
        request = {
            "QueueUrl": queue,
            "WaitTimeSeconds": 1,
            "VisibilityTimeout": 0,
            "MessageAttributeNames": ["All"],
        }
        for _ in range(30):
            answer = await self.queues.call("ReceiveMessage", request, wait=1)
            for it in answer.get("Messages", ()):
                return dict(it)
        raise AssertionError(queue)

    async def fire(self, cron: str) -> None:
        body = json.dumps({"cron": cron, "execution_id": "1", "scheduled_time": "now"})
        queue = self.address(f"cron:{cron}")["queue_url"]
        await self.queues.call("SendMessage", {"QueueUrl": queue, "MessageBody": body})

    def has(self, key: str) -> bool:
        listed = self.objects.list_objects_v2(Bucket=self.bucket)
        return key in {it["Key"] for it in listed.get("Contents", ())}

    async def object(self, key: str) -> bytes:
        for _ in range(300):
            if self.has(key):
                content: bytes = self.objects.get_object(Bucket=self.bucket, Key=key)["Body"].read()
                return content
            await asyncio.sleep(0.1)
        raise AssertionError(key)


@asynccontextmanager
async def made(endpoint: str) -> AsyncGenerator[Cloud]:
    """A block with what the template of the application makes."""
    cloud = Cloud(endpoint)
    cloud.objects.create_bucket(
        Bucket=cloud.bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    await cloud.vault.call("CreateSecret", {"Name": f"stamp-{cloud.run}", "SecretString": "sealed"})
    await cloud.topics.call(
        "CreateTopic", {"Name": f"{cloud.run}-ordered.fifo", "Attributes": {"FifoTopic": "true"}}
    )
    fifo = {"FifoQueue": "true"}
    redrive = {"deadLetterTargetArn": cloud.arn("sqs", "dead.fifo"), "maxReceiveCount": 2}
    for name, attributes in (
        ("dead.fifo", fifo),
        ("letters.fifo", {**fifo, "RedrivePolicy": json.dumps(redrive)}),
        ("crons", {}),
    ):
        await cloud.queues.call(
            "CreateQueue", {"QueueName": f"{cloud.run}-{name}", "Attributes": attributes}
        )
    await cloud.topics.call(
        "Subscribe",
        {
            "TopicArn": cloud.arn("sns", "ordered.fifo"),
            "Protocol": "sqs",
            "Endpoint": cloud.arn("sqs", "letters.fifo"),
            "Attributes": {
                "RawMessageDelivery": "true",
                "FilterPolicy": json.dumps({"country": ["NL"]}),
            },
        },
    )
    try:
        yield cloud
    finally:
        for service in (cloud.queues, cloud.topics, cloud.vault):
            await service.close()
        cloud.objects.close()


@asynccontextmanager
async def serving(root: Path, config: Path, service: str, role: str) -> AsyncGenerator[str]:
    """One service in a process of its own; gives its base URL."""
    port = free_port("127.0.0.1")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infragraph", "serve", "--service", service, "--role", role),
        *("--config", str(config), "--root", str(root), "--port", str(port)),
        *("--host", "127.0.0.1"),
        env={**os.environ, "INFRAGRAPH_SIGNING_KEY": "k" * 32},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient() as client:
            for _ in range(200):
                assert process.returncode is None, "it ended"
                try:
                    await client.get(f"{url}/__infragraph/ready")
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
                else:
                    break
        yield url
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
