"""Addresses on this machine, for processes that talk to each other and to nobody else."""

from __future__ import annotations

import socket
import sys
from collections.abc import MutableMapping
from contextlib import ExitStack

import psutil

#: The loopback network: what is sent there never leaves the machine.
HOST = "127.0.0.1"


def free_addresses(count: int) -> tuple[str, ...]:
    """Return ``count`` different addresses "host:port" that nobody listens on at this moment.

    Another process may take one before it is used; the trial then fails, and is tried once more with others.
    """
    with ExitStack() as stack:
        # All are held open together, so that the system cannot give the same port twice.
        sockets = [
            stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            for _ in range(count)
        ]
        for one in sockets:
            one.bind((HOST, 0))
        return tuple(f"{HOST}:{one.getsockname()[1]}" for one in sockets)


def loopback_interface(variable: str, environment: MutableMapping[str, str]) -> None:
    """Set the variable in ``environment`` by which a library is told its network interface to that of the loopback network, where its name is known.

    Left alone, the library asks for the address of the host's own name, which need not exist in a container.
    """
    if sys.platform == "win32":
        # Interfaces have display names there, which libraries do not take.
        return
    for name, addresses in psutil.net_if_addrs().items():
        if any(address.address == HOST for address in addresses):
            environment[variable] = name
            return
