"""Typed readers of environment variables. A value that cannot be read stops the start.

Secrets may also be given as a file: ``PORTAL_SECRET_KEY_FILE=/run/secrets/key``.
"""

from __future__ import annotations

import os
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path


class WrongEnvironment(SystemExit):
    """A variable holds what cannot be meant. Prints one line and ends with status 2."""

    def __init__(self, sentence: str) -> None:
        print(f"Cấu hình sai: {sentence}", file=sys.stderr)
        super().__init__(2)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    raise WrongEnvironment(f"{name}={value!r}; chỉ nhận 1 hoặc 0.")


def words(name: str, default: list[str]) -> list[str]:
    """Return a comma-separated list without empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def networks(name: str, default: list[str]) -> list[IPv4Network | IPv6Network]:
    """Return a comma-separated list of addresses or networks (``10.0.0.0/8``)."""
    try:
        return [ip_network(part) for part in words(name, default)]
    except ValueError as error:
        raise WrongEnvironment(
            f"{name}={text(name)!r}: cần các địa chỉ IP hoặc dải địa chỉ, cách nhau bằng dấu phẩy."
        ) from error


def path(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().resolve()


def secret(name: str) -> str:
    """Return the value of ``name``, or the content of the file that ``name_FILE`` points at."""
    if text(name):
        return text(name)
    source = text(f"{name}_FILE")
    if not source:
        return ""
    try:
        return Path(source).read_text().strip()
    except OSError as error:
        raise WrongEnvironment(
            f"{name}_FILE: không đọc được {source} ({error.strerror})."
        ) from None
