"""Real programs for the tests of scale: started on loopback, ended by their own process ids."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy" / "nginx"
SEARCH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
# A few seconds when the machine has nothing else to do.
START_SECONDS = 120.0
STOP_SECONDS = 30.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_program(*names: str) -> str:
    """Return the path of the first program there is; raises FileNotFoundError."""
    for name in names:
        if found := shutil.which(name, path=SEARCH):
            return found
    raise FileNotFoundError(f"none of {', '.join(names)}: run tools/scale/programs")


@dataclass
class Program:
    """A process with its children in a group of its own, and all that it wrote."""

    command: list[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    _listener: threading.Thread | None = None

    def start(self) -> None:
        """Start it, in a session of its own so that its children can be ended with it."""
        clean = {key: text for key, text in os.environ.items() if not key.startswith("SCHATJE_")}
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=clean | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self._listener.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            with process.stdout:
                self.written.extend(process.stdout)

    @property
    def pid(self) -> int:
        """Return the process id of the running program."""
        assert self.process is not None  # noqa: S101 - started before
        return self.process.pid

    def is_running(self) -> bool:
        """Tell whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def processes(self) -> list[int]:
        """List the process ids of the program and all its children."""
        found, waiting = [], [self.pid]
        while waiting:
            each = waiting.pop()
            found.append(each)
            with contextlib.suppress(OSError):
                children = Path(f"/proc/{each}/task/{each}/children").read_text(encoding="ascii")
                waiting += map(int, children.split())
        return found

    def stop(self) -> float:
        """Ask it to stop and wait; give the seconds that took."""
        began = time.monotonic()
        if self.process is not None and self.is_running():
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        return time.monotonic() - began

    def kill(self) -> None:
        """End it and all its children at once, as a crash of the machine would."""
        if self.process is not None and self.is_running():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def end_whatever_is_left(self) -> None:
        """End the program, and any child that outlived it."""
        if self.process is None:
            return
        left = self.processes()
        self.kill()
        for pid in left:
            with contextlib.suppress(OSError):
                if os.getpgid(pid) == self.process.pid:
                    os.kill(pid, signal.SIGKILL)
        if self._listener is not None:
            self._listener.join(5)

    def wait_for_port(self, port: int) -> None:
        """Wait until something answers there; raises RuntimeError with what was written."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.02)
        raise RuntimeError(f"{self.command[0]} does not answer:\n{''.join(self.written)}")


@dataclass
class Site(Program):
    """One instance of the site, with figures of its own that a test may change."""

    port: int = 0
    sources: Path = Path()

    def wait_until_ready(self) -> float:
        """Wait until it may be given visitors; give the seconds that took."""
        began = time.monotonic()
        self.wait_for_port(self.port)
        while not self.is_ready():
            if time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"never ready:\n{''.join(self.written)}")
            time.sleep(0.1)
        return time.monotonic() - began

    def readiness(self) -> str:
        """Return what /readyz says, with its status; empty when there is no answer."""
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
        """Tell whether it would be given visitors."""
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
    """nginx with the files of deploy/nginx before some instances."""

    port: int = 0
    tls_port: int = 0

    @property
    def temporary(self) -> Path:
        """Return the folder where nginx would put what does not fit its memory."""
        return self.folder / "temporary"


def make_nginx(folder: Path, ports: list[int], replace: dict[str, str] | None = None) -> Nginx:
    """Prepare nginx: the deployed files, with only addresses and places of the test's own.

    `replace` changes lines of nginx.conf, for tests that show what a line is there for.
    """
    shutil.copytree(DEPLOY, folder)
    main = folder / "nginx.conf"
    text = main.read_text(encoding="utf-8")
    for line, other in (replace or {}).items():
        assert line in text, line  # noqa: S101 - or the test would show nothing
        text = text.replace(line, other)
    main.write_text(text, encoding="utf-8")
    site = folder / "site.conf"
    # The worker runs as another user and must be able to pass.
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    site.write_text(
        site.read_text(encoding="utf-8").replace("/etc/nginx/", f"{folder}/"), encoding="utf-8"
    )
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
    for name in ("body", "proxy", "other"):
        (nginx.temporary / name).mkdir(parents=True)
    servers = "\n".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports)
    (folder / "servers.conf").write_text(
        f"""
        client_body_temp_path {nginx.temporary}/body;
        proxy_temp_path {nginx.temporary}/proxy;
        fastcgi_temp_path {nginx.temporary}/other;
        uwsgi_temp_path {nginx.temporary}/other;
        scgi_temp_path {nginx.temporary}/other;
        upstream site {{ {servers} }}
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
    """Prepare Redis or Valkey as deployed: in memory only."""
    folder.mkdir(exist_ok=True)
    return Program(
        [
            find_program("valkey-server", "redis-server"), "--port", str(port),
            "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder),
        ],
        folder,
    )  # fmt: skip


def change_a_figure(sources: Path) -> None:
    """Change one figure of a folder a little, as staff would: its highest value, by one."""
    for path in sorted((sources / "publications").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found = re.search(r"^(\s+high: )(\d+)$", text, re.MULTILINE)
        if found is not None:
            changed = f"{found[1]}{int(found[2]) + 1}"
            path.write_text(text[: found.start()] + changed + text[found.end() :], encoding="utf-8")
            return
    raise LookupError("no figure with a highest value")


@contextlib.contextmanager
def ending(*programs: Program) -> Iterator[None]:
    """Have programs ended whatever happens."""
    try:
        yield
    finally:
        for program in programs:
            program.end_whatever_is_left()
