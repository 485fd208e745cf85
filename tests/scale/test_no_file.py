"""No photo is ever in a file of nginx or the site, however it is sent."""

from __future__ import annotations

import shutil
import subprocess
import time

from composition import make_nginx
from running import ending, find_program
from visiting import Visitor, form_headers
from watching import watching

# A card, or on a busy machine the page that says so: either way the photo came through.
ANSWERED = (200, 503)


def send_photos(port, tls_port, photos):
    """Send photos in every way: small and large, with and without a length, slowly, over h2."""
    for number, photo in enumerate(photos.values()):
        visitor = Visitor(port, f"127.0.{80 + number}.1")
        visitor.open_form()
        assert visitor.send_form(photo=photo, tries=8).status == 200
        body = visitor.form(photo)
        cut = [body[place : place + 100_000] for place in range(0, len(body), 100_000)]
        assert visitor.ask("/nl/foto", "POST", iter(cut), form_headers()).status in ANSWERED

        def slowly(parts=cut):
            for part in parts:
                yield part
                time.sleep(1 / len(parts))

        headers = form_headers() | {"Content-Length": str(len(body))}
        assert visitor.ask("/nl/foto", "POST", slowly(), headers).status in ANSWERED
        for length in ([], ["-H", "Content-Length:"]):
            sent = subprocess.run(
                [
                    find_program("curl"), "--silent", "--insecure", "--http2", "--max-time", "30",
                    "--output", "-", "--write-out", "%{stderr}%{http_version} %{http_code}",
                    "--header", f"Cookie: {visitor.cookie}",
                    "--header", f"Content-Type: {form_headers()['Content-Type']}",
                    "--header", "Accept: image/jpeg", "--data-binary", "@-", *length,
                    f"https://127.0.0.1:{tls_port}/nl/foto",
                ],
                input=body,
                capture_output=True,
                check=True,
            )  # fmt: skip
            version, status = sent.stderr.split()
            assert (version, int(status) in ANSWERED) == (b"2", True), sent.stderr


def test_no_photo_is_ever_in_a_file(whole, photos, tell):
    folders = [
        path
        for place in (whole.nginx.temporary, *(site.folder for site in whole.sites))
        for path in (place, *place.rglob("*"))
        if path.is_dir()
    ]
    with watching(folders, whole.processes) as found:
        send_photos(whole.port, whole.nginx.tls_port, photos)

    assert not found, found[:10]
    sizes = ", ".join(f"{len(photo) / 1e6:.1f}" for photo in photos.values())
    tell(f"photos of {sizes} MB, each in 5 ways, HTTP/2 included: no file, no open file")


def test_the_watch_sees_what_nginx_does_when_left_alone(whole, photos, place):
    """Show that the test above can fail: with nginx's own buffer it writes files."""
    folder = place / "nginx-as-it-comes"
    nginx = make_nginx(
        folder,
        [site.port for site in whole.sites],
        {"client_body_buffer_size 17m;": "client_body_buffer_size 16k;"},
    )
    with ending(nginx):
        nginx.start()
        nginx.wait_for_port(nginx.port)
        with watching([nginx.temporary / "body"], nginx.processes) as found:
            visitor = Visitor(nginx.port, "127.0.90.1")
            visitor.open_form()
            visitor.send_form(photo=photos["middle"])
    shutil.rmtree(folder)

    assert any("watched folder" in line for line in found)
