"""Ports on the loopback address, chosen by the system."""

import socket


def free_port(host: str) -> int:
    """A port that nobody listens on now; whoever takes it checks that it answers as its own."""
    with socket.socket() as chosen:
        chosen.bind((host, 0))
        port: int = chosen.getsockname()[1]
        return port
