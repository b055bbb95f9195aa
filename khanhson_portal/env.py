"""Typed readers of environment variables (``environs``). What cannot be meant stops the start.

An empty variable is one that was not set. Any variable may also be given as a file:
``PORTAL_SECRET_KEY_FILE=/run/secrets/key``. No sentence about a wrong value repeats a secret.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from environs import EnvError, FileAwareEnv


class WrongEnvironment(SystemExit):
    """A variable holds what cannot be meant. Prints one line and ends with status 2."""

    def __init__(self, sentence: str) -> None:
        print(f"Cấu hình sai: {sentence}", file=sys.stderr)
        super().__init__(2)


class _Env(FileAwareEnv):
    """``environs``, for which an empty variable is none."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        value = super()._get_value(env_key, default)
        value = value.strip() if isinstance(value, str) else value
        return default if value == "" else value


_env = _Env()


def text(name: str, default: str = "") -> str:
    try:
        return str(_env.str(name, default))
    except ValueError as error:  # the file that name_FILE points at
        why = getattr(error.__cause__, "strerror", None) or "không phải chữ UTF-8"
        raise WrongEnvironment(
            f"{name}_FILE: không đọc được {os.environ.get(f'{name}_FILE')} ({why})."
        ) from error


secret = text  # a value that no message may repeat


def flag(name: str, default: bool) -> bool:
    return bool(_read(_env.bool, name, default, "chỉ nhận 1 hoặc 0."))


def whole(name: str, default: int) -> int:
    """Return a whole number from 0 to 86 400."""
    number = int(_read(_env.int, name, default, "chỉ nhận số nguyên."))
    if not 0 <= number <= 86_400:
        raise WrongEnvironment(f"{name}={number}; chỉ nhận từ 0 đến 86400.")
    return number


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


@dataclass(frozen=True)
class Service:
    """Another machine's door, out of a URL; what was percent-encoded is decoded."""

    url: str = field(default="", repr=False)
    scheme: str = ""
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.url)


def service(name: str, schemes: list[str], shape: str) -> Service:
    """Return the service that a URL names, an empty one where it is not set.

    ``shape`` shows in the sentence about a wrong value how such a URL looks.
    """
    wrong = f"{name} cần là địa chỉ {shape}."
    if not text(name):
        return Service()
    read: Any = _env.url  # its stubs do not know the options of the field behind it
    try:
        parts = read(name, schemes=set(schemes), require_tld=False)
        port = parts.port
    except (EnvError, ValueError) as error:
        raise WrongEnvironment(wrong) from error
    return Service(
        parts.geturl(),
        parts.scheme,
        parts.hostname or "",
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _read(reader: Any, name: str, default: Any, wanted: str) -> Any:
    try:
        return reader(name, default)
    except EnvError as error:
        raise WrongEnvironment(f"{name}={text(name)!r}; {wanted}") from error
