"""The form that sends a photo: with the two choices, and nothing about a child."""

from collections.abc import Callable

from flask import current_app, request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from calculator.card.layout import FORMATS
from campaign.cards.addresses import DEFAULT_FORMAT
from campaign.published.state import Published
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _
from campaign.words.terms import FORMAT_NAMES


def _offered(message: str) -> Callable[[FlaskForm, RadioField], None]:
    """Return a check that refuses with `message` what is not offered, and no choice."""

    def check(form: FlaskForm, field: RadioField) -> None:
        if field.data not in [value for value, _label, *_rest in field.iter_choices()]:
            raise ValidationError(message)

    return check


class PhotoForm(FlaskForm):
    """Region, period, card format, photo and the parent's confirmation."""

    wants_card = False  # alone, as a picture: then a photo is not needed

    region = RadioField(validators=[_offered(_("Choose a region"))], validate_choice=False)
    period = RadioField(validators=[_offered(_("Choose a period"))], validate_choice=False)
    photo = FileField()
    consent = BooleanField()
    format = RadioField(
        validators=[_offered(_("Choose a format for the card"))],
        default=DEFAULT_FORMAT,
        validate_choice=False,
    )

    def offer(self, state: Published) -> None:
        """Fill in what can be chosen, in the language of the page."""
        scenarios, language = state.sources.scenarios, current_language()
        self.region.choices = [(x.id, x.label.in_language(language)) for x in scenarios.regions]
        self.period.choices = [(x.id, x.label.in_language(language)) for x in scenarios.periods]
        self.format.choices = [(key, gettext(FORMAT_NAMES[key])) for key in FORMATS]
        if not self.format.data:
            self.format.data = DEFAULT_FORMAT

    @property
    def upload(self) -> FileStorage | None:
        """Return the photo sent along, None where the visitor chose none."""
        sent = self.photo.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None

    def validate_photo(self, _field: FileField) -> None:
        """Ask for the photo, which this page is for."""
        if self.upload is None and not self.wants_card:
            raise ValidationError(_("Choose a photo, or go on without one"))

    def validate_consent(self, field: BooleanField) -> None:
        """Ask for the confirmation, but only where there is a photo."""
        if self.upload is not None and not field.data:
            message = _(
                "Confirm that you are the parent or guardian and that your child agrees or is too"
                " young to understand, or remove the photo"
            )
            raise ValidationError(message)

    def problems(self) -> list[tuple[str, str]]:
        """List field and instruction for the error summary, in the order of the page."""
        found = [
            (name, gettext(str(message)))
            for name in ("region", "period", "photo", "consent", "format")
            for message in self[name].errors
        ]
        if self.errors.get("csrf_token"):
            found.append(self._say_refused())
        return found

    @staticmethod
    def _say_refused() -> tuple[str, str]:
        """Return what is true of a form that does not bring its token, and where to go on."""
        if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
            return "photo", gettext(
                "This page was open for a long time. Choose the photo again and press the button"
            )
        return "without", gettext(
            "Your browser sent no cookie. A form with a photo needs one, so that nobody can"
            " send it in your name. Cookies may be blocked: allow them for this site and choose the"
            " photo again, or go on without sending a photo"
        )
