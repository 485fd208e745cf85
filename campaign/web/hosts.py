"""Know this machine by its address of IPv6 as well as by its name."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from flask import Flask

THIS_MACHINE: Final = "[::1]"


def _by_name(wsgi: Any, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Hand on what is asked of [::1] as asked of localhost, then answer."""
    host = environ.get("HTTP_HOST", "")
    port = host.removeprefix(THIS_MACHINE)
    if port != host and port[:1] in ("", ":"):
        environ["HTTP_HOST"] = f"localhost{port}"
    answer: Iterable[bytes] = wsgi(environ, start_response)
    return answer


def init_app(app: Flask) -> None:
    """Answer to [::1] where localhost is answered.

    Werkzeug cuts each name it trusts at the first colon, so it would trust no address of IPv6.
    """
    app.wsgi_app = partial(_by_name, app.wsgi_app)  # type: ignore[method-assign]
