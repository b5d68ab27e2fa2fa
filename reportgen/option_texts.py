"""The texts of options as the user gave them, or else of their defaults."""

from __future__ import annotations

import os

from reportgen.choices import Choice, parse_choice
from reportgen.errors import UsageError
from reportgen.option_table.table import DEFAULTS, option_name
from reportgen.options import Options


class OptionTexts:
    """The texts of options, or else of their defaults."""

    def __init__(self, options: Options) -> None:
        self._set = options.set_fields()

    def is_given(self, name: str) -> bool:
        """Return whether an option is set."""
        return name in self._set

    def text(self, name: str) -> str:
        """Return the text of an option; "" where it has neither text nor default.

        Raises:
            UsageError: it was given as another type.
        """
        return self._as_text(name, self._set.get(name, DEFAULTS.get(name, "")))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of an option that may be repeated."""
        value = self._set.get(name, ())
        if isinstance(value, str | os.PathLike):
            return (self._as_text(name, value),)
        if not isinstance(value, list | tuple):
            raise self._wrong_type(name, value, "a tuple of texts")
        return tuple(self._as_text(name, text) for text in value)

    def switch(self, name: str) -> bool:
        """Return whether a switch is on."""
        value = self._set.get(name, False)
        if not isinstance(value, bool):
            raise self._wrong_type(name, value, "True or False")
        return value

    def choice(self, choices: type[Choice], name: str) -> Choice:
        """Return one of several named values."""
        return parse_choice(choices, self.text(name), option_name(name))

    def _as_text(self, name: str, value: object) -> str:
        if not isinstance(value, str | os.PathLike):
            raise self._wrong_type(name, value, "a text")
        return str(value)

    @staticmethod
    def _wrong_type(name: str, value: object, expected: str) -> UsageError:
        kind = type(value).__name__
        return UsageError(f"Options.{name} is of type {kind}; it must be {expected}")
