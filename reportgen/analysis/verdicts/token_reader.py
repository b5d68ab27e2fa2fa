"""Token reader: goes over the tokens of a check from left to right, and refuses what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from reportgen.analysis.verdicts.check_tokens import Token, refusal, tokens
from reportgen.errors import UsageError


class TokenReader:
    """Reads the tokens of one check.

    Args:
        text: the check, as given.

    Raises:
        UsageError: a quote is not closed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.place = 0

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.place]

    def takes(self, keyword: str) -> bool:
        """Whether the next token is a keyword, which is then read."""
        taken = self.next.kind == "word" and self.next.text == keyword
        self.place += taken
        return taken

    def needs(self, keyword: str) -> None:
        """Read a keyword.

        Raises:
            UsageError: another token is next.
        """
        if not self.takes(keyword):
            raise self.suggestion(f'expected "{keyword}"', [keyword])

    def touches_a_name(self) -> bool:
        """Whether a name follows the next token without a space, as in `2nd/loss`."""
        token, after = self.tokens[self.place : self.place + 2]
        return after.kind == "word" and after.column == token.column + len(token.text)

    def refusal(self, problem: str) -> UsageError:
        """Return the error that points at the next token."""
        token = self.next
        if token.kind == "end":
            problem = f"{problem}, but the check ends here"
        return refusal(self.text, token.column, problem)

    def suggestion(self, problem: str, names: Iterable[str]) -> UsageError:
        """Return the same with the name that is most like the next token."""
        near = get_close_matches(self.next.text, list(names), 1)
        return self.refusal(f'{problem}; did you mean "{near[0]}"?' if near else problem)
