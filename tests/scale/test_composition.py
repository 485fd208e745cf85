"""The composition holds: shared limit, instances that go and come, new figures, no counters."""

from __future__ import annotations

import json
import time

from composition import change_a_figure
from visiting import PAGES, Crowd, Visitor

LIMIT = 30


def figures_of(site):
    return json.loads(site.readiness().partition("\r\n\r\n")[2])["figures"]


def cards_drawn_by(site):
    return sum("method=POST" in line and "status=200" in line for line in site.written)


def ask_until_refused(visitor, most):
    codes = []
    for _ in range(most):
        codes.append(visitor.send_form().status)
        if codes[-1] == 429:
            break
    return codes


def test_two_instances_count_one_limit(whole, tell):
    visitor = Visitor(whole.port, "127.0.7.1")
    visitor.open_form()
    before = [cards_drawn_by(site) for site in whole.sites]

    codes = ask_until_refused(visitor, LIMIT + 10)

    assert codes == [200] * LIMIT + [429]
    time.sleep(0.3)
    drawn = [
        cards_drawn_by(site) - earlier for site, earlier in zip(whole.sites, before, strict=True)
    ]
    assert all(drawn), f"both instances drew cards: {drawn}"
    assert sum(drawn) == LIMIT
    neighbour, stranger = Visitor(whole.port, "127.0.7.99"), Visitor(whole.port, "127.0.8.1")
    for each in (neighbour, stranger):
        each.open_form()
    assert neighbour.send_form().status == 429, "the same /24"
    assert stranger.send_form().status == 200, "another network"
    tell(f"one limit: {LIMIT} cards from one network, {drawn[0]} + {drawn[1]} on the two, then 429")


def test_an_address_that_a_visitor_makes_up_counts_for_nothing(whole):
    visitor = Visitor(whole.port, "127.0.9.1")
    visitor.open_form()
    codes = [
        visitor.ask(
            "/nl/foto",
            "POST",
            visitor.form(),
            {
                "Content-Type": "multipart/form-data; boundary=of-the-tests-of-scale",
                "Accept": "image/jpeg",
                "X-Forwarded-For": f"198.51.{number}.1",
                "Forwarded": f"for=198.51.{number}.1",
                "X-Forwarded-Host": "evil.example",
            },
        ).status
        for number in range(LIMIT + 1)
    ]

    assert codes == [200] * LIMIT + [429]


def test_nothing_fails_while_an_instance_is_killed_and_comes_back(whole, photos, tell):
    site = whole.sites[0]
    crowd = Crowd(whole.port)
    makers = Crowd(whole.port, visitors=2, photo=photos["middle"], pause_seconds=0.3, network=120)
    with crowd.visiting(), makers.visiting():
        time.sleep(1)
        site.kill()
        time.sleep(3)
        site.start()
        back = site.wait_until_ready()
        time.sleep(1)

    assert not crowd.failures, crowd.failures[:5]
    assert sum(crowd.statuses.values()) > 50
    assert not makers.failures, makers.failures[:5]
    assert makers.statuses["200"] > 3
    tell(
        f"an instance killed (SIGKILL) and back after {back:.1f} s under load:"
        f" pages {crowd.summary()}; cards with a photo {makers.summary()}"
    )


def test_nothing_fails_while_new_figures_roll_over_the_instances(whole, photos, tell):
    """Pages, an old link card and cards with a photo: an instance that stops finishes them."""
    old = {figures_of(site) for site in whole.sites}
    assert len(old) == 1
    page = Visitor(whole.port).ask("/nl/resultaat/BE/1y").text
    card = page.partition('property="og:image" content="')[2].partition('"')[0]
    # Which a network may ask for any time later.
    old_card = "/card/" + card.partition("/card/")[2]
    stopped = []
    readers = Crowd(whole.port, visitors=4, paths=[*PAGES, old_card])
    makers = Crowd(whole.port, visitors=2, photo=photos["middle"], pause_seconds=0.3)
    with readers.visiting(), makers.visiting():
        time.sleep(1)
        for site in whole.sites:
            change_a_figure(site.sources)
            stopped.append(site.stop())
            site.start()
            site.wait_until_ready()
        time.sleep(1)

    assert not readers.failures, readers.failures[:5]
    assert not makers.failures, makers.failures[:5]
    assert makers.statuses["200"] > 3
    new = {figures_of(site) for site in whole.sites}
    assert len(new) == 1
    assert new != old
    tell(
        f"new figures, one instance after the other (stopped in {stopped[0]:.1f} and"
        f" {stopped[1]:.1f} s): pages {readers.summary()}; cards with a photo {makers.summary()}"
    )


def test_pages_and_cards_go_on_while_the_counters_are_gone(whole, tell):
    visitor = Visitor(whole.port, "127.0.21.1")
    visitor.open_form()
    with Crowd(whole.port, visitors=4).visiting() as crowd:
        time.sleep(0.5)
        whole.counters.kill()
        codes = [visitor.send_form().status for _ in range(10)]
        ready = [site.readiness() for site in whole.sites]
        seconds = []
        for _ in range(5):
            began = time.monotonic()
            codes.append(visitor.send_form().status)
            seconds.append(time.monotonic() - began)
        whole.counters.start()
        whole.counters.wait_for_port(whole.counters_port)
        time.sleep(6)  # after which an instance asks the counters again
        again = Visitor(whole.port, "127.0.22.1")
        again.open_form()
        later = ask_until_refused(again, 2 * LIMIT + 1)

    assert not crowd.failures, crowd.failures[:5]
    assert codes == [200] * 15, "cards go on, counted by each instance"
    for text in ready:
        assert text.split()[1] == "200", "an instance without counters still takes visitors"
        assert "down" in text, "and says that it counts alone"
    assert later == [200] * LIMIT + [429], "and the two count together again"
    assert all("down" not in site.readiness() for site in whole.sites)
    tell(
        f"Redis killed and back: pages {crowd.summary()};"
        f" slowest card without it {max(seconds) * 1000:.0f} ms"
    )
