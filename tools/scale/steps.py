"""The steps of "A single host" in docs/deploying.md, as tools/scale/walk.py follows them.

All that stands there in a block of sh is run, in order, in one shell of root's that begins with the
strict umask of hardened hosts. What a test cannot do, or a person must, stands in INSTEAD and
AFTER, with the reason; what a person would look at is looked at in AFTER.
"""

from __future__ import annotations

import re

BEFORE = r"""exec 2>&1
set -e
umask 027
export DEBIAN_FRONTEND=noninteractive
digest() { curl --silent http://127.0.0.1:8001/data/figures.json | grep -o '"digest":[^,]*'; }
visit() {
    curl --insecure --silent --fail --resolve "$NAME:443:127.0.0.1" "$@" "https://$NAME/nl/foto"
}"""

# The beginning of a command, what is run in its place, and why.
INSTEAD = {
    "git clone REPOSITORY ": ("git clone /repository ", "the address is the reader's"),
    "certbot certonly ": (
        r"""
        asked=.well-known/acme-challenge
        mkdir -p /var/www/acme/$asked && echo proof >/var/www/acme/$asked/it
        curl --silent --fail --header "Host: $NAME" http://127.0.0.1/$asked/it | grep proof
        certbot --version
        mkdir /root/renewed
        openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj "/CN=renewed" \
            -keyout /root/renewed/privkey.pem -out /root/renewed/fullchain.pem
        RENEWED_LINEAGE=/root/renewed /srv/schatje/deploy/renewed
        sleep 5    # until the workers from before the reload have gone
        openssl s_client -connect 127.0.0.1:443 -servername "$NAME" </dev/null | grep 'CN = renewed'
        #""",
        "no authority sees this machine: its question, and the hook, are tried without it",
    ),
}

# What is run after the block under a heading: a person's part, then what one would look at.
AFTER = {
    "### 3. Settings and key": r"""
        echo SCHATJE_LAUNCH=confirmed >>/etc/schatje.env    # only a person may say so
        test "$(stat --format=%a /etc/schatje.env)" = 600""",
    "### 5. Names, and a certificate of your own until you have a real one": r"""
        echo '# mine' >>/etc/nginx/servers.conf""",
    "### 6. Start": r"""
        systemctl is-active nginx redis-server schatje@8001 schatje@8002
        for each in nginx schatje@8001; do
            test "$(systemctl show --property=MemorySwapMax --value $each)" = 0
        done
        redis-cli config get save | grep --quiet --line-regexp ''
        test "$(stat --format=%a /srv/schatje)" = 755
        status=/proc/$(systemctl show --property=MainPID --value schatje@8001)/status
        grep --extended-regexp '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):' $status
        test "$(grep -c -E '^(CapEff:.0+|NoNewPrivs:.1|Seccomp:.2)$' $status)" = 3""",
    "### 7. Look": r"""
        curl --silent --head --header "Host: $NAME" http://127.0.0.1/nl/ |
            grep "^Location: https://$NAME/nl/"
        if curl --silent --header 'Host: other.example' http://127.0.0.1/; then exit 1; fi
        token=$(visit --cookie-jar /root/jar |
            sed --quiet 's/.*name="csrf_token"[^>]*value="\([^"]*\)".*/\1/p')
        visit --cookie /root/jar --referer "https://$NAME/nl/foto" --header 'Accept: image/jpeg' \
            --form region=BE --form period=1y --form "csrf_token=$token" --output /root/card
        head --bytes=3 /root/card | cmp - <(printf '\377\330\377')    # a JPEG
        first=$(digest)
        git -C /repository branch --force main next    # a colleague's new figure""",
    "### 9. Firewall": r"""
        nft list chain inet filter input | grep 'policy drop'
        visit --output /dev/null""",
    "### A new version, new figures": r"""
        second=$(digest)
        test "$first" != "$second"
        grep --quiet '^# mine' /etc/nginx/servers.conf""",
    "### Back to the version before": r"""
        test "$first" = "$(digest)"
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
    lines = [BEFORE]
    for heading, block in walked:
        lines += [f"echo '== {heading}'", as_walked(block), AFTER.get(heading, "")]
    every = "".join(block for _, block in walked)
    unused = [start for start in INSTEAD if f"\n{start}" not in f"\n{every}"]
    unused += sorted(AFTER.keys() - {heading for heading, _ in walked})
    if unused:
        raise LookupError(f"the document has no more: {unused}")
    return "\n".join([*lines, "echo '== walked'"])
