"""Messages by one client of a broker: `python -m benchmarks.runtime.messages NAME ADDRESS COUNT`.

Prints how many messages a second were published, and how many were handled and acknowledged.
"""

import asyncio
import sys

from benchmarks.runtime import nats_clients, nsq_clients

CLIENTS = {**nats_clients.CLIENTS, **nsq_clients.CLIENTS}


if __name__ == "__main__":
    name, address, number = sys.argv[1:]
    rates = asyncio.run(CLIENTS[name](address, int(number)))
    sys.stdout.write(" ".join(f"{rate:.0f}" for rate in rates) + "\n")
