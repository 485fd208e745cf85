"""Read pages and their forms as a browser without JavaScript would."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.alerts, self.words = [], [], []
        self._select = self._textarea = None
        self._alert_depth = 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if self._alert_depth and tag not in ("input", "br", "img", "meta", "link"):
            self._alert_depth += 1
        if given.get("role") == "alert" and not self._alert_depth:
            self._alert_depth = 1
            self.alerts.append("")
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}, "buttons": []})
        fields = self.forms[-1]["fields"] if self.forms else {}
        if tag == "input" and given.get("name"):
            fields[given["name"]] = given.get("value") or ""
        elif tag == "select":
            self._select = given["name"]
            fields[self._select] = None
        elif tag == "option" and self._select:
            if "selected" in given or fields[self._select] is None:
                fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._textarea = given["name"]
            fields[self._textarea] = ""
        elif tag == "button" and self.forms:
            self.forms[-1]["buttons"].append(given.get("value"))

    def handle_endtag(self, tag):
        if self._alert_depth and tag not in ("input", "br", "img"):
            self._alert_depth -= 1
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            fields = self.forms[-1]["fields"]
            # A browser leaves out the line end right after <textarea>.
            fields[self._textarea] = fields[self._textarea].removeprefix("\n")
            self._textarea = None

    def handle_data(self, data):
        if self._textarea is not None:
            self.forms[-1]["fields"][self._textarea] += data
            return
        self.words.append(data)
        if self._alert_depth:
            self.alerts[-1] += data


class Page:
    """One answer of the desk: its words, its alerts, and the form that ends it."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        reader = _Reader()
        reader.feed(self.html)
        self.words = " ".join(" ".join(reader.words).split())
        self.alerts = [" ".join(alert.split()) for alert in reader.alerts]
        self._forms = reader.forms

    @property
    def action(self):
        return self._forms[-1]["action"]

    @property
    def fields(self):
        return dict(self._forms[-1]["fields"])

    @property
    def buttons(self):
        return self._forms[-1]["buttons"]
