"""Which nsqds have a topic, as the nsqlookupds know: https://nsq.io/components/nsqlookupd.html."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, cast

import httpx

_SECONDS = 5.0


class LookupFailed(Exception):  # noqa: N818 - what happened, not what was done wrong
    """No nsqlookupd answered."""


async def nsqds(lookups: Sequence[str], topic: str) -> frozenset[str]:
    """The `host:port` of each; none where nobody has published to the topic.

    Raises:
        LookupFailed: none of the nsqlookupds answered.
    """
    async with httpx.AsyncClient(timeout=_SECONDS) as client:
        found = await asyncio.gather(*(_of(client, it, topic) for it in lookups))
    answers = [it for it in found if it is not None]
    if not answers:
        message = f"no nsqlookupd answers: {', '.join(lookups)}"
        raise LookupFailed(message)
    return frozenset(address for answer in answers for address in answer)


async def _of(client: httpx.AsyncClient, lookup: str, topic: str) -> frozenset[str] | None:
    """None where it does not answer."""
    try:
        answer = await client.get(f"http://{lookup}/lookup", params={"topic": topic})
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return frozenset()
        answer.raise_for_status()
        said = cast("dict[str, Any]", answer.json())
        return frozenset(_address(it) for it in said["producers"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return None


def _address(producer: dict[str, Any]) -> str:
    host = str(producer["broadcast_address"])
    return f"{f'[{host}]' if ':' in host else host}:{int(producer['tcp_port'])}"
