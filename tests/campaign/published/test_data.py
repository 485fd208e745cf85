"""The figures as data: complete, described column by column, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import inspect
import io
import json

import pytest

from campaign.published.data import _cell, _figure_rows

LANGUAGES = ("nl", "fr", "de", "en")


def read_csv(site, name):
    response = site.get(f"/data/{name}.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert f'filename="{name}.csv"' in response.headers["Content-Disposition"]
    assert response.data.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark to read UTF-8"
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def rows(site):
    return read_csv(site, "figures")


@pytest.fixture(scope="module")
def dictionary(site):
    return read_csv(site, "dictionary")


@pytest.fixture(scope="module")
def data(site):
    response = site.get("/data/figures.json")
    assert response.content_type == "application/json"
    return json.loads(response.data)


def test_csv_has_one_row_for_each_figure(site, rows):
    expected = {figure.id for _publication, figure in site.published.sources.shown()}
    assert {row["id"] for row in rows} == expected
    assert len(rows) == len(expected)


def test_json_has_the_same_figures_and_names_its_state(site, data, rows):
    figures = [figure for item in data["publications"] for figure in item["figures"]]
    assert {figure["id"] for figure in figures} == {row["id"] for row in rows}
    assert len(figures) == len(rows)
    assert len(data["publications"]) == len(
        {publication.id for publication, _figure in site.published.sources.shown()}
    )
    assert data["digest"] == site.published.sources.digest


def test_every_column_stands_in_the_dictionary_once(rows, dictionary):
    described = [row["column"] for row in dictionary]
    assert set(rows[0]) == set(described)
    assert len(set(described)) == len(described)


def test_dictionary_says_what_each_column_means(dictionary, rows):
    for row in dictionary:
        assert len(row["meaning"].split()) >= 2, row["column"]
        assert row["required"] in ("yes", "no")
        if row["allowed"]:
            allowed = set(row["allowed"].split(" | "))
            found = {item[row["column"]] for item in rows} - {""}
            assert found <= allowed, row["column"]
        if row["required"] == "yes":
            assert all(item[row["column"]] for item in rows), row["column"]


def test_csv_and_json_agree_on_each_number(data, rows):
    by_id = {row["id"]: row for row in rows}
    for publication in data["publications"]:
        for figure in publication["figures"]:
            row = by_id[figure["id"]]
            assert row["publication_id"] == publication["id"]
            for name in ("low", "central", "high"):
                assert (float(row[name]) if row[name] else None) == figure.get(name)
            for language in LANGUAGES:
                assert row[f"says_{language}"] == figure["says"][language]


def test_spreadsheets_in_belgium_get_the_same_rows(site, rows):
    """Excel with Belgian settings divides cells by semicolons, and numbers have a comma."""
    response = site.get("/data/figures-excel.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert 'filename="figures-excel.csv"' in response.headers["Content-Disposition"]
    assert response.data.startswith(b"\xef\xbb\xbf")
    text = response.data.decode("utf-8-sig")
    opened = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert list(opened[0]) == list(rows[0])
    for ours, plain in zip(opened, rows, strict=True):
        for name in ("low", "central", "high"):
            assert "." not in ours[name], "a point would make it a date, or text"
            assert ours[name].replace(",", ".") == plain[name]
        assert ours["says_nl"] == plain["says_nl"]
    assert any("," in row["central"] for row in opened)


def test_the_address_for_spreadsheets_is_linked_where_the_others_are(site):
    for page in ("/nl/bronnen", "/fr/presse"):
        assert 'href="/data/figures-excel.csv"' in site.get(page).get_data(as_text=True)


def test_no_cell_can_be_run_as_a_formula(rows, dictionary):
    for row in [*rows, *dictionary]:
        for column, cell in row.items():
            assert cell[:1] not in ("=", "+", "@", "\t", "\r"), (column, cell)
            assert not (cell.startswith("-") and not cell[1:2].isdigit()), (column, cell)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_like_a_formula_is_made_harmless(start):
    assert _cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    for skipped in (" ", "\u00a0", "\u200b", "\u200e", "\u2060", "\u00ad", " \u00a0"):
        assert _cell(f"{skipped}{start}x(1)").startswith("'"), "a spreadsheet skips it"
    # Where cells are divided by semicolons, as in Belgium.
    assert _cell(f"a;{start}x(1); b") == f"a;'{start}x(1); b"
    assert _cell("plain; words: 1 + 1 = 2") == "plain; words: 1 + 1 = 2"
    assert _cell("＝1+1") == "'＝1+1"
    assert _cell(27252.0) == 27252
    assert _cell(None) == ""


def test_texts_of_figures_pass_the_same_guard(site):
    """Labels and sentences are staff's own words, but a spreadsheet does not know that."""
    source = inspect.getsource(_figure_rows)
    assert source.count("_cell(") == 3, "all three groups of columns"


def test_data_says_only_what_the_schema_allows(data):
    forbidden = {"act", "client", "price", "victim_name", "age_of_victim", "looks"}
    for publication in data["publications"]:
        for figure in publication["figures"]:
            assert not forbidden & set(figure)
