"""How many cards one network may have made: rendering is limited, reading never."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import secrets
import time
from typing import Final

from flask import Flask, current_app, g, request
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from campaign.metrics import metrics

DAY_SECONDS: Final = 24 * 60 * 60
# A counter on the next machine answers within a millisecond; a card must not wait for a dead one.
SHARED_OPTIONS: Final[dict[str, float]] = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}
ASK_AGAIN_SECONDS: Final = 5.0


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
    """Counts the cards made for each network; raises TooManyRequests above the limit.

    While shared counters do not answer, this process counts for itself: a card is never refused,
    and never slow, because a counter is down.
    """

    def __init__(self, limit: RateLimitItem, storage: Storage, secret: str) -> None:
        self._limit = limit
        # Where hosts count together they must give a network the same name.
        self._shared = not isinstance(storage, MemoryStorage)
        self._name_network = NetworkKey(secret if self._shared else "")
        self._limiter = MovingWindowRateLimiter(storage)
        self._own_limiter = MovingWindowRateLimiter(MemoryStorage())
        self._ask_again_at = 0.0
        self.is_down = False

    def count_one(self) -> None:
        """Count a card for the network of the current request."""
        if not self._hit("card", self._name_network()):
            g.reason = "limited"
            metrics().count_limited()
            raise TooManyRequests

    def told(self) -> str:
        """Say in a few words where cards are counted."""
        if not self._shared:
            return "counted by each process"
        return "shared storage down, counted by each process" if self.is_down else "shared"

    def _hit(self, *names: str) -> bool:
        if self._shared and time.monotonic() >= self._ask_again_at:
            try:
                within = self._limiter.hit(self._limit, *names)
            except (StorageError, OSError):
                self._set_down(down=True)
                self._ask_again_at = time.monotonic() + ASK_AGAIN_SECONDS
            else:
                self._set_down(down=False)
                return within
        limiter = self._own_limiter if self._shared else self._limiter
        return limiter.hit(self._limit, *names)

    def _set_down(self, *, down: bool) -> None:
        if down != self.is_down:
            logging.getLogger("campaign.limits").warning(
                "the shared counters %s", "do not answer" if down else "answer again"
            )
        self.is_down = down
        metrics().show_limits_storage(down=down)


def card_limit() -> CardLimit:
    """Give the running site's counter."""
    counter: CardLimit = current_app.extensions["card_limit"]
    return counter


def limit_cards() -> None:
    """Count a card that is about to be made; raises TooManyRequests above the limit."""
    card_limit().count_one()


def init_app(app: Flask) -> None:
    """Set up the counter from the settings."""
    app.extensions["card_limit"] = CardLimit(
        _limit(app.config["CARD_LIMIT"]),
        _storage(app.config["LIMITS_STORAGE"]),
        app.config["SECRET_KEY"],
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
        storage = (
            storage_from_string(address)
            if address.startswith("memory")
            else storage_from_string(
                # Both speak the same; one library reaches both.
                address.replace("valkey", "redis", 1),
                wrap_exceptions=True,
                **SHARED_OPTIONS,
            )
        )
        if isinstance(storage, Storage):
            return storage
        raise ConfigurationError("only a plain scheme will do, none with async+")
    except (ConfigurationError, ValueError) as error:
        raise ValueError(
            f"SCHATJE_LIMITS_STORAGE is {address!r}, which cannot be used ({error})."
            " Write memory:// or the address of a Valkey or Redis, such as redis://127.0.0.1:6379"
        ) from error
