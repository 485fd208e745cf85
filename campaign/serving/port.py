"""The port to listen on: read and tried before anything starts, so that a mistake is said well."""

import errno
import re
import socket
from typing import Any, Final

import click


class Port(click.ParamType[int]):
    """A port, as an option of a command."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a port."""
        text = str(value)
        if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
            self.fail(
                f"{text!r} is no port. Write a number from 1 to 65535, such as 8080", param, ctx
            )
        return int(text)


PORT: Final = Port()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise ValueError where nothing can listen there, above all because something does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # As gunicorn does: a port that was left a moment ago is free.
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ValueError(
                f"port {port} is taken. Is it already running? Open http://{host}:{port}/, or"
                f" choose another port: --port 8080 (with make: PORT=8080)"
            ) from error
        raise ValueError(
            f"nothing can listen on {host}:{port} ({error.strerror}). Choose another port: --port"
            " 8080 (with make: PORT=8080)"
        ) from error
