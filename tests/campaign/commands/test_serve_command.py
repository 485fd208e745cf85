"""`schatje serve` refuses what cannot be right; every command gives help."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SITE_URL", "ftp://campaign.example", "SCHATJE_SITE_URL"),
        ("SITE_URL", "https://campaign.example", "SCHATJE_SECRET_KEY"),
        ("PROXIES", "one", "SCHATJE_PROXIES"),
        ("CARD_LIMIT", "many", "SCHATJE_CARD_LIMIT"),
        ("LIMITS_STORAGE", "nowhere://", "SCHATJE_LIMITS_STORAGE"),
        ("SOURCES", "/nowhere", "scenarios.yaml"),
        ("SITE_ULR", "https://campaign.example", "SCHATJE_SITE_URL"),
    ],
)
def test_serve_refuses_a_setting_that_cannot_be_right(setting, value, said, run, monkeypatch):
    monkeypatch.setenv(f"SCHATJE_{setting}", value)
    monkeypatch.setenv("SCHATJE_SITE_URL", value if setting == "SITE_URL" else "http://localhost:1")

    result = run("serve", code=1)

    assert result.output.startswith("Error: ")
    assert said in result.output


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "x"], ["--workers", "0"]])
def test_serve_refuses_a_wrong_option(arguments, run):
    run("serve", *arguments, code=2)


@pytest.mark.parametrize("arguments", [[], ["estimate"], ["card"], ["sources"], ["serve"]])
def test_help_is_given_on_every_level(arguments, run):
    assert "Usage:" in run(*arguments, "--help").output
