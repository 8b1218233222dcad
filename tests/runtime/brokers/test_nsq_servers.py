"""What one nsqd alone does not show: several of them behind nsqlookupd, and TLS."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.brokers.nsq.broker import NsqBroker, nsq_address
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.configuration import ConfigurationError
from tests.runtime.certificates import certificate
from tests.runtime.conformance.benches import Names
from tests.runtime.conformance.harness import channel, consuming, message
from tests.runtime.conformance.nsq_bench import NsqBench
from tests.runtime.nsqd import nsqd, nsqlookupd

pytestmark = pytest.mark.slow


def broker_at(said: Mapping[str, Any]) -> NsqBroker:
    return NsqBroker(nsq_address(said, "tests"), Names(), SystemClock())


async def test_all_nsqds_that_have_the_topic_are_consumed_from(tmp_path: Path) -> None:
    for name in ("a", "b", "lookup"):
        (tmp_path / name).mkdir()
    one = channel(concurrency=5)
    async with nsqlookupd(tmp_path / "lookup") as (tcp, http):
        options = ("-lookupd-tcp-address", tcp)
        async with nsqd(tmp_path / "a", *options) as first, nsqd(tmp_path / "b", *options) as last:
            brokers = [
                broker_at({"nsqd": it.address, "nsqlookupd": ["127.0.0.1:1", http]})
                for it in (first, last)
            ]
            for broker in brokers:
                await broker.open()
            # A topic that nobody has published to is waited for.
            async with consuming(NsqBench(first), brokers[0], one) as (received, _):
                for number, broker in enumerate(brokers):
                    await broker.publish(one.topic, {}, [message([number, it]) for it in range(50)])
                await received.reaches(100, 30)
            for broker in brokers:
                await broker.close()
    assert sorted(received.bodies) == [[number, it] for number in range(2) for it in range(50)]


async def test_nsqd_is_spoken_to_by_tls_alone(tmp_path: Path) -> None:
    cert, key = await asyncio.to_thread(certificate, tmp_path)
    options = ("-tls-cert", str(cert), "-tls-key", str(key), "-tls-required", "1")
    one = channel()
    async with nsqd(tmp_path, *options) as server:
        plain = broker_at({"nsqd": server.address})
        await plain.open()
        with pytest.raises(BrokerError, match="E_INVALID"):
            await plain.publish(one.topic, {}, [message(1)])
        await plain.close()
        with pytest.raises(BrokerError, match="CERTIFICATE_VERIFY_FAILED"):
            await broker_at({"nsqd": server.address, "tls": True}).open()
        broker = broker_at({"nsqd": server.address, "certificate_authority": str(cert)})
        await broker.open()
        async with consuming(NsqBench(server), broker, one) as (received, _):
            await broker.publish(one.topic, {}, [message(it) for it in range(500)])
            await received.reaches(500, 20)
        await broker.close()
    assert sorted(received.bodies) == list(range(500))


def test_a_file_of_certificates_that_is_none_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "none").write_text("none")
    for name in ("none", "absent"):
        with pytest.raises(ConfigurationError, match="cannot be read"):
            nsq_address(
                {"nsqd": "127.0.0.1:1", "certificate_authority": str(tmp_path / name)}, "tests"
            )
