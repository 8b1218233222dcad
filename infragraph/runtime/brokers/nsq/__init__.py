"""NSQ, by an asyncio client of its protocol: https://nsq.io/clients/tcp_protocol_spec.html."""
