"""Public bodies by the name that each language has for them; other publishers keep their own."""

from typing import Final

from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

# The name as published, and the same in English.
_BODIES: Final = {
    "International Labour Organization (ILO)": _("International Labour Organization (ILO)"),
    "European Commission": _("European Commission"),
    "Council of Europe": _("Council of Europe"),
    "UNODC": _("UNODC"),
    "United Nations Office on Drugs and Crime (UNODC)": _(
        "United Nations Office on Drugs and Crime (UNODC)"
    ),
    "United Nations Regional Information Centre (UNRIC)": _(
        "United Nations Regional Information Centre (UNRIC)"
    ),
    "Financial Action Task Force (FATF), Asia/Pacific Group on Money Laundering (APG)": _(
        "Financial Action Task Force (FATF), Asia/Pacific Group on Money Laundering (APG)"
    ),
    "UK Home Office": _("UK Home Office"),
    "House of Commons Home Affairs Committee": _(
        "British House of Commons, Home Affairs Committee"
    ),
    "High Court of England and Wales": _("High Court of England and Wales"),
    "Public Safety Canada": _("Public Safety Canada"),
    "US Department of State": _("US Department of State"),
    "Federale politie": _("Belgian Federal Police"),
    "Zorgcentra na Seksueel Geweld": _("Belgian Sexual Assault Care Centres"),
    "Openbaar Ministerie (Antwerpen)": _("Public prosecution service, Antwerp"),
    "Openbaar Ministerie": _("Dutch public prosecution service"),
    "Politie": _("Dutch police"),
    "Nationaal Rapporteur Mensenhandel": _("Dutch National Rapporteur on Trafficking"),
    "Parket bij de Hoge Raad (conclusie van de advocaat-generaal)": _(
        "Dutch Supreme Court, opinion of the advocate-general"
    ),
    "Bundeskriminalamt (BKA)": _("German Federal Criminal Police (BKA)"),
    "Unabhängige Beauftragte für Fragen des sexuellen Kindesmissbrauchs (UBSKM)": _(
        "German Independent Commissioner for Child Sexual Abuse Issues (UBSKM)"
    ),
    "Commission consultative des Droits de l’Homme (CCDH)": _(
        "Consultative Human Rights Commission of Luxembourg (CCDH)"
    ),
    "Groupe de travail sur la prostitution des mineurs": _(
        "Working group of the French government, 2021"
    ),
    "Interstats (ministère de l’Intérieur)": _("Interstats (French Ministry of the Interior)"),
}


def say_publisher(name: str) -> str:
    """Return who published or reports something, by the name a reader knows."""
    return gettext(_BODIES[name]) if name in _BODIES else name
