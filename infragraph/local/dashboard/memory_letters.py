"""Messages for a broker within the services' one process, and dead letters in it."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import httpx

from infragraph.runtime.brokers.broker import BrokerError, DeadLetter
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.brokers.memory_route import PATH
from infragraph.runtime.envelope import Envelope, headers
from infragraph.runtime.tracing.messages import TOKEN_HEADER

_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLetters:
    """`address` gives where the process answers now; `token` says who asks."""

    client: httpx.AsyncClient
    address: Callable[[], str]
    token: str

    async def publish(self, topic: str, message: Envelope) -> None:
        body = base64.b64encode(message.body).decode()
        await self._asked(
            {"do": "publish", "topic": f"topic:{topic}", "headers": headers(message), "body": body}
        )

    async def letter(self, topic: str, subscription: str, message: str) -> DeadLetter | None:
        del topic  # a subscription's id says it
        answer = await self._asked(
            {"do": "letter", "subscription": subscription, "message": message}
        )
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        said = answer.json()
        return read_letter(
            said["headers"],
            base64.b64decode(said["body"]),
            otherwise_id=message,
            otherwise_at=datetime.now(UTC),
        )

    async def remove(self, topic: str, subscription: str, message: str) -> None:
        del topic
        await self._asked({"do": "remove", "subscription": subscription, "message": message})

    async def _asked(self, what: dict[str, Any]) -> httpx.Response:
        try:
            answer = await self.client.post(
                f"{self.address()}{PATH}",
                json=what,
                headers={TOKEN_HEADER: self.token},
                timeout=_SECONDS,
            )
        except (httpx.HTTPError, KeyError) as error:
            text = f"the services' process does not answer: {type(error).__name__}"
            raise BrokerError(text) from error
        if answer.is_success or answer.status_code == HTTPStatus.NOT_FOUND:
            return answer
        text = f"the services' process answers {answer.status_code}"
        raise BrokerError(text)
