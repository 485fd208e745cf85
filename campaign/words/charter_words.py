"""The words by which the rules of the charter know a text, in four languages.

Each is a pattern that is searched without regard to capitals, unless it says otherwise. A pattern
of one language stands on one line for each kind of word. It sees one sentence, so a full stop in it
is that of 90.000.
"""

from typing import Final

from calculator.languages import Language

Patterns = dict[Language, str]

# Names and addresses of their time, and what they are part of: read as if they were not there.
HISTORIC: Final = r"stopkinderprostitutie\.be|stopchildporno\.be"

# Words that call abuse a trade or a genre, or the child a part of it.
OLDER_TERMS: Final[Patterns] = {
    "nl": r"kinder\W?porno\w*|(?:kinder|kind|jeugd|tiener)prostitu\w*|kinderseks|kinderhoer\w*"
    r"|minderjarige (?:prostitu|escort)\w*|prostitutie van (?:minderjarigen|kinderen)"
    r"|\bhoer(?:en)?\b"
    r"|\bkinderlokker\w*",
    "fr": r"p[ée]do\W?porno\w*|pornographie (?:enfantine|infantile|juvénile)|\bputes?\b"
    r"|prostitution (?:enfantine|infantile|juvénile|des mineur|de mineur|d’enfants|des enfants)\w*"
    r"|(?:enfants?|mineure?s?) prostitué\w*|escorte?s? mineure?s?\b",
    "de": r"kinder\W?porno\w*|kinderprostitu\w*|kinderschänder\w*|\bhuren?\b"
    r"|kindersex\w*|prostitution (?:von )?(?:minderjährige|kinder)\w*"
    r"|minderjährige\w? (?:prostituierte|escort)\w*",
    "en": r"child porn\w*|child prostitut\w*|kiddie\w*|prostitution of (?:children|minors)"
    r"|(?:under-?age|minor|juvenile|teen\w*) (?:prostitut|escort)\w*|\bwhores?\b",
}
# Words that hurt or blur without naming a child; between quotation marks they are only named.
RATHER_NOT: Final[Patterns] = {
    "nl": r"prostituee\w*|loverboy\w*|kindermisbruiker\w*|seks(?:werk|toerisme)\w*"
    r"|pedose(?:ks|x)\w*|pedofiel\w*|aangetrokken tot (?:minderjarigen|kinderen)",
    "fr": r"prostituées?|loverboy\w*|p[ée]do\W?(?:phil|sex)\w*|\bpornographie\b|tourisme sexuel"
    r"|travail(?:leuse)? du sexe|attirée?s? par (?:des|les) (?:mineur|enfant)\w*",
    "de": r"prostituierte[nr]?\b|loverboy\w*|sextourismus|sexarbeit\w*|pädophil\w*|pädosex\w*",
    "en": r"prostitutes?\b|loverboy\w*|sex (?:tourism|work)\w*|pa?edo(?:ph|sex)\w*"
    r"|attracted to (?:minors|children)|\bchild sex\b",
}
# What stands before a word that is named, not used.
NAMED: Final = r"[‘“„«'\"][\u00a0 ]?$|(?:zogenoemde|zogenaamde|soi-disant|so-called|sogenannten?) $"

# Words for a child or a victim.
CHILD: Final[Patterns] = {
    "nl": r"\bkind(?:je|jes|eren)?\b(?! focus)|\bminderjarigen?\b|\bslachtoffers?\b|\bmeisjes?\b"
    r"|\bjongens?\b|\bjongeren?\b|\btieners?\b|\bdochters?\b|\bzoon\b|\bzonen\b|\bkids\b",
    "fr": r"\benfants?\b|\bmineure?s?\b|\bvictimes?\b|\bfill(?:ett)?es?\b|\bgarçons?\b|\bjeunes?\b"
    r"|\bado(?:lescente?s?|s?)\b|\bfils\b|\bgamine?s?\b",
    "de": r"\bkind(?:er|ern|es)?\b|\bminderjährige\w*|\bopfers?\b|\bmädchens?\b|\bjungen?\b"
    r"|\bjugendliche\w*|\bteenagern?\b|\bt[oö]chtern?\b|\bs[oö]hn(?:e[ns]?|s)?\b|\bkids\b",
    "en": r"\bchild(?:ren)?\b(?! focus)|\bminors?\b|\bvictims?\b|\bgirls?\b|\bboys?\b"
    r"|\bteen(?:s|age|agers?)?\b|\byoung (?:person|people)|\bdaughters?\b|\bsons?\b|\bkids?\b",
}
# Words that price or sell: beside a child they say what no text may say.
PRICED: Final[Patterns] = {
    "nl": r"\bprij[sz]\w*|\bverkocht\b|\bte koop\b|\bte huur\b|\bkost(?:te|ten|en)?\b|\bwaard\b"
    r"|\btarie(?:f|ven)\b|\bgoedko(?:op|pe)\b|\bhoeveel (?:vraag|voor)\b",
    "fr": r"\bprix\b|\bà vendre\b|\bvendue?s?\b|\bvente\b|\bà louer\b|\bcoûte(?:nt|r)?\b|\bvaut\b"
    r"|\bvalent\b|\btarifs?\b|\bbon marché\b|\bcombien pour\b",
    "de": r"\bpreise?s?\b|\bverkauft\b|\bzu verkaufen\b|\bzu vermieten\b|\bkoste[tn]\b|\bwert\b"
    r"|\btarife?\b|\bbillige?[nrs]?\b|\bwie ?viel für\b",
    "en": r"\bprice[sd]?\b|\bfor sale\b|\bsold\b|\bfor hire\b|\bcosts?\b|\bworth\b|\bfetch(?:es)?\b"
    r"|\bcheap\b|\bhow much for\b|\brates? for\b",
}
# Words of what somebody brings in: beside a child as those that price it, but not where the victim
# is the unit of a sum, as in “per victim”.
YIELDED: Final[Patterns] = {
    "nl": r"\bop(?:levert|brengt|leveren|brengen)\b|\bopbrengst\w*"
    r"|\b(?:brengt|brengen|bracht(?:en)?|levert|leveren|leverden?)\b.*\bop(?=\W*$|[,:])",
    "fr": r"\brapport(?:e|ent|ait|aient|er|era|eront)\b",
    "de": r"\b(?:bringt|bringen|brachten?)\b.*\bein(?=\W*$|[,:])|\beinbring\w*|\beinbrach\w*",
    "en": r"\bbr(?:ings?|ought) in\b|\byields?\b",
}
# Before a child: no child at all.
NEGATED: Final[Patterns] = {
    "nl": r"\bgeen (?:enkel )?$",
    "fr": r"\baucune? $",
    "de": r"\bkeine?[mnrs]? (?:einzige\w? )?$",
    "en": r"\bno $|\bnot (?:one|a single) $",
}
UNIT: Final = r"\b(?:per (?:slachtoffer|victim)|par victime|(?:pro|je) Opfer)\b"
# What leaves no doubt that the child is the thing sold; so does an amount.
FOR_SALE: Final[Patterns] = {
    "nl": r"(?<!niet )\bte (?:koop|huur)\b|\bhoeveel (?:vraag|voor)\b"
    r"|\bprij[sz]\w* (?:van|voor|per)\b"
    r"|\bopbrengst\w*\b.*\bper\b"
    r"|\b(?:wordt|worden|werd|werden)\b.*\bverkocht\b"
    r"|\b(?:wat|hoeveel|zoveel)\b.*\b(?:waard|kosten|kost)\b",
    "fr": r"(?<!pas )\bà (?:vendre|louer)\b|\bcombien pour\b"
    r"|\bprix (?:d’|d'|de|du|des|pour)|\b(?:est|sont|été) vendue?s?\b"
    r"|\bcombien\b.*\b(?:vaut|valent|coûte\w*)\b",
    "de": r"(?<!nicht )\bzu (?:verkaufen|vermieten)\b|\bwie ?viel für\b"
    r"|\bpreis (?:für|ein\w*|des|der)\b"
    r"|\b(?:wird|werden|wurden?)\b.*\bverkauft\b"
    r"|\b(?:was|wie ?viel|so ?viel)\b.*\b(?:wert|kostet|kosten)\b",
    "en": r"(?<!not )\bfor (?:sale|hire)\b|\bhow much for\b|\bprice (?:of|on|for|per)\b"
    r"|\b(?:is|are|was|were|been|being) sold\b|\bsold (?:here|for|on)\b"
    r"|\b(?:what|how much)\b.*\b(?:worth|costs?)\b",
}
# Words of trade that can also be said of what a child itself does.
TRADE: Final[Patterns] = {
    "nl": r"\bkoop|\bkop(?:en|ers?)\b|\bkocht|\bgekocht\b|\bverko[cop]\w*|\bhuren\b|\bhuur een\b"
    r"|\bboek (?:een|nu|hier)\b|\bboekt\b|\bte boeken\b",
    "fr": r"\bvend|\bachet|\bachat|\blou(?:er|ez|é|és|ée)\b|\bmarchandise|\bréserve[rz] une?\b",
    "de": r"\bkauf|\bverkauf|\bgekauf|\bmiet|\bvermiet|\bware\b|\bbuch(?:e|en|t)\b",
    "en": r"\bsale\b|\bsell|\bbuy|\bbought\b|\bmerchandise\b|\bbook (?:an?|now)\b"
    r"|\brent(?:s|ed)? (?:an?|out)\b|\bhire an?\b",
}
# The sentences in which the campaign contradicts it, and costs that are nobody's price.
CONTRADICTED: Final[Patterns] = {
    "nl": r"geen enkel kind (?:heeft )?een prijs|een kind heeft geen prijs"
    r"|alsof een kind koopwaar is|behandelen kinderen als koopwaar, maar dat zijn ze niet"
    r"|(?:na|aftrek van) (?:hun )?kosten|vóór kosten|kosten (?:van bewakers|voor reclame)"
    r"|(?:de )?moeite waard|kost(?:en)?\b[^.,]{0,25}\bniets|(?:geen|zonder) kosten"
    r"|kost(?:en)? geen|kost(?:en)? (?:\w+ )?(?:tijd|moeite|moed)|hoge prijs"
    r"|het waard|evenveel waard|hun kosten|kind (?:koopt|kocht|verkoopt)\b",
    "fr": r"aucun enfant n’a de prix|un enfant n’a pas de prix"
    r"|comme si un enfant était une marchandise"
    r"|traitent les enfants comme une marchandise, mais ils n’en sont pas une"
    r"|(?:vaut|valent) (?:pas |aussi |donc )?(?:mieux|la peine|pour|par)\b"
    r"|prix fort|coûte que du temps|enfant (?:achète|vend)\b|ce que rapportent"
    r"|rapport\w+ (?:à la|au|des (?:propositions|faits|abus))"
    r"|ne coûte(?:nt)? rien|à tout prix|se rapport\w+ à|rapporte que",
    "de": r"kein kind (?:hat )?einen preis|ein kind hat keinen preis|als wäre ein kind eine ware"
    r"|behandeln kinder wie eine ware, aber das sind sie nicht"
    r"|(?:nach|vor) (?:ihren )?kosten|abzug (?:ihrer|von) kosten|bewacher, miete"
    r"|hohen preis|es wert|gleich viel wert|ihre kosten|kostet (?:\w+ )?(?:zeit|mut|kraft)"
    r"|kind (?:kauft|kaufte)\b|der mühe wert|wert (?:auf|legen)"
    r"|kostet\b[^.,]{0,25}\bnichts|keine kosten",
    "en": r"no child has a price|as if a child were merchandise"
    r"|criminals treat children as merchandise, but they are not"
    r"|(?:after|before) (?:their |any )?costs|travel costs|costs?\b[^.,]{0,25}\bnothing"
    r"|worth (?:it|a call|\w+ing)\b|(?:heavy|high) price|(?:their|the) costs|brought in by"
    r"|costs? (?:\w+ )?(?:time|courage)|child (?:buys|bought|sells)\b|(?:at )?no cost|at all costs",
}

# A price for one act or one who pays: the figures hold sums over many, or over a time.
PER_ACT: Final[Patterns] = {
    "nl": r"\b(?:per|voor een|elke) (?:seks)?(?:act|daad|klant|beurt|bezoek|bezoeker|prestatie)\b"
    r"|\b1 (?:beurt|bezoek|klant)\b|\been (?:avond|nacht|uur) (?:bij|met)\b|\bper (?:keer|nacht)\b"
    r"|\b(?:per|voor een) (?:half ?uur|uur|kwartier)\b",
    "fr": r"\b(?:par|la|une|chaque) passe\b|\bpar (?:acte|client|visite|prestation)\b"
    r"|\b1 (?:client|passe|visite)\b|\bune (?:heure|nuit|soirée) avec\b"
    r"|\b(?:par|la|de l[’\']) ?(?:demi-heure|heure|quart d’heure)\b",
    "de": r"\bpro (?:sex)?(?:akt|freier|kunde|kunden|besuch|dienst|mal)\b"
    r"|\b1 (?:besuch|freier|kunde)\b|\bein(?:e|en)? (?:abend|nacht|stunde) mit\b"
    r"|\b(?:pro|für eine?) (?:halbe |viertel)?stunde\b",
    "en": r"\b(?:per|for an?|each|every) (?:sex )?(?:act|client|customer|visit|trick|punter)\b"
    r"|\b1 (?:client|customer|visit)\b|\ban? (?:evening|hour|night) with\b"
    r"|\beuros? an? (?:act|client|visit)\b|\b(?:per|for|an) (?:an? )?(?:half[- ]hour|hour)\b",
}
# Who pays, as no text calls an offender: beside an amount it is a price.
PAYER: Final[Patterns] = {
    "nl": r"\bklant(?:en)?\b|\bhoerenloper\w*",
    "fr": r"\bclients?\b",
    "de": r"\bfreiern?s?\b|\bkunden?\b",
    "en": r"\b(?:clients?|customers?|punters?)\b",
}
AMOUNT: Final = (
    r"\d[\d.,\u00a0 ]*(?:€|\$|£|euros?\b|dollars?\b|pond\b|pounds?\b|livres\b|pfund\b|eur\b)"
    r"|[€$£][\u00a0 ]?\d[\d.,]*"
)
PAID: Final[Patterns] = {
    "nl": rf"{AMOUNT}|\bprij[sz]\w*|\btarie\w*|\bbetaal\w*|\bkost(?:en|te|ten)?\b",
    "fr": rf"{AMOUNT}|\bprix\b|\btarifs?\b|\bpa[iy]e\w*|\bcoûte\w*",
    "de": rf"{AMOUNT}|\bpreise?\b|\btarife?\b|\b(?:be)?zahl\w*|\bkoste[tn]\b",
    "en": rf"{AMOUNT}|\bprices?\b|\bpays?\b|\bpaid\b|\bcosts?\b|\bfees?\b",
}

# Stems that no sentence about takings, signs or help needs.
ACTS: Final[Patterns] = {
    "nl": r"\bpenetr\w*|\borale seks|\banale?\b|\bmasturb\w*|\bejacul\w*|\bneuk\w*"
    r"|\bpijp(?:en|t|beurt)\b"
    r"|\bnaakt(?:e)? (?:kind|meisje|jongen)\w*|\bsexy\b|\bopwindend\w*",
    "fr": r"\bpénétr\w*|\bfellation\w*|\bsodom\w*|\bmasturb\w*|\béjacul\w*|\banale?s?\b|\bsexy\b"
    r"|(?:enfant|fill(?:ett)?e|garçon|mineure?)s? nue?s?\b"
    r"|\bexcitant\w*",
    "de": r"\bpenetr\w*|\boralsex|\bmasturb\w*|\bejakul\w*|\bfick\w*"
    r"|\banal(?:er|e|es|en|verkehr)?\b|\bnackte[nrs]? (?:kind|mädchen|junge)\w*"
    r"|\bsexy\b|\berregend\w*",
    "en": r"\bpenetrat\w*|\boral sex|\bmasturb\w*|\bejacul\w*|\bsodom\w*|\banal\b"
    r"|\bsexy\b|\barousing\b|\b(?:naked|nude) (?:child|girl|boy|kid|minor)\w*",
}

_AGE: Final = r"(?:[5-9]|1\d)"
_NAME: Final = r"(?-i:\b[A-ZÀ-Ý][a-zà-ÿ]{2,}\b)"
_END: Final = r"(?=\s*(?:[,.;)!?]|$))"
_BARE: Final = rf"|{_NAME}, {_AGE}(?=,)"
# A first name with an age: one person. Between commas or brackets it may be a place with a count.
NAMED_AGE: Final[Patterns] = {
    "nl": rf"{_NAME}(?: is|,) {_AGE} jaar(?: oud\b|{_END})|{_NAME} \({_AGE}(?: jaar)?\){_BARE}",
    "fr": rf"{_NAME}(?: a|,) {_AGE} ans{_END}|{_NAME} \({_AGE}(?: ans)?\){_BARE}",
    "de": rf"{_NAME}(?: ist|,) {_AGE} Jahre alt\b|{_NAME} \({_AGE}(?: Jahre)?\)",
    "en": rf"{_NAME}(?: is|,) {_AGE} years old|{_NAME}, aged? {_AGE}\b|{_NAME} \({_AGE}\){_BARE}",
}
# Before a place, whose count stands between brackets.
PLACE: Final = r"\b(?:in|te|uit|à|en|de|aus|from|at|of)\W+$"
# One child with its age.
ONE_AGE: Final[Patterns] = {
    "nl": rf"\b(?:een|het|dit|dat|één) (?:\w+ )?(?:meisje|jongen|kind|tiener|jongere|slachtoffer"
    rf"|dochter|zoon) van {_AGE}\b|\b(?:een|het|de|één) {_AGE}-jarige?(?: (?:meisje|jongen|kind"
    rf"|tiener|slachtoffer|dochter|zoon))?\b|\b(?:ze|zij|hij) (?:is|was) (?:pas )?{_AGE}\b",
    "fr": rf"\b(?:une?|la|le|l’|cette|cet) ?(?:jeune )?(?:fille|fillette|garçon|enfant|ado\w*"
    rf"|mineure?|victime) (?:de|âgée? de) {_AGE} ans\b"
    rf"|\b(?:elle|il) (?:a|avait) {_AGE} ans\b",
    "de": rf"\b(?:eine?[mnrs]?|das|die|der|dem|den) {_AGE}-?jährige[mnrs]?\b"
    rf"|\b(?:ein|das|einem) (?:Mädchen|Junge|Kind|Opfer) von {_AGE}\b"
    rf"|{_NAME}, {_AGE} Jahre{_END}|\b(?:sie|er) (?:ist|war) (?:erst )?{_AGE}\b",
    "en": rf"\b(?:an?|the|one|this) {_AGE}[- ]year[- ]old\b"
    rf"|\b(?:a|the|one) (?:girl|boy|child|teenager|victim) (?:of|aged?) {_AGE}\b"
    rf"|\b(?:she|he) (?:is|was) (?:only )?{_AGE}\b",
}

# In what a figure says, beside its place and year: one victim alone.
ONE_VICTIM: Final[Patterns] = {
    "nl": r"\b(?:één|een) (?:slachtoffer|meisje|vrouw)\b(?! op)|\bwas ze\b",
    "fr": r"\bune (?:seule )?(?:victime|fille|femme)\b(?! sur| française)|\bdont une\b",
    "de": r"\bein(?:e|es|em|er)? (?:Opfer|Mädchen|Frau)\b(?!s)|\beine davon\b",
    "en": r"\b(?:one|a) (?:victim|girl|woman)\b|\bshe\b|\bone of them\b",
}

# Beside these a promise is taken back.
NOT_PROMISED: Final[Patterns] = {
    "nl": r"\b(?:niet|geen|niets|zonder)\b",
    "fr": r"\b(?:pas|rien|aucune?|sans)\b|\bgaranti\w* par\b",
    "de": r"\b(?:nicht|nichts|kein\w*|ohne)\b",
    "en": r"\b(?:not|cannot|no|never|without)\b|n[’']t\b",
}
# What no site can keep.
PROMISES: Final[Patterns] = {
    "nl": r"\bgegarandeerd\b|\bgaranderen\b|\bgarantie\b"
    r"|\b100 ?(?:%|procent) (?:anoniem|veilig|zeker)"
    r"|\b(?:altijd|volledig|helemaal|volkomen) (?:anoniem|veilig|onvindbaar|geheim)\b"
    r"|\b(?:niemand zal|zal niemand) (?:ooit )?(?:iets )?(?:weten|merken)|\bzonder enig risico\b",
    "fr": r"\bgaranti(?:e|es|s|r|ssons)?\b|\b100 ?% (?:anonyme|sûr)|\btotalement (?:anonyme|sûr)"
    r"|\b(?:toujours|complètement|entièrement|absolument) (?:anonyme|sûr|secret)"
    r"|\bpersonne ne (?:le )?saura\b|\bsans aucun risque\b",
    "de": r"\bgarantier\w*|\bgarantie\b|\b100 ?(?:%|prozent) (?:anonym|sicher)"
    r"|\b(?:immer|völlig|vollkommen|absolut|vollständig) (?:anonym|sicher|geheim)\b"
    r"|\bniemand (?:wird|erfährt) (?:es |davon )?(?:je|erfahren)|\bohne jedes risiko\b",
    "en": r"\bguarantee\w*|\b100 ?(?:%|per ?cent) (?:anonymous|safe|secure)"
    r"|\b(?:always|completely|totally|fully|absolutely) (?:anonymous|safe|secure|secret)\b"
    r"|\bnobody will (?:ever )?(?:know|find out)\b|\bno risk at all\b|\brisk-free\b",
}
# A photo can be sent to the server, where a browser cannot read it: “never” needs its condition.
PHOTO_NEVER: Final[Patterns] = {
    "nl": r"\bfoto\b.*\b(?:verlaat|verstuurd|verzonden|gestuurd|naar)\b.*\bnooit\b"
    r"|\bfoto\b.*\bnooit\b.*\b(?:verlaat|verstuurd|verzonden|gestuurd|naar)\b",
    "fr": r"\bphoto\b.*\b(?:quitte\w*|envoyée|transmise|reçue)\b.*\bjamais\b"
    r"|\bphoto\b.*\bjamais\b.*\b(?:quitte\w*|envoyée|transmise|reçue)\b",
    "de": r"\bfoto\b.*\b(?:verlässt|gesendet|geschickt|übertragen)\b.*\bnie(?:mals)?\b"
    r"|\bfoto\b.*\bnie(?:mals)?\b.*\b(?:verlassen|gesendet|geschickt|übertragen)\b",
    "en": r"\bphoto\b.*\bnever\b.*\b(?:leaves?|sent|uploaded|reach(?:es)?)\b",
}
CONDITION: Final = r"JavaScript|zonder|sans|ohne|without"
