"""The container image: built without a registry, run as compose.yaml says, a card made in it."""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from bare import CERTIFICATES, Containers, make_bare, pip_settings, run
from visiting import Visitor

ROOT = Path(__file__).parent.parent.parent
MARK = "qzx-only-for-the-build-qzx"
NOBODY = "65532"
NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h
PARTS = {"LICENSE", "calculator", "campaign", "pyproject.toml", "requirements", "sources",
         "static", "templates"}  # fmt: skip

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="debootstrap is for root")


@pytest.fixture(scope="module")
def containers(tmp_path_factory):
    """Return podman and buildah with a storage that is gone afterwards."""
    folder = tmp_path_factory.mktemp("containers")
    made = Containers(folder)
    made.prepare()
    yield made
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def base(containers):
    """Return the name of a base image: a bare Debian with Python, as the slim ones are."""
    folder = make_bare(containers.folder / "bare", "python3-venv", "python-is-python3")
    run("tar", "--create", "--file", containers.folder / "bare.tar", "--directory", folder, ".")
    shutil.rmtree(folder)
    containers.podman("import", containers.folder / "bare.tar", "localhost/bare")
    (containers.folder / "bare.tar").unlink()
    return "localhost/bare"


@pytest.fixture(scope="module")
def image(containers, base, tell):
    """Return the folder that has all of the image's files."""
    settings, certificates = containers.folder / "pip.conf", containers.folder / "ca.pem"
    settings.write_text(f"# {MARK}\n{pip_settings('/run/secrets/ca.pem')}", encoding="utf-8")
    certificates.write_text(CERTIFICATES.read_text("ascii") + f"\n# {MARK}\n", encoding="ascii")
    began = time.monotonic()
    run(
        "make", "--no-print-directory", "-C", ROOT, "image",
        f"ARGS=--build-arg PYTHON={base}",
        **containers.settings, BUILDER="buildah", PIP_CONF=str(settings), CA=str(certificates),
    )  # fmt: skip
    tell(f"image built by buildah in {time.monotonic() - began:.0f} s")
    return Path(containers.podman("image", "mount", "localhost/schatje").strip())


def files_of(folder):
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def megabytes(folder):
    return sum(path.stat().st_size for path in files_of(folder)) / 1e6


def test_the_image_has_what_the_site_needs_and_no_more(image, tell):
    assert {path.name for path in (image / "app").iterdir()} == PARTS
    names = {path.relative_to(image / "app").as_posix() for path in files_of(image / "app")}
    listed = run("git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard")
    strange = {name for name in names - set(listed.split("\n")) if "__pycache__" not in name}
    assert not strange
    packages = next((image / "opt/venv/lib").glob("python3*/site-packages"))
    installed = {path.name.partition("-")[0].lower() for path in packages.glob("*.dist-info")}
    assert not installed & {"pip", "pytest", "setuptools", "uv_build", "pygments"}
    assert not [path for path in files_of(packages) if "tests" in path.parts]
    locales = {path.stem[:2] for path in (packages / "babel/locale-data").iterdir()}
    assert locales == {"nl", "fr", "de", "en", "ro"}, "ro: root, which all are laid over"
    sizes = {name: megabytes(image / name) for name in ("opt/venv", "app")}
    tell(f"image: {', '.join(f'{name} {size:.0f} MB' for name, size in sizes.items())}")
    largest = sorted(((megabytes(each), each.name) for each in packages.iterdir()), reverse=True)
    tell(", ".join(f"{name} {size:.0f}" for size, name in largest[:8]))
    assert sum(sizes.values()) < 330, "make it smaller, or say here why it grew"


def test_nothing_lent_to_the_build_is_in_the_image(image, containers):
    for path in files_of(image):
        assert MARK.encode() not in path.read_bytes(), path
    assert not (image / "etc/pip.conf").exists()
    told = containers.podman("inspect", "schatje") + containers.podman("history", "schatje")
    for secret in (MARK, "SECRET_KEY", str(containers.folder / "pip.conf"), "index-url"):
        assert secret not in told
    for host in re.findall(r"https?://([^/\s]+)", pip_settings("")):
        assert not [path for path in files_of(image / "opt") if host.encode() in path.read_bytes()]


def confinement():
    """Return what compose.yaml says of the site, as options for podman."""
    compose = yaml.safe_load((ROOT / "deploy/compose/compose.yaml").read_text("utf-8"))
    site = compose["services"]["site-1"]
    assert site["read_only"] is True
    plain = {"user": site["user"], "shm-size": site["shm_size"], "pids-limit": site["pids_limit"],
             "memory": site["mem_limit"], "memory-swap": site["memswap_limit"]}  # fmt: skip
    several = {"tmpfs": site["tmpfs"], "cap-drop": site["cap_drop"],
               "security-opt": [each.replace(":true", "") for each in site["security_opt"]],
               "ulimit": [f"{name}={most}" for name, most in site["ulimits"].items()]}  # fmt: skip
    environment = {
        **{name: each for name, each in site["environment"].items() if "$" not in each},
        "SCHATJE_SITE_URL": "http://127.0.0.1:8000",
        "SCHATJE_SECRET_KEY": "x" * 40,
        "SCHATJE_PROXIES": "0",
        "SCHATJE_LIMITS_STORAGE": "memory://",
    }
    return [
        "--read-only", "--network=none",
        *(f"--{name}={each}" for name, each in plain.items()),
        *(f"--{name}={each}" for name, every in several.items() for each in every),
        *(f"--env={name}={each}" for name, each in environment.items()),
    ]  # fmt: skip


@contextmanager
def network_of(pid):
    """Let this thread's new connections be made inside the container, which has no way out."""
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/proc/thread-self/ns/net").open() as own, Path(f"/proc/{pid}/ns/net").open() as its:
        assert libc.setns(its.fileno(), NEW_NETWORK) == 0
        try:
            yield
        finally:
            assert libc.setns(own.fileno(), NEW_NETWORK) == 0


def wait_until_ready(visitor):
    began = time.monotonic()
    while time.monotonic() < began + 120:
        try:
            if visitor.ask("/readyz").status == 200:
                return time.monotonic() - began
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("never ready")


def test_it_makes_a_card_with_nothing_but_memory(image, containers, photos, tell):
    with containers.running("site", *confinement(), "localhost/schatje") as pid:
        with network_of(pid):
            visitor = Visitor(8000)
            seconds = wait_until_ready(visitor)
            visitor.open_form()
            cards = [visitor.send_form(photo=photo, tries=8) for photo in photos.values()]
        listed = containers.podman("top", "site", "hpid").split()[1:]
        every = [Path(f"/proc/{each}/status").read_text() for each in listed]
        written = containers.podman("exec", "site", "python", "-c", TRY_TO_WRITE)
        log = containers.podman("logs", "site")
        (told,) = json.loads(containers.podman("image", "inspect", "localhost/schatje"))
        kind, *command = told["HealthCheck" if "HealthCheck" in told else "Healthcheck"]["Test"]
        containers.podman("exec", "site", *command)

    assert [card.status for card in cards] == [200] * len(photos), log
    assert all(card.body[:2] == b"\xff\xd8" for card in cards), "a JPEG"
    statuses = [dict(re.findall(r"^(\w+):\t(.*)$", text, re.MULTILINE)) for text in every]
    assert len(statuses) >= 5, "master, two workers, a drawing process each"
    for status in statuses:
        assert set(status["Uid"].split()) == {NOBODY}
        assert {int(status[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")} == {0}
        assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    filters = sorted(int(status["Seccomp_filters"]) for status in statuses)
    assert filters[-2:] == [filters[0] + 1] * 2, "the drawing processes have one more, their own"
    assert "less protection" not in log
    assert written.split() == ["app:refused", "opt:refused", "tmp:written"]
    assert kind == "CMD", "without a shell"
    tell(f"container: ready in {seconds:.1f} s, {len(cards)} cards, {len(statuses)} processes")


TRY_TO_WRITE = """
for name in ("app", "opt", "tmp"):
    try:
        open(f"/{name}/x", "w").close()
        print(f"{name}:written")
    except OSError:
        print(f"{name}:refused")
"""
