"""Settings: defaults that work on a desk, overridden by SCHATJE_* in the environment."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from flask import Flask
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from calculator.languages import LANGUAGES, Language

ROOT = Path(__file__).resolve().parent.parent

MEGABYTE = 1024 * 1024
CARD_ADDRESS: Final = "schatjeschatje.be"
CARD_ADDRESSES: Final[Mapping[Language, str]] = dict.fromkeys(LANGUAGES, CARD_ADDRESS)
LONGEST_CARD_ADDRESS = 22
_PREFIX: Final = "SCHATJE_"
_EXAMPLES: Final = {
    "site_url": "Write the address visitors type, such as https://www.schatjeschatje.be",
    "staff_url": "Write the address staff type, such as http://127.0.0.1:8001",
}


def _whole_number(given: object) -> int:
    if not re.fullmatch("[0-9]+", str(given)):
        raise ValueError("Write a whole number, such as 0 or 1")
    return int(str(given))


def _seconds(given: object) -> float:
    text = str(given)
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,2})?", text) or not 0.1 <= float(text) <= 60:
        raise ValueError("Write seconds from 0.1 to 60, such as 1")
    return float(text)


def _addresses_in(text: str) -> Mapping[Language, str]:
    """Read one address for all languages, or one for each; raises ValueError."""
    if "=" not in text:
        return dict.fromkeys(LANGUAGES, text)
    pairs = [part.partition("=") for part in text.split(",")]
    named = {name.strip(): address.strip() for name, _, address in pairs}
    if set(named) != set(LANGUAGES) or len(pairs) != len(named) or not all(named.values()):
        raise ValueError(
            "Write one address, or one for each language, such as"
            f" {', '.join(f'{name}={CARD_ADDRESS}' for name in LANGUAGES)}"
        )
    return {language: named[language] for language in LANGUAGES}


class Settings(BaseModel):
    """Every setting there is; docs/settings.md says the same in words, and a test holds them.

    In the environment `site_url` is SCHATJE_SITE_URL, and so on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    site_url: str = "http://127.0.0.1:8000"
    """Address visitors type, without a slash at the end; https:// unless it is this machine's."""

    card_address: str = CARD_ADDRESS
    """Address printed on the cards: one for all, or nl=…, fr=…, de=…, en=… with one for each."""

    secret_key: Annotated[str, Field(repr=False)] = ""
    """Signs the form's cookie; without one a key is made at start, for one process only."""

    sources: str = str(ROOT / "sources")
    """Folder of the figures."""

    content: str = str(ROOT / "campaign" / "content")
    """Folder of the texts and contacts."""

    state: str = str(ROOT / "instance" / "snapshot")
    """Folder where the last good figures and texts are kept; empty keeps none."""

    look_seconds: Annotated[float, BeforeValidator(_seconds)] = 1
    """How often each process looks whether these files changed."""

    launch: str = ""
    """`confirmed`: visitors may come though points of the launch list are open."""

    trusted_hosts: str = ""
    """Host names the site answers to, separated by commas; empty means site_url's own."""

    proxies: Annotated[int, BeforeValidator(_whole_number)] = 0
    """How many proxies stand in front and set X-Forwarded-*."""

    card_limit: str = "30 per 10 minutes"
    """How many cards one network address may have made."""

    limits_storage: str = "memory://"
    """Where the counters of card_limit live."""

    staff_url: str = "http://127.0.0.1:8001"
    """Address staff type for the desk; the site itself does not use this or the next three."""

    staff_user_header: str = ""
    """Header in which the sign-on proxy of the desk names the user; empty: nobody signs on."""

    staff_second_person: str = "estimates"
    """`estimates`: where people sign on, what moves an estimate needs another one; or `never`."""

    staff_state: str = ""
    """Folder of the desk's proposals, drafts, own record and key; empty means instance/staff."""

    renderers: Annotated[int, BeforeValidator(_whole_number)] = 0
    """How many processes each worker has for drawing cards; 0 shares the cores out."""

    metrics: str = ""
    """Address and port where Prometheus reads the numbers, such as 127.0.0.1:9100; empty: none."""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, /, **defaults: str
    ) -> Settings:
        """Read the settings; `defaults` stand in for those not set.

        Raises ValueError naming the setting that cannot be right, or that is none.
        """
        known = {f"{_PREFIX}{name.upper()}": name for name in cls.model_fields}
        for name in sorted(environment):
            # The default of a misspelt one would stay in force without a word.
            if name.startswith(_PREFIX) and name not in known:
                raise ValueError(f"{name} is no setting. These are: {', '.join(sorted(known))}")
        given = {known[name]: text for name, text in environment.items() if name in known}
        try:
            return cls.model_validate(defaults | given)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            name, reason = str(detail["loc"][0]), detail["msg"].removeprefix("Value error, ")
            raise ValueError(f"{_PREFIX}{name.upper()} is {detail['input']!r}. {reason}") from None

    @field_validator("site_url", "staff_url")
    @classmethod
    def _address(cls, address: str, info: ValidationInfo) -> str:
        """Return scheme, host and port of an address, without the slash at its end."""
        refusal = ValueError(_EXAMPLES[str(info.field_name)])
        try:
            parts = urlsplit(address)
            port = parts.port  # reading it refuses what is no port
        except ValueError as error:
            raise refusal from error
        beyond = parts.path.strip("/") or parts.query or parts.fragment or parts.username
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or beyond:
            raise refusal
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("site_url")
    @classmethod
    def _tls_elsewhere(cls, address: str) -> str:
        host = urlsplit(address).hostname or ""
        own = is_loopback(host) or host in ("0.0.0.0", "::")  # noqa: S104 - what serves this machine
        if not address.startswith("https://") and not own:
            raise ValueError(
                "Without TLS the form's cookie can be read on the way: write https://, or"
                " http://127.0.0.1:8000 on your own machine"
            )
        return address

    @field_validator("card_address")
    @classmethod
    def _fits_a_card(cls, text: str) -> str:
        if max(map(len, _addresses_in(text).values())) > LONGEST_CARD_ADDRESS:
            raise ValueError(
                f"On a card there is room for {LONGEST_CARD_ADDRESS} characters: leave out"
                " https:// and www"
            )
        return text

    @field_validator("launch")
    @classmethod
    def _confirmed(cls, text: str) -> str:
        if text not in ("", "confirmed"):
            raise ValueError(
                "Write confirmed, if whoever answers for the site knows what is open (schatje"
                " launch lists it), or leave it out"
            )
        return text

    @field_validator("staff_user_header")
    @classmethod
    def _header(cls, name: str) -> str:
        if name and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
            raise ValueError("Write the name of a header, such as X-Forwarded-User")
        return name

    @field_validator("staff_second_person")
    @classmethod
    def _when(cls, text: str) -> str:
        if text not in ("estimates", "never"):
            raise ValueError("Write estimates or never")
        return text

    @field_validator("metrics")
    @classmethod
    def _host_and_port(cls, text: str) -> str:
        host, _, port = text.rpartition(":")
        if text and not (host and re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) < 65536):
            raise ValueError("Write address and port, such as 127.0.0.1:9100")
        return text

    @property
    def card_addresses(self) -> Mapping[Language, str]:
        """Return the address printed on the cards of each language."""
        return _addresses_in(self.card_address)

    def desk_folder(self, checkout: Path) -> Path:
        """Return where the desk of a checkout keeps what is its own."""
        return Path(self.staff_state or checkout / "instance" / "staff")

    @property
    def production(self) -> bool:
        """Return whether visitors come: with TLS, and not on this machine alone."""
        return self.site_url.startswith("https://")

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Return host and port of the metrics, None for no metrics."""
        host, _, port = self.metrics.rpartition(":")
        return (host.strip("[]"), int(port)) if port else None


def configure(app: Flask, settings: Settings) -> None:
    """Put the settings, and what follows from them, into app.config; ValueError without a key."""
    site = urlsplit(settings.site_url)
    if settings.production and not settings.secret_key:
        raise ValueError(
            "SCHATJE_SECRET_KEY is missing. Set it to a long random text, the same for every"
            " process: python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    named = [host.strip().lower() for host in settings.trusted_hosts.split(",")]
    own = [site.hostname, "127.0.0.1", "localhost"]
    app.config.update({name.upper(): value for name, value in settings})
    app.config["CARD_ADDRESSES"] = settings.card_addresses
    app.config.update(
        form_settings("form", secure=settings.production, same_site="Lax"),
        PRODUCTION=settings.production,
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        # Host names without ports: werkzeug compares them so. Health checks come by address.
        TRUSTED_HOSTS=[host for host in named if host] or own,
        MAX_CONTENT_LENGTH=16 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=20,
    )


def form_settings(cookie: str, *, secure: bool, same_site: str) -> dict[str, Any]:
    """Return Flask's settings of a form's cookie, bound to its host where there is TLS."""
    return {
        "SESSION_COOKIE_NAME": f"__Host-{cookie}" if secure else cookie,
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": same_site,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
