"""Settings: defaults that work on a desk, overridden by SCHATJE_* in the environment."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from flask import Flask

ROOT = Path(__file__).resolve().parent.parent

MEGABYTE = 1024 * 1024
LONGEST_CARD_ADDRESS = 22


class Defaults:
    """Every setting there is; docs/settings.md says the same in words, and a test holds them."""

    SITE_URL = "http://127.0.0.1:8000"
    """Address visitors type, without a slash at the end; https:// unless it is this machine's."""

    CARD_ADDRESS = "schatjeschatje.be"
    """Address printed on the cards."""

    SECRET_KEY = ""
    """Signs the form's cookie; without one a key is made at start, for one process only."""

    SOURCES = str(ROOT / "sources")
    """Folder of the figures."""

    CONTENT = str(ROOT / "campaign" / "content")
    """Folder of the texts and contacts."""

    STATE = str(ROOT / "instance" / "snapshot")
    """Folder where the last good figures and texts are kept; empty keeps none."""

    LOOK_SECONDS = 1
    """How often each process looks whether these files changed."""

    TRUSTED_HOSTS = ""
    """Host names the site answers to, separated by commas; empty means SITE_URL's own."""

    PROXIES = 0
    """How many proxies stand in front and set X-Forwarded-*."""

    CARD_LIMIT = "30 per 10 minutes"
    """How many cards one network address may have made."""

    LIMITS_STORAGE = "memory://"
    """Where the counters of CARD_LIMIT live."""

    STAFF_URL = "http://127.0.0.1:8001"
    """Address staff type for the desk; the site itself does not read this or the next two."""

    STAFF_USER_HEADER = ""
    """Header in which the sign-on proxy of the desk names the user."""

    STAFF_STATE = ""
    """Folder of the desk's proposals, journal and key; empty means instance/staff."""

    RENDERERS = 0
    """How many processes each worker has for drawing cards; 0 shares the cores out."""

    METRICS = ""
    """Address and port where Prometheus reads the numbers, such as 127.0.0.1:9100; empty: none."""


def configure(app: Flask) -> None:
    """Load the settings and derive what follows from them.

    Raises:
        ValueError: naming the setting that cannot be right.
    """
    app.config.from_object(Defaults)
    _refuse_unknown_names()
    # Texts stay texts: read as JSON, a key of digits would become a number.
    app.config.from_prefixed_env("SCHATJE", loads=str)
    for name in ("PROXIES", "RENDERERS"):
        app.config[name] = _whole_number(name, str(app.config[name]))
    app.config["LOOK_SECONDS"] = _seconds("LOOK_SECONDS", str(app.config["LOOK_SECONDS"]))
    metrics_address(app.config["METRICS"])
    if len(app.config["CARD_ADDRESS"]) > LONGEST_CARD_ADDRESS:
        raise ValueError(
            f"SCHATJE_CARD_ADDRESS is {app.config['CARD_ADDRESS']!r}. On a card there is room for"
            f" {LONGEST_CARD_ADDRESS} characters: leave out https:// and www"
        )
    site = _site(app.config["SITE_URL"])
    app.config["SITE_URL"] = f"{site.scheme}://{site.netloc}"
    secure = site.scheme == "https"
    if not secure and not _is_this_machine(site.hostname or ""):
        raise ValueError(
            f"SCHATJE_SITE_URL is {app.config['SITE_URL']!r}. Without TLS the form's cookie can be"
            " read on the way: write https://, or http://127.0.0.1:8000 on your own machine"
        )
    if not app.config["SECRET_KEY"]:
        if secure:
            raise ValueError(
                "SCHATJE_SECRET_KEY is missing. Set it to a long random text, the same for every"
                " process: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        app.config["SECRET_KEY"] = secrets.token_hex(32)
    hosts = [host.strip().lower() for host in app.config["TRUSTED_HOSTS"].split(",")]
    app.config.update(
        # Host names without ports: werkzeug compares them so. Health checks come by address.
        TRUSTED_HOSTS=[host for host in hosts if host] or [site.hostname, "127.0.0.1", "localhost"],
        SESSION_COOKIE_NAME="__Host-form" if secure else "form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=16 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=20,
    )


def _refuse_unknown_names() -> None:
    """Stop at a misspelt name: its default would stay in force without a word."""
    known = {f"SCHATJE_{name}" for name in vars(Defaults) if name.isupper()}
    for name in sorted(os.environ):
        if name.startswith("SCHATJE_") and name not in known:
            raise ValueError(f"{name} is no setting. These are: {', '.join(sorted(known))}")


def _whole_number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"SCHATJE_{name} is {text!r}. Write a whole number, such as 0 or 1")
    return int(text)


def _seconds(name: str, text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,2})?", text) or not 0.1 <= float(text) <= 60:
        raise ValueError(f"SCHATJE_{name} is {text!r}. Write seconds from 0.1 to 60, such as 1")
    return float(text)


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


def metrics_address(text: str) -> tuple[str, int] | None:
    """Read SCHATJE_METRICS: host and port, None for no metrics; raises ValueError."""
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise ValueError(
            f"SCHATJE_METRICS is {text!r}. Write address and port, such as 127.0.0.1:9100"
        )
    return host.strip("[]"), int(port)


def _site(address: str) -> SplitResult:
    refusal = ValueError(
        f"SCHATJE_SITE_URL is {address!r}. Write the address visitors type,"
        " such as https://www.schatjeschatje.be"
    )
    try:
        site = urlsplit(address)
        port = site.port  # reading it refuses what is no port
    except ValueError as error:
        raise refusal from error
    beyond = site.path.strip("/") or site.query or site.fragment or site.username
    if site.scheme not in ("http", "https") or not site.hostname or port == 0 or beyond:
        raise refusal
    return site
