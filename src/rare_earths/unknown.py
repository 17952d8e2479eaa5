"""What there is not: the error of a name that nothing has, and the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

#: Least likeness of a name that may be meant (1 is the same), and fewest letters of a word that tells what is meant.
LIKE, SHORTEST = 0.55, 4


class UnknownName(KeyError):
    """A column, an area or a key was asked for that there is not; its message is shown as it is worded."""

    def __str__(self) -> str:
        # KeyError shows its argument as a literal: between quotes, with every quote in it escaped.
        return str(self.args[0])


def meant(word: object, known: Iterable[str]) -> str:
    """The known name that is most like a word, as a question; nothing where none is like it.

    Short codes are like too many others: ``PRC`` is one letter from Paraguay.

    Parameters
    ----------
    word
        What was asked for.
    known
        All names that there are.

    Examples
    --------
    >>> meant("reserve", ["reserves", "revisions"])
    " (did you mean 'reserves'?)"
    >>> meant("weather", ["reserves"])
    ''
    """
    from difflib import get_close_matches

    by_small_letters = {name.lower(): name for name in known}
    found = get_close_matches(str(word).lower(), by_small_letters, n=1, cutoff=LIKE) if len(str(word)) >= SHORTEST else []
    return f" (did you mean {by_small_letters[found[0]]!r}?)" if found else ""
