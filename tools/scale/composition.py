"""What the tests of scale run: the site, nginx with the deployed files, the shared counters."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from running import START_SECONDS, Program, find_program, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy" / "nginx"
KEPT_IN = "/dev/shm/schatje"  # noqa: S108 - as nginx.conf says


@dataclass
class Site(Program):
    """One instance of the site, with figures of its own that a test may change."""

    port: int = 0
    sources: Path = Path()

    def wait_until_ready(self) -> float:
        """Wait until /readyz answers 200, and return the seconds that took."""
        began = time.monotonic()
        self.wait_for_port(self.port)
        while not self.is_ready():
            if time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"never ready:\n{''.join(self.written)}")
            time.sleep(0.1)
        return time.monotonic() - began

    def readiness(self) -> str:
        """Return the whole answer of /readyz; empty when there is none."""
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), 5) as asked,
        ):
            asked.sendall(b"GET /readyz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            got = b""
            while part := asked.recv(65536):
                got += part
            return got.decode(errors="replace")
        return ""

    def is_ready(self) -> bool:
        """Return whether /readyz answers 200."""
        return self.readiness().split()[1:2] == ["200"]


def make_site(folder: Path, number: int, settings: dict[str, str]) -> Site:
    """Prepare an instance: folders, a copy of the figures, a port."""
    home = folder / f"site-{number}"
    sources = home / "sources"
    shutil.copytree(ROOT / "sources", sources)
    for name in ("tmp", "home"):
        (home / name).mkdir()
    port = free_port()
    command = Path(sys.executable).with_name("schatje")
    return Site(
        [str(command), "serve", "--port", str(port), "--workers", "1"],
        home,
        {
            "HOME": str(home / "home"),
            "TMPDIR": str(home / "tmp"),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
            "SCHATJE_SOURCES": str(sources),
            **settings,
        },
        port=port,
        sources=sources,
    )


@dataclass
class Nginx(Program):
    """nginx with the files of deploy/nginx in front of some instances."""

    port: int = 0
    tls_port: int = 0

    @property
    def kept(self) -> Path:
        """Return the folder in shared memory where nginx keeps answers; each nginx has its own."""
        return Path("/dev/shm") / f"{self.folder.parent.name}-{self.folder.name}"  # noqa: S108 - memory

    def end(self) -> None:
        """End it, and forget what it kept."""
        super().end()
        shutil.rmtree(self.kept, ignore_errors=True)

    @property
    def temporary(self) -> Path:
        """Return the folder where nginx would write bodies that do not fit its memory."""
        return self.folder / "temporary"


def make_nginx(folder: Path, ports: list[int], replace: dict[str, str] | None = None) -> Nginx:
    """Prepare nginx with the deployed files; only addresses and folders are the test's own.

    `replace` changes lines of site.conf, for tests that show what a line does.
    """
    shutil.copytree(DEPLOY, folder)
    main, site = folder / "nginx.conf", folder / "site.conf"
    text = site.read_text(encoding="utf-8")
    for line, other in (replace or {}).items():
        assert line in text, line  # noqa: S101 - else the test would prove nothing
        text = text.replace(line, other)
    # nginx's worker runs as another user and must be able to read.
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    site.write_text(text.replace("/etc/nginx/", f"{folder}/"), encoding="utf-8")
    _make_certificate(folder)
    nginx = Nginx(
        [
            find_program("nginx"), "-p", str(folder), "-c", str(main),
            "-g", f"daemon off; pid {folder}/nginx.pid;",
        ],
        folder,
        port=free_port(),
        tls_port=free_port(),
    )  # fmt: skip
    kept = main.read_text(encoding="utf-8").replace(KEPT_IN, str(nginx.kept))
    main.write_text(kept, encoding="utf-8")
    for name in ("body", "proxy", "other"):
        (nginx.temporary / name).mkdir(parents=True)
    servers = "\n".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports)
    upstream = f"upstream site {{ {servers} keepalive 32; keepalive_timeout 10s; }}\n"
    (folder / "upstream.conf").write_text(upstream, encoding="utf-8")
    (folder / "servers.conf").write_text(
        f"""
        client_body_temp_path {nginx.temporary}/body;
        proxy_temp_path {nginx.temporary}/proxy;
        fastcgi_temp_path {nginx.temporary}/other;
        uwsgi_temp_path {nginx.temporary}/other;
        scgi_temp_path {nginx.temporary}/other;
        map $https $strict_transport {{ default ""; on "max-age=31536000; includeSubDomains"; }}
        server {{
            listen 127.0.0.1:{nginx.port};
            listen 127.0.0.1:{nginx.tls_port} ssl http2;
            server_name 127.0.0.1;
            ssl_certificate {folder}/fullchain.pem;
            ssl_certificate_key {folder}/privkey.pem;
            include site.conf;
        }}
        """,
        encoding="utf-8",
    )
    return nginx


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            find_program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def make_counters(folder: Path, port: int) -> Program:
    """Prepare Redis or Valkey as it is deployed: in memory only."""
    folder.mkdir(exist_ok=True)
    return Program(
        [
            find_program("valkey-server", "redis-server"), "--port", str(port),
            "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder),
        ],
        folder,
    )  # fmt: skip


def change_a_figure(sources: Path) -> None:
    """Change one figure of a folder: raise its highest value by one."""
    for path in sorted((sources / "publications").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found = re.search(r"^(\s+high: )(\d+)$", text, re.MULTILINE)
        if found is not None:
            changed = f"{found[1]}{int(found[2]) + 1}"
            path.write_text(text[: found.start()] + changed + text[found.end() :], encoding="utf-8")
            return
    raise LookupError("no figure with a highest value")
