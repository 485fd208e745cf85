"""One question about one field, asked until the answer holds by the loader's own rules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import click
from pydantic import BaseModel, TypeAdapter, ValidationError

from calculator.figures.describe import FieldDescription, describe
from calculator.figures.manual import TEXTS, VALUES, Words
from calculator.figures.publication import LANGUAGES, Texts
from calculator.languages import OF_THE_CODE, Language, name_in
from calculator.loading.wording import say_what_is_wrong

# Gives what is wrong with an answer that holds by itself, None where nothing is.
Objection = Callable[[str], str | None]


def ask_field(
    record: type[BaseModel],
    name: str,
    words: Words,
    *,
    allowed: Sequence[str] = (),
    suggestion: str | None = None,
    objection: Objection | None = None,
) -> str | None:
    """Ask for one field of a record; None where it is left out.

    `allowed` may be less than the field allows, `suggestion` is what Enter alone stands for, and
    `objection` a rule that looks beyond this field.
    """
    field = describe(record)[name]
    choices = tuple(allowed) or field.choices
    _explain(field, words, choices)
    optional = not field.required and not words.needed.startswith("with")
    while True:
        answer = _prompt(name, suggestion if suggestion is not None else "" if optional else None)
        if not answer and optional:
            return None
        if answer.isdecimal() and choices and 1 <= int(answer) <= len(choices):
            answer = choices[int(answer) - 1]
        wrong = problem_with(record, name, answer)
        if wrong is None and choices and answer not in choices:
            wrong = f"{name} is {answer!r}. Allowed here: {', '.join(choices)}"
        if wrong is None and objection is not None:
            wrong = objection(answer)
        if wrong is None:
            return answer
        click.secho(f"  {wrong}", fg="red")


def ask_texts(record: type[BaseModel], name: str, words: Words) -> dict[str, str]:
    """Ask for one text in the languages of the site."""
    _explain(describe(record)[name], words, ())
    while True:
        texts: dict[str, str] = {language: _ask_text(name, language) for language in LANGUAGES}
        if len(set(texts.values())) > 1:
            return texts
        click.secho("  This is the same text in every language. Translate it", fg="red")


def _ask_text(name: str, language: Language) -> str:
    while True:
        answer = _prompt(f"{name}, in {name_in(language, OF_THE_CODE)}", None)
        wrong = problem_with(Texts, language, answer)
        if wrong is None:
            return answer
        click.secho(f"  {wrong} (such as {TEXTS[language].good})", fg="red")


def problem_with(record: type[BaseModel], name: str, answer: str) -> str | None:
    """Say what the loader would say of this answer, None where it takes it."""
    field = record.model_fields[name]
    # A field that may be left out admits None as well, of which no file can speak.
    rule: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else (
        field.annotation
    )  # fmt: skip
    try:
        TypeAdapter(rule).validate_python(answer)
    except ValidationError as error:
        [detail, *_] = error.errors(include_url=False)
        return say_what_is_wrong({**detail, "loc": (name,)}, answer, record)
    return None


def _explain(field: FieldDescription, words: Words, choices: Sequence[str]) -> None:
    needed = "" if field.required else f" (needed {words.needed})" if words.needed else (
        " (may be left out: press Enter)"
    )  # fmt: skip
    click.echo()
    click.secho(f"{field.name}{needed}", bold=True)
    meaning = ". ".join(text.rstrip(".") for text in (field.description, words.note) if text)
    click.echo(f"  {meaning.replace('`', '')}.")
    meanings: Mapping[str, str] = VALUES.get(field.name, {})
    for number, choice in enumerate(choices, 1):
        click.echo(f"  {number:>2}  {choice:<26}{meanings.get(choice, '').replace('`', '')}")
    if not choices:
        click.echo(f"  good: {words.good}   not: {words.bad}")


def _prompt(text: str, default: str | None) -> str:
    answer: str = click.prompt(
        f"  {text}", default=default, show_default=bool(default), type=str, prompt_suffix=": "
    )
    # As in the examples: whoever types the quotation marks of the file means the text in them.
    answer = answer.strip()
    quoted = len(answer) > 1 and answer.startswith('"') and answer.endswith('"')
    return answer[1:-1] if quoted else answer
