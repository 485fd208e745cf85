"""A site that answers as sites do whose pages are gone, moved or slow, and who asks it."""

from __future__ import annotations

import http.server
import threading
import time

from campaign.upkeep.links.ask import Patience

QUICK = Patience(
    connect_s=1, read_s=0.5, retries=1, back_off_s=0.01, pause_s=0.01, address_s=5, at_once=6
)
STATUS = {"/gone": 404, "/removed": 410, "/forbidden": 403, "/busy": 429, "/sign-on": 401,
          "/odd": 418, "/broken": 500, "/moved": 301, "/moved-308": 308, "/elsewhere": 302,
          "/to-front": 302, "/round": 302, "/to-gone": 301}  # fmt: skip
LEADS_TO = {"/moved": "/new", "/moved-308": "/new", "/elsewhere": "/new", "/to-front": "/",
            "/round": "/round", "/to-gone": "/gone"}  # fmt: skip


class Site(http.server.ThreadingHTTPServer):
    """Counts what it is asked, and how much at once."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked = []
        self.agents = set()
        self.headers_seen = []
        self.now = 0
        self.most = 0
        self.lock = threading.Lock()

    def address(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request, client_address):
        """Say nothing: that the checker hangs up is part of the tests."""


class Answers(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def log_message(self, *arguments):
        """Keep quiet."""

    def answer(self):
        site = self.server
        with site.lock:
            site.asked.append((self.command, self.path))
            site.headers_seen.append(dict(self.headers))
            site.now += 1
            site.most = max(site.most, site.now)
        try:
            self.reply()
        finally:
            with site.lock:
                site.now -= 1

    def reply(self):
        head = self.command == "HEAD"
        if self.path == "/no-head" and head:
            return self.send(405)
        if self.path == "/hangs-up-on-head" and head:
            self.close_connection = True
            return None
        if self.path == "/once-broken":
            tried = self.server.asked.count(("GET", self.path))
            return self.send(503 if head or tried == 1 else 200)
        if self.path == "/slow":
            time.sleep(2)
        if self.path == "/slowly":
            time.sleep(0.05)
        if self.path.startswith("/endless"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(50):
                self.wfile.write(b"X-%d: 1\r\n" % number)
                self.wfile.flush()
                time.sleep(0.1)
            return None
        return self.send(STATUS.get(self.path, 200))

    def send(self, status):
        self.send_response(status)
        if self.path in LEADS_TO:
            self.send_header("Location", LEADS_TO[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()
