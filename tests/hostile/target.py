"""The running site under attack: sends it a file as a form does, and reads what it says of it."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from corpus import DRAWN
from renderer_needs import WORDS
from witnesses import Notifier, WriteMeter, fetch_form, open_files, renderers

from calculator.errors import PhotoRejected
from campaign.words.addresses import PAGES

_LINE_SECONDS = 60  # a line comes within milliseconds; a busy machine may need longer


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, body, and the seconds it took."""

    status: int
    headers: dict
    body: bytes
    seconds: float


@dataclass
class Target:
    """A site, the form's token and cookie, and a witness of the files in its folders."""

    site: object
    token: str = ""
    cookie: str = ""
    notifier: Notifier = field(init=False)

    def __post_init__(self):
        self.site.said()  # what it says of its start
        self.token, self.cookie = fetch_form(self.site)
        self.notifier = Notifier(self.site.folder)

    def close(self):
        self.notifier.close()

    def wait_for_renderer(self):
        """Wait until its only worker has a renderer again, one that has closed itself off."""
        end = time.monotonic() + 60
        while [status_of(pid, "Seccomp") for pid in renderers(self.site)] != ["2"]:
            assert time.monotonic() < end, "the renderer is missing"
            time.sleep(0.05)

    def send(self, data, language, card_format, file_name="photo.jpg", content_type="image/jpeg"):
        """Post a file with the form, asking for the card alone."""
        fields = {
            "csrf_token": self.token, "region": "BE", "period": "1y", "consent": "y",
            "format": card_format,
        }  # fmt: skip
        start = b"".join(
            f'--b7193\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
            for name, text in fields.items()
        )
        head = f'--b7193\r\nContent-Disposition: form-data; name="photo"; filename="{file_name}"'
        head += f"\r\nContent-Type: {content_type}\r\n\r\n"
        begin = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        try:
            connection.request(
                "POST",
                path_of(language),
                start + head.encode() + data + b"\r\n--b7193--\r\n",
                {
                    "Content-Type": "multipart/form-data; boundary=b7193",
                    "Cookie": self.cookie,
                    "Accept": "image/jpeg",
                },
            )
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        seconds = time.monotonic() - begin
        return Answer(response.status, dict(response.getheaders()), body, seconds)

    def log_line(self):
        """Wait for the next line the site writes."""
        return self.site.lines.get(timeout=_LINE_SECONDS)

    def watch(self):
        """Return what is written and open now, to be compared with what is after a file."""
        return WriteMeter(self.site), open_files(self.site)


def path_of(language):
    return f"/{language}/{PAGES['photo'][language]}"


def status_of(process, name):
    text = Path(f"/proc/{process}/status").read_text()
    return re.search(rf"^{name}:\s*(\d+)", text, re.MULTILINE)[1]


def megabytes(process, name):
    """Return VmRSS (now) or VmHWM (at most, so far) of a process."""
    return int(status_of(process, name)) * 1024 / 1_000_000


def outcome_of(pool, data, card_format="square"):
    """Return what a renderer makes of a file: DRAWN, or why it is refused."""
    try:
        pool.draw(WORDS, card_format, data)
    except PhotoRejected as rejected:
        return rejected.reason
    return DRAWN
