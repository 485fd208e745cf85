"""Everything a result shows, brought together once for the form's answer and the shared page."""

import base64
from urllib.parse import quote, urlencode

from flask import render_template

from calculator.card.layout import FORMATS
from calculator.errors import WholeReason
from calculator.estimate import Estimate
from calculator.sensitivity import sensitivity
from campaign.cards.addresses import DEFAULT_FORMAT, card_path, words_for
from campaign.cards.device import device_setup
from campaign.published.state import published
from campaign.views.chart import draw_chart, draw_range
from campaign.views.context import page_url
from campaign.words.card import NAME, name_format
from campaign.words.caution import quote_beside, say_cautions, say_working
from campaign.words.estimate import (
    explain_figures,
    explain_variations,
    say_about_whom,
    say_leave_one_out,
)
from campaign.words.families import say_families
from campaign.words.i18n import catalogue, current_language, gettext
from campaign.words.terms import WHOLE_PHOTO


def result_page(
    result: Estimate,
    *,
    card_format: str = DEFAULT_FORMAT,
    card: bytes | None = None,
    whole_because: WholeReason | None = None,
) -> str:
    """Make the page of a result.

    `card`, of this format, bears the visitor's photo and is shown inside the page in the place of
    the drawn child; where the whole photo was made unrecognisable the page says why.
    """
    language = current_language()
    sources = published().sources
    rows = explain_figures(result, sources.families, language)
    found = sensitivity(sources, result.evidence)
    words = words_for(result, language)
    layout = FORMATS[card_format]
    title = result.chosen.beside_title
    first_caution, *cautions = say_cautions(result, found, language)
    return render_template(
        "pages/result.html",
        result=result,
        words=words,
        setup=device_setup(result, words, card_format),
        card_data=base64.b64encode(card).decode() if card else None,
        download_name=f"{words.name.lower().replace(' ', '-')}.jpg",
        card_width=layout.width_px,
        card_height=layout.height_px,
        cards=[
            {
                "name": name_format(name, catalogue(language)).partition(" (")[0],
                "path": card_path(words, result, name),
                "format": name,
            }
            for name in FORMATS
        ],
        whole_photo=gettext(WHOLE_PHOTO[whole_because]) if whole_because else None,
        rows=rows,
        bar=draw_range(result.shown),
        chart=draw_chart(say_families(result, sources.families, language), result),
        variations=explain_variations(found, language),
        about_whom=say_about_whom(result),
        leave_one_out=say_leave_one_out(result, found, sources.families, language),
        caution=first_caution,
        cautions=cautions,
        # As a word, which the page sets in capitals: programs that read aloud spell them out.
        label=words.label.lower(),
        working=tuple(say_working(result, sources.scenarios.margin.value, language)),
        beside_title=title.in_language(language) if title else None,
        beside=quote_beside(result, sources.families, language),
        share=share_links(result),
        **offered_choices(),
    )


def offered_choices(*, in_full: bool = False) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen, by name; in full, with what a region needs said beside it."""
    scenarios, language = published().sources.scenarios, current_language()
    names = [(in_full and each.choice) or each.label for each in scenarios.regions]
    return {
        "regions": [
            (each.id, name.in_language(language))
            for each, name in zip(scenarios.regions, names, strict=True)
        ],
        "periods": [(each.id, each.label.in_language(language)) for each in scenarios.periods],
    }


def share_links(result: Estimate) -> dict[str, str]:
    """Return plain links that share the photo-free result; nothing loads before a click."""
    url = page_url("result", None, f"/{result.region}/{result.period}")
    # Networks rightly block links that join "child" with "price" (charter, rule 14).
    text = gettext("What criminals earn from sexual exploitation, and where to find help:")
    return {
        "url": url,
        "facebook": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}",
        "whatsapp": f"https://wa.me/?{urlencode({'text': f'{text} {url}'})}",
        "email": f"mailto:?subject={quote(gettext(NAME))}&body={quote(f'{text} {url}')}",
    }
