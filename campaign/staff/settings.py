"""What the desk is told when it starts: where it listens, who signs people on, where it keeps."""

from __future__ import annotations

import getpass
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from campaign.config import Defaults

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """Every setting of the desk; the same names stand in docs/settings.md as SCHATJE_STAFF_*."""

    url: str = Defaults.STAFF_URL
    """Address staff type."""

    user_header: str = Defaults.STAFF_USER_HEADER
    """Header in which the organisation's sign-on proxy names the user; empty: nobody signs on."""

    state: str = Defaults.STAFF_STATE
    """Folder of proposals, journal and key; empty: instance/staff in the checkout."""

    card_address: str = Defaults.CARD_ADDRESS
    """Address printed on the cards."""

    local_user: str = ""
    """Who works here where nobody signs on; empty: the user of the computer."""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, default_url: str = Defaults.STAFF_URL
    ) -> DeskSettings:
        """Read the settings; raises ValueError where one cannot be right."""
        settings = cls(
            url=environment.get("SCHATJE_STAFF_URL", default_url),
            user_header=environment.get("SCHATJE_STAFF_USER_HEADER", Defaults.STAFF_USER_HEADER),
            state=environment.get("SCHATJE_STAFF_STATE", Defaults.STAFF_STATE),
            card_address=environment.get("SCHATJE_CARD_ADDRESS", Defaults.CARD_ADDRESS),
        )
        settings.trusted_hosts()
        if settings.user_header and not re.fullmatch(
            r"[A-Za-z][A-Za-z0-9-]*", settings.user_header
        ):
            raise ValueError(
                f"SCHATJE_STAFF_USER_HEADER is {settings.user_header!r}. Write the name of a"
                " header, such as X-Forwarded-User"
            )
        return settings

    def refuse_open_doors(self, host: str) -> None:
        """Raise ValueError where the desk would answer to people whom nobody has signed on."""
        if not self.user_header and not is_loopback(host):
            raise ValueError(
                f"the desk does not listen on {host} without a sign-on: whoever reaches it could"
                " change the figures. Use --host 127.0.0.1, or put it behind your organisation's"
                " sign-on proxy and name its header in SCHATJE_STAFF_USER_HEADER"
            )

    def trusted_hosts(self) -> list[str]:
        """List the host names the desk answers to: an address of another site must not reach it."""
        refusal = ValueError(
            f"SCHATJE_STAFF_URL is {self.url!r}. Write the address staff type,"
            " such as http://127.0.0.1:8001"
        )
        try:
            parts = urlsplit(self.url)
            name, _ = parts.hostname, parts.port
        except ValueError as error:
            raise refusal from error
        if name is None or parts.scheme not in ("http", "https") or parts.path.strip("/"):
            raise refusal
        return list(dict.fromkeys([name, *LOOPBACK_NAMES]))

    @property
    def secure(self) -> bool:
        """Tell whether browsers reach the desk over TLS."""
        return self.url.startswith("https://")

    def state_folder(self, checkout: Path) -> Path:
        """Return the folder of what the desk keeps for itself."""
        return Path(self.state) if self.state else checkout / "instance" / "staff"

    def user_of_this_computer(self) -> str:
        """Name who works here where nobody signs on."""
        if self.local_user:
            return self.local_user
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # a container without a name for its user
            return "staff"


def is_loopback(host: str) -> bool:
    """Tell whether only this computer can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
