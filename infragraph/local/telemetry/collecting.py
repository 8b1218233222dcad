"""What a run observes, from its first line to its last."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from infragraph.local.serving import claimed, served
from infragraph.local.telemetry.forwarding import Forwarding, collector, forwarding
from infragraph.local.telemetry.lines import read_line
from infragraph.local.telemetry.masking import Masks
from infragraph.local.telemetry.receiver import Receiver
from infragraph.local.telemetry.records import LogRecord
from infragraph.local.telemetry.store import Store
from infragraph.runtime.tracing.messages import TOKEN, TOKEN_HEADER, URL

FOLDER = "telemetry"
_FLUSH_SECONDS = 0.2
# Whatever the developer's variables say of where things go, services send them to the run.
_REPLACED = "OTEL_EXPORTER_OTLP_"


@dataclass(slots=True, kw_only=True)
class Collected:
    """`url` is where OTLP comes in, for whoever has the `token`."""

    store: Store
    masks: Masks
    forwarding: Forwarding
    url: str
    token: str
    _lines: list[LogRecord] = field(default_factory=list[LogRecord])

    def variables(self, others: Mapping[str, str], broker: str) -> dict[str, str]:
        """`others`, with those by which a program's spans and logs come here.

        And its messages, where the broker itself cannot be asked for them.
        """
        telling = {} if broker == "nats" else {URL: f"{self.url}/v1/messages", TOKEN: self.token}
        return {
            **telling,
            **{name: it for name, it in others.items() if not name.startswith(_REPLACED)},
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.url,
            "OTEL_EXPORTER_OTLP_HEADERS": f"{TOKEN_HEADER}={self.token}",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_BSP_SCHEDULE_DELAY": "200",
        }

    def telling(self, tell: Callable[[str, str], None]) -> Callable[[str, str], None]:
        """`tell`, and a log line of it here."""

        def both(service: str, line: str) -> None:
            self._lines.append(read_line(service, line))
            tell(service, line)

        return both

    async def keep_lines(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Store the lines that wait."""
        lines, self._lines = self._lines, []
        if lines:
            await asyncio.to_thread(self.store.add_logs, lines)


@asynccontextmanager
async def collecting(
    state: Path, known_secrets: Iterable[str], variables: Mapping[str, str]
) -> AsyncGenerator[Collected]:
    """A block in which things come in; what they say is kept below `state`.

    `variables` are the developer's own: a collector that they name gets everything too.
    """
    token = secrets.token_urlsafe(32)
    masks = Masks([*known_secrets, token])
    store = Store(state / FOLDER, masks)
    with contextlib.closing(store), claimed(0) as port:
        async with forwarding(collector(variables)) as onward:
            receiver = Receiver(store=store, forwarding=onward, token=token)
            async with served(receiver.application(), port) as url:
                made = Collected(store=store, masks=masks, forwarding=onward, url=url, token=token)
                keeping = asyncio.create_task(made.keep_lines())
                try:
                    yield made
                finally:
                    keeping.cancel()
                    await asyncio.gather(keeping, return_exceptions=True)
                    await made.flush()
