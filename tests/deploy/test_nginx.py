"""nginx: what it holds in memory, what it passes on, and that it takes its files."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from deployed import DEPLOY, ROOT, megabytes, read

from calculator.languages import LANGUAGES
from campaign.config import MEGABYTE
from campaign.views.sources import FILTERS
from campaign.web.headers import HEADERS, TRANSPORT_SECURITY
from campaign.words.addresses import page_path


def nginx_sizes(name):
    """Return a size of nginx's, for everyone and where a photo is sent, in bytes."""
    pattern = rf"^\s*{name} (\d+)([km]);"
    found = [
        re.findall(pattern, read(f"nginx/{file}.conf"), re.MULTILINE) for file in ("nginx", "site")
    ]
    return [int(count) * {"k": 1024, "m": MEGABYTE}[unit] for ((count, unit),) in found]


def test_a_body_that_nginx_lets_in_fits_its_memory():
    most = nginx_sizes("client_max_body_size")
    assert nginx_sizes("client_body_buffer_size") == most
    everyone, photo = most
    assert everyone <= 1024, "4,096 connections with one each are nothing"
    own = (ROOT / "campaign" / "config.py").read_text(encoding="utf-8")
    limit = int(re.search(r"MAX_CONTENT_LENGTH=(\d+) \* MEGABYTE", own)[1]) * MEGABYTE
    assert limit < photo
    claimed = re.search(r"Content-Length (\d+);", read("nginx/site.conf"))
    assert int(claimed[1]) >= photo


def test_photos_and_what_is_kept_fit_the_memory_that_nginx_gets(manifests, compose):
    at_once = int(re.search(r"limit_conn photos (\d+);", read("nginx/site.conf"))[1])
    kept = int(re.search(r"max_size=(\d+)m", read("nginx/nginx.conf"))[1]) * MEGABYTE
    bodies = at_once * nginx_sizes("client_max_body_size")[1]
    pod = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]
    nginx = next(each for each in pod["containers"] if each["name"] == "nginx")
    (shared,) = [each["name"] for each in nginx["volumeMounts"] if each["mountPath"] == "/dev/shm"]  # noqa: S108
    volume = next(each["emptyDir"] for each in pod["volumes"] if each["name"] == shared)
    assert volume["medium"] == "Memory"
    service = compose["services"]["nginx"]
    for memory, room in (
        (nginx["resources"]["limits"]["memory"], volume["sizeLimit"]),
        (service["mem_limit"], service["shm_size"]),
    ):
        assert megabytes(memory) * MEGABYTE > bodies + megabytes(room) * MEGABYTE
        assert megabytes(room) * MEGABYTE >= 2 * kept


def test_nginx_keeps_answers_in_memory_only_and_knows_every_form_and_word():
    assert re.findall(r"proxy_cache_path (\S+)", read("nginx/nginx.conf")) == ["/dev/shm/schatje"]  # noqa: S108
    forms = re.search(r"location ~ \^/\(\?:(\S+)\)\$", read("nginx/site.conf"))[1].split("|")
    assert set(forms) == {page_path("photo", language)[1:] for language in LANGUAGES}
    read_by_nginx = re.search(r"\(\?!\(\?:([a-z|]+)\)", read("nginx/nginx.conf"))[1].split("|")
    code = "".join(path.read_text("utf-8") for path in (ROOT / "campaign/views").glob("*.py"))
    named = set(re.findall(r'"(\w+)" in request\.args|request\.args\.get\("(\w+)"', code))
    read_by_site = {name for pair in named for name in pair if name} | set(FILTERS)
    assert set(read_by_nginx) == read_by_site


def test_a_request_whose_body_was_left_out_gets_a_connection_of_its_own():
    """The site would take the next visitor's request for the body it was told of."""
    place = re.search(r"location @too_large \{(.*?)\n\}", read("nginx/site.conf"), re.DOTALL)[1]
    assert place.index("include proxy.conf;") < place.index("proxy_set_header Connection close;")


def test_every_file_of_nginx_comes_along(manifests, compose):
    ours = {path.name for path in (DEPLOY / "nginx").glob("*.conf")}
    mounted = {each.split(":")[0] for each in compose["services"]["nginx"]["volumes"]}
    assert ours <= {Path(each).name for each in mounted}
    pod = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]
    volume = next(each for each in pod["volumes"] if each["name"] == "nginx")
    items = volume["projected"]["sources"][0]["configMap"]["items"]
    assert ours <= {each["path"] for each in items}
    (made,) = [
        each["files"]
        for each in yaml.safe_load(read("kustomization.yaml"))["configMapGenerator"]
        if each["name"] == "nginx"
    ]
    assert {Path(each).name for each in made} == {each["key"] for each in items}


def test_nginx_writes_nothing_down():
    text = read("nginx/nginx.conf")
    for line in ("access_log off;", "error_log stderr emerg;", "proxy_max_temp_file_size 0;"):
        assert line in text
    everything = "".join(path.read_text() for path in DEPLOY.rglob("*.conf"))
    assert set(re.findall(r"access_log ([^;]+);", everything)) == {"off"}
    assert len(re.findall(r"error_log ", everything)) == 1


def test_nginx_leads_on_by_301_which_programs_that_fetch_previews_follow():
    """And by 302 where every visitor is led to a page of his own language."""
    everything = "".join(path.read_text() for path in DEPLOY.rglob("*.conf"))
    led = re.findall(r"return (30\d) (\S+);", everything)
    assert {target for status, target in led if status != "301"} == {"/$first_language/"}


def test_nginx_says_who_the_visitor_is_and_no_visitor_does():
    text = read("nginx/proxy.conf")
    assert "X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert "proxy_pass_request_headers off;" in text
    every = text + read("nginx/site.conf")
    passed = set(re.findall(r"proxy_set_header (\S+) \$http_", every))
    assert passed == {"Accept", "Accept-Language", "Cookie"}


def test_the_page_of_nginx_itself_has_the_headers_of_the_site():
    text = read("nginx/own.conf")
    assert read("nginx/site.conf").count("include own.conf;") == 2
    added = dict(re.findall(r'add_header (\S+) "?([^"\n]+?)"? always;', text))
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert added[name] == value, name
    assert added["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in added["Content-Security-Policy"]
    assert TRANSPORT_SECURITY in read("nginx/servers.conf")


def test_the_page_of_nginx_itself_speaks_every_language_and_asks_for_nothing():
    text = html.unescape(read("nginx/pages/unavailable.html"))
    assert set(re.findall(r'<section lang="(\w\w)">', text)) == set(LANGUAGES)
    assert text.count("tel:116000") == len(LANGUAGES)
    assert not re.search(r"<(script|style|link|img)|style=|src=", text)


@pytest.mark.parametrize("name", ["nginx", "compose", "kubernetes"])
def test_nginx_takes_the_configuration(name, tmp_path, do_without):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if nginx is None or shutil.which("openssl") is None:
        do_without("nginx or openssl is not there: run `make test`, which says how to install them")
    folder = tmp_path / "nginx"
    shutil.copytree(DEPLOY / "nginx", folder)
    shutil.copy(DEPLOY / name / "upstream.conf", folder / "upstream.conf")
    (folder / "tls").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", "/CN=x", "-keyout", folder / "tls/privkey.pem",
         "-out", folder / "tls/fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    for path in folder.glob("*.conf"):
        # Ports below 1024 and /etc belong to the machine; the rest is as deployed.
        text = path.read_text().replace("/etc/nginx/", f"{folder}/")
        text = text.replace("/dev/shm/schatje", f"{folder}/kept")  # noqa: S108 - nginx makes it
        text = re.sub(r"(listen (?:\[::\]:)?)(80|443)\b", r"\g<1>1\g<2>", text)
        path.write_text(text)

    told = subprocess.run(
        [nginx, "-t", "-p", folder, "-c", folder / "nginx.conf", "-g", f"pid {folder}/pid;"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "test is successful" in told.stderr, told.stderr
