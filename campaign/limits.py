"""How many cards one network may have made: rendering is limited, reading never."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from typing import Final

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter, RateLimiter
from werkzeug.exceptions import TooManyRequests

DAY_SECONDS: Final = 24 * 60 * 60


class NetworkKey:
    """Names a visitor's network by a keyed hash; the key lives for a day, in memory only.

    A secret makes every host of a day arrive at the same key, so that they count together;
    without one it is this process's own.
    """

    def __init__(self, secret: str = "") -> None:
        self._secret = secret.encode() or secrets.token_bytes(32)

    def _key(self) -> bytes:
        day = int(time.time() // DAY_SECONDS)
        return hmac.new(self._secret, f"networks of day {day}".encode(), hashlib.sha256).digest()

    def __call__(self) -> str:
        """Name the network (/24 or /56) the request comes from."""
        network = network_of(request.remote_addr or "")
        return hmac.new(self._key(), network.encode(), hashlib.sha256).hexdigest()[:32]


def network_of(address: str) -> str:
    """Give the network of an address: a /24 for IPv4, a /56 for IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))


class CardLimit:
    """Counts the cards made for each network; raises TooManyRequests above the limit."""

    def __init__(self, limit: RateLimitItem, limiter: RateLimiter, secret: str) -> None:
        self._limit = limit
        self._limiter = limiter
        self._name_network = NetworkKey(secret)

    def count_one(self) -> None:
        """Count a card for the network of the current request."""
        if not self._limiter.hit(self._limit, "card", self._name_network()):
            raise TooManyRequests


def limit_cards() -> None:
    """Count a card that is about to be made; raises TooManyRequests above the limit."""
    counter: CardLimit = current_app.extensions["card_limit"]
    counter.count_one()


def init_app(app: Flask) -> None:
    """Set up the counter from the settings."""
    storage = _storage(app.config["LIMITS_STORAGE"])
    # Where hosts count together they must give a network the same name.
    shared = not isinstance(storage, MemoryStorage)
    app.extensions["card_limit"] = CardLimit(
        _limit(app.config["CARD_LIMIT"]),
        MovingWindowRateLimiter(storage),
        secret=app.config["SECRET_KEY"] if shared else "",
    )


def _limit(text: str) -> RateLimitItem:
    try:
        limit = parse(text)
    except ValueError as error:
        raise ValueError(
            f"SCHATJE_CARD_LIMIT is {text!r}. Write a limit such as 30 per 10 minutes"
        ) from error
    if limit.amount < 1:
        raise ValueError(
            f"SCHATJE_CARD_LIMIT is {text!r}: nobody could make a card. Write 1 or more"
        )
    return limit


def _storage(address: str) -> Storage:
    try:
        storage = storage_from_string(address)
        if isinstance(storage, Storage):
            return storage
        raise ConfigurationError("only a plain scheme will do, none with async+")
    except (ConfigurationError, ValueError) as error:
        raise ValueError(
            f"SCHATJE_LIMITS_STORAGE is {address!r}, which cannot be used ({error})."
            " Write memory:// or the address of a Valkey or Redis, such as redis://127.0.0.1:6379"
        ) from error
