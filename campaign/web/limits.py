"""Limit how many cards one network may have made; pages are never limited."""

import hashlib
import hmac
import ipaddress
import logging
import secrets
import time
from typing import Final, cast

from flask import Flask, current_app, g, request
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, RedisStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis import Redis
from redis.exceptions import RedisError
from werkzeug.exceptions import TooManyRequests

from campaign.web.metrics import metrics

DAY_SECONDS: Final = 24 * 60 * 60
KEY_NAME: Final = "schatje:key-of-the-day"
# A shared counter normally answers within a millisecond; a card must not wait for a dead one.
SHARED_OPTIONS: Final[dict[str, float]] = {
    "socket_timeout": 0.25, "socket_connect_timeout": 0.25, "wrap_exceptions": True,
}  # fmt: skip
ASK_AGAIN_SECONDS: Final = 5.0
LOOK_AGAIN_SECONDS: Final = 30.0


class DayKey:
    """A random key for one day, in this process's memory only."""

    def __init__(self) -> None:
        self._key = b""
        self._ends_at = -1.0

    def __call__(self) -> bytes:
        """Return the current key."""
        if time.monotonic() >= self._ends_at:
            self._key = secrets.token_bytes(32)
            self._ends_at = time.monotonic() + DAY_SECONDS
        return self._key


class SharedDayKey:
    """A random key for one day, in the memory of the shared counters: the same for all hosts."""

    def __init__(self, storage: RedisStorage) -> None:
        self._redis = cast("Redis", storage.get_connection())

    def __call__(self) -> bytes:
        """Return the current key; raises RedisError where the counters do not answer."""
        self._redis.set(KEY_NAME, secrets.token_hex(32), nx=True, ex=DAY_SECONDS)
        key = self._redis.get(KEY_NAME)
        if not isinstance(key, bytes):
            raise RedisError("the key expired between two commands")
        return key


def name_of(network: str, key: bytes) -> str:
    """Return a keyed hash of a network: without the key it does not tell which network it was."""
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()[:32]


def network_of(address: str) -> str:
    """Return the network of an address, a /24 for IPv4 or a /56 for IPv6; else "unknown"."""
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

    While the shared counters do not answer, this process counts by itself, so no card is refused
    or delayed because they are down.
    """

    def __init__(self, limit: RateLimitItem, storage: Storage) -> None:
        self._limit = limit
        self._own_key = DayKey()
        self._own_limiter = MovingWindowRateLimiter(MemoryStorage())
        # Hosts that share counters need the same name for a network, so the same key.
        self._shared_key = SharedDayKey(storage) if isinstance(storage, RedisStorage) else None
        self._shared_limiter = MovingWindowRateLimiter(storage)
        self._ask_again_at = 0.0
        self._look_again_at = 0.0
        self.is_down = False

    def count_one(self) -> None:
        """Count a card for the network of the current request."""
        if not self._hit(network_of(request.remote_addr or "")):
            g.reason = "limited"
            metrics().limited.inc()
            raise TooManyRequests

    def look(self) -> None:
        """Ask the shared counters now and then, so that it is known before the next card."""
        if self._shared_key is None or time.monotonic() < self._look_again_at:
            return
        self._look_again_at = time.monotonic() + LOOK_AGAIN_SECONDS
        try:
            self._shared_key()
        except (RedisError, OSError):
            self._set_down(down=True)
        else:
            self._set_down(down=False)

    def describe_storage(self) -> str:
        """Return where cards are counted, for /readyz."""
        if self._shared_key is None:
            return "counted by each process"
        return "shared storage down, counted by each process" if self.is_down else "shared"

    def _hit(self, network: str) -> bool:
        if self._shared_key is not None and time.monotonic() >= self._ask_again_at:
            try:
                name = name_of(network, self._shared_key())
                within = self._shared_limiter.hit(self._limit, "card", name)
            except (StorageError, RedisError, OSError):
                self._set_down(down=True)
                self._ask_again_at = time.monotonic() + ASK_AGAIN_SECONDS
            else:
                self._set_down(down=False)
                return within
        return self._own_limiter.hit(self._limit, "card", name_of(network, self._own_key()))

    def _set_down(self, *, down: bool) -> None:
        if down != self.is_down:
            logging.getLogger("campaign.limits").warning(
                "the shared counters %s", "do not answer" if down else "answer again"
            )
        self.is_down = down
        metrics().limits_storage_down.set(down)


def card_limit() -> CardLimit:
    """Return the running site's counter."""
    counter: CardLimit = current_app.extensions["card_limit"]
    return counter


def init_app(app: Flask) -> None:
    """Set up the counter from the settings."""
    app.extensions["card_limit"] = CardLimit(
        _limit(app.config["CARD_LIMIT"]), _storage(app.config["LIMITS_STORAGE"])
    )


def _limit(text: str) -> RateLimitItem:
    try:
        limit = parse(text)
    except ValueError as error:
        said = f"SCHATJE_CARD_LIMIT is {text!r}. Write a limit such as 30 per 10 minutes"
        raise ValueError(said) from error
    if limit.amount < 1:
        said = f"SCHATJE_CARD_LIMIT is {text!r}: nobody could make a card. Write 1 or more"
        raise ValueError(said)
    return limit


def _storage(address: str) -> Storage:
    try:
        if "$" in address:
            raise ConfigurationError("a variable in it was not filled in")
        # Valkey and Redis share a protocol, so one client serves both.
        redis = address.replace("valkey", "redis", 1)
        options = {} if address.startswith("memory") else SHARED_OPTIONS
        storage = storage_from_string(redis, **options)
        if isinstance(storage, MemoryStorage | RedisStorage):
            return storage
        raise ConfigurationError("only memory, Redis and Valkey will do, and none with async+")
    except (ConfigurationError, ValueError) as error:
        raise ValueError(
            f"SCHATJE_LIMITS_STORAGE is {address!r}, which cannot be used ({error})."
            " Write memory:// or the address of a Valkey or Redis, such as redis://127.0.0.1:6379"
        ) from error
