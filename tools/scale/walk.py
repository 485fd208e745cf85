"""Walk through "A single host" of docs/deploying.md on a bare Debian, by its own commands.

    .venv/bin/python tools/scale/walk.py NEW_FOLDER

The Debian runs as a container with systemd as its first process and a network of its own. All that
stands in the document in a block of sh is run, in order, in one shell of root's that begins with
the strict umask of hardened hosts. What a test cannot do, or a person must, stands in INSTEAD and
AFTER, with the reason; what a person would look at is looked at in AFTER.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bare import CERTIFICATES, Containers, make_bare, pip_settings, run
from composition import change_a_figure

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "deploying.md"
PACKAGES = ("systemd-sysv", "dbus", "iproute2")  # which every installed Debian has
SECONDS = 900.0
# To make mounts, devices and rules of a firewall inside the container: a host of its own can.
RIGHTS = ("SYS_ADMIN", "NET_ADMIN", "MKNOD", "AUDIT_WRITE")

# The beginning of a command, what is run in its place, and why.
INSTEAD = {
    "git clone REPOSITORY ": ("git clone /repository ", "the address is the reader's"),
    "certbot certonly ": (
        """
        echo proof >/var/www/acme/proof && mkdir -p /var/www/acme/.well-known/acme-challenge
        mv /var/www/acme/proof /var/www/acme/.well-known/acme-challenge/
        curl --silent --fail --header "Host: $NAME" http://127.0.0.1/.well-known/acme-challenge/proof
        certbot --version
        mkdir /root/renewed
        openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj "/CN=renewed" \\
            -keyout /root/renewed/privkey.pem -out /root/renewed/fullchain.pem
        RENEWED_LINEAGE=/root/renewed /srv/schatje/deploy/renewed
        openssl s_client -connect 127.0.0.1:443 -servername "$NAME" </dev/null | grep 'CN = renewed'
        #""",
        "no authority sees this machine: its question, and the hook, are tried without it",
    ),
}

# What is run after the block under a heading: a person's part, then what one would look at.
DIGEST = "curl --silent http://127.0.0.1:8001/data/figures.json | grep -o '\"digest\":[^,]*'"
AFTER = {
    "### 3. Settings and key": """
        echo SCHATJE_LAUNCH=confirmed >>/etc/schatje.env    # only a person may say so
        test "$(stat --format=%a /etc/schatje.env)" = 600""",
    "### 5. Names, and a certificate of your own until you have a real one": """
        echo '# mine' >>/etc/nginx/servers.conf""",
    "### 6. Start": """
        systemctl is-active nginx redis-server schatje@8001 schatje@8002
        for each in nginx schatje@8001; do
            test "$(systemctl show --property=MemorySwapMax --value $each)" = 0
        done
        redis-cli config get save | grep --quiet --line-regexp ''
        test "$(stat --format=%a /srv/schatje)" = 755""",
    "### 7. Look": f"""
        curl --silent --head --header "Host: $NAME" http://127.0.0.1/nl/ |
            grep "^Location: https://$NAME/nl/"
        if curl --silent --header 'Host: other.example' http://127.0.0.1/; then exit 1; fi
        first=$({DIGEST})
        git -C /repository branch --force main next    # a colleague's new figure""",
    "### 9. Firewall": """
        nft list chain inet filter input | grep 'policy drop'
        curl --insecure --silent --fail --output /dev/null --resolve "$NAME:443:127.0.0.1" \\
            "https://$NAME/nl/" """,
    "### A new version, new figures": f"""
        second=$({DIGEST})
        test "$first" != "$second"
        grep --quiet '^# mine' /etc/nginx/servers.conf""",
    "### Back to the version before": f"""
        test "$first" = "$({DIGEST})"
        test -z "$(systemctl --failed --quiet)"
        # An update of Debian's nginx.conf asks nothing and leaves ours alone.
        cd /root && apt-get download nginx-common && dpkg-deb --raw-extract nginx-common*.deb newer
        echo '# newer' >>newer/etc/nginx/nginx.conf
        sed --in-place 's/^Version: .*/&+newer/' newer/DEBIAN/control
        dpkg-deb --build newer newer.deb && dpkg --install newer.deb </dev/null
        nginx -t
        if grep newer /etc/nginx/nginx.conf; then exit 1; fi
        grep newer /etc/nginx/nginx.conf.debian""",
}


def blocks(document: str) -> list[tuple[str, str]]:
    """Return heading and commands of each block of sh under "A single host"."""
    part = document.partition("\n## A single host\n")[2].partition("\n## ")[0]
    found, heading = [], "## A single host"
    for title, block in re.findall(r"(?ms)^(### [^\n]*)$|^```sh\n(.*?)^```$", part):
        heading = title or heading
        if block:
            found.append((heading, block))
    return found


def as_walked(commands: str) -> str:
    """Return the commands with other ones where INSTEAD has them."""
    for start, (other, _) in INSTEAD.items():
        commands = f"\n{commands}".replace(f"\n{start}", f"\n{other}").removeprefix("\n")
    return commands


def script(document: str) -> str:
    """Return what the shell runs; raises LookupError where an exception is no longer needed."""
    walked = blocks(document)
    lines = ["set -e; umask 027; export DEBIAN_FRONTEND=noninteractive"]
    for heading, block in walked:
        lines += [f"echo '== {heading}'", as_walked(block), AFTER.get(heading, "")]
    every = "".join(block for _, block in walked)
    unused = [start for start in INSTEAD if f"\n{start}" not in f"\n{every}"]
    unused += sorted(AFTER.keys() - {heading for heading, _ in walked})
    if unused:
        raise LookupError(f"the document has no more: {unused}")
    return "\n".join([*lines, "echo '== walked'"])


def prepare(folder: Path) -> Path:
    """Make the Debian with what this machine adds to it, and the project as it stands here."""
    bare = make_bare(folder / "bare", *PACKAGES)
    shutil.copy(CERTIFICATES, bare / "root" / "ca.pem")
    (bare / "etc/pip.conf").write_text(pip_settings("/root/ca.pem"), encoding="utf-8")
    # What Debian's unit asks for and a container here refuses: users of its own, many files.
    limit = bare / "etc/systemd/system/redis-server.service.d/limit.conf"
    limit.parent.mkdir(parents=True)
    limit.write_text("[Service]\nPrivateUsers=no\nLimitNOFILE=4096\n", encoding="utf-8")
    run("git", "init", "--quiet", "--bare", "--initial-branch=main", bare / "repository")
    commit = run("git", "-C", ROOT, "stash", "create").strip() or "HEAD"
    run("git", "-C", ROOT, "push", "--quiet", bare / "repository", f"{commit}:refs/heads/main")
    run("git", "clone", "--quiet", bare / "repository", folder / "edit")
    change_a_figure(folder / "edit" / "sources")
    as_someone = ("git", "-C", folder / "edit", "-c", "user.name=x", "-c", "user.email=x")
    run(*as_someone, "commit", "--quiet", "--all", "--message", "A new figure")
    run(*as_someone, "push", "--quiet", "origin", "HEAD:next")
    return bare


def walk(folder: Path) -> str:
    """Walk, and return all that was printed; raises RuntimeError with it when something fails."""
    commands = script(DOCUMENT.read_text(encoding="utf-8"))
    containers = Containers(folder)
    containers.prepare()
    bare = prepare(folder)
    (bare / "root" / "walk").write_text(commands, encoding="utf-8")
    rights = [f"--cap-add={right}" for right in RIGHTS]
    with containers.running(
        "walk",
        "--systemd=always",
        "--network=slirp4netns",
        "--shm-size=512m",
        *rights,
        "--rootfs",
        bare,
        "/sbin/init",
    ):
        time.sleep(5)
        return containers.podman("exec", "walk", "bash", "/root/walk", seconds=SECONDS)


if __name__ == "__main__":
    try:
        print(walk(Path(sys.argv[1]).resolve()))
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        sys.exit(str(error))
