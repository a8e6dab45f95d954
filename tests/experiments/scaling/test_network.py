"""Addresses on the loopback network."""

from __future__ import annotations

import socket
import sys

import psutil
import pytest

from reportgen.experiments.scaling.network import HOST, free_addresses, loopback_interface


def test_addresses_are_different_and_can_be_listened_on() -> None:
    addresses = free_addresses(3)
    assert len(set(addresses)) == 3
    for address in addresses:
        host, _, port = address.partition(":")
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
            one.bind((host, int(port)))


@pytest.mark.skipif(sys.platform == "win32", reason="interfaces have display names there, and none is set")
def test_the_loopback_interface_is_named() -> None:
    environment: dict[str, str] = {}
    loopback_interface("SOME_INTERFACE", environment)
    assert HOST in {address.address for address in psutil.net_if_addrs()[environment["SOME_INTERFACE"]]}
