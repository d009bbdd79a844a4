"""Which known mistakes explain what went wrong in a check: by the answers that they share, and by the proof record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from grader.checking.charging import EPSILON
from grader.checking.verdict import Difference, Verdict
from grader.course.proof_record import Showing
from grader.vocabulary import Outcome

Shows = Mapping[str, Mapping[str, Showing]]
"""Name of a known mistake -> name of a check -> how it shows there, by the proof."""

_BY_ITSELF = (Outcome.FAILED, Outcome.PARTIAL, Outcome.ERROR)  # no limit had a say in it
_NUMBER = re.compile(r"(?<!\w)[-−+]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?")


def lost_by(verdict: Verdict) -> float:
    """Points that a check takes by its own result."""
    return verdict.max_points - min(verdict.points, verdict.max_points)


def words_of(verdict: Verdict) -> tuple[str, ...]:
    """The English sentences of a verdict without its hint, their numbers left out.

    >>> from grader.vocabulary import Text
    >>> words_of(Verdict("test_a", Text("A"), Outcome.FAILED, 0, 1, False, (Text("0.81 is below 0.9."),)))
    ('# is below #.',)
    """
    return tuple(_NUMBER.sub("#", text["en"]) for text in verdict.feedback if text != verdict.hint)


def _asked(showing: Showing | None) -> bool:
    """Whether a mistake is recorded as answering questions of a check otherwise than the reference."""
    return showing is not None and bool(showing.questions)


class Evidence:
    """What speaks for each known mistake in one submission.

    Parameters
    ----------
    verdicts : sequence of Verdict
        Of the submission, as the checks alone gave them.
    names : iterable of str
        The known mistakes.
    shows : mapping
        Where they show, by the proof. A mistake without an entry has no record.
    """

    def __init__(self, verdicts: Sequence[Verdict], names: Iterable[str], shows: Shows) -> None:
        self._verdicts = {verdict.check: verdict for verdict in verdicts}
        self._passed = {check for check, verdict in self._verdicts.items() if verdict.outcome is Outcome.PASSED}
        self._shows = {name: shows.get(name, {}) for name in names}
        sure = {
            name
            for verdict in verdicts
            for difference in verdict.differences
            if difference.telling
            for name in self._answering(verdict, difference)
        }
        self._believed = sure | {name for name in self._shows if self._needs_no_telling(name)}
        self._answers = {
            check: tuple(self._answering(verdict, each) & self._believed for each in verdict.differences)
            for check, verdict in self._verdicts.items()
        }
        self._made = {name for name in self._shows if self._made_throughout(name)}

    def parts(self, check: str) -> tuple[frozenset[str], ...]:
        """For each thing that went wrong in a check, the mistakes that explain it; what nothing can explain has none."""
        verdict = self._verdicts[check]
        if verdict.outcome is Outcome.PASSED:
            return ()
        parts = self._answers[check]
        if verdict.otherwise:
            parts = (*parts, frozenset(name for name in self._made if self._excuses(name, verdict)))
        return parts or (frozenset(),)

    def passes_what_it_fails(self, name: str) -> bool:
        """Whether the submission passes a check that the mistake is recorded as failing."""
        return not self._passed.isdisjoint(self._shows[name])

    def answers_what_it_misses(self, name: str) -> bool:
        """Whether the submission answers a question rightly, in a check it fails, that the mistake is recorded as missing."""
        return any(
            not {each.question for each in verdict.differences}.issuperset(show.questions)
            for check, show in self._shows[name].items()
            # a check that broke off has not put its last questions
            if (verdict := self._verdicts.get(check)) is not None and verdict.differences and not verdict.otherwise
        )

    def _answering(self, verdict: Verdict, difference: Difference) -> frozenset[str]:
        """The mistakes that give an answer, without those that by their record do not show in this check."""
        return frozenset(
            name
            for name in difference.mistakes
            if (show := self._shows.get(name)) is not None and (not show or _asked(show.get(verdict.check)))
        )

    def _needs_no_telling(self, name: str) -> bool:
        """Whether a mistake is believed on answers that say little."""
        show = self._shows[name]
        return not any(each.telling for each in show.values()) and not self.passes_what_it_fails(name)

    def _made_throughout(self, name: str) -> bool:
        """Whether the submission makes a mistake wherever the record can tell."""
        show = self._shows[name]
        asked = {check for check, each in show.items() if each.questions}
        if not asked:
            return self._fits_in_words(name)
        where = {check for check in asked if show[check].telling} or asked
        return all(self._answers.get(check) and all(name in part for part in self._answers[check]) for check in where)

    def _fits_in_words(self, name: str) -> bool:
        """Whether all that the record has of a mistake without questions is seen here too.

        One of its checks must say something, and neither measure a metric nor run into a limit: these have many causes.
        """
        found = [self._verdicts.get(check) for check in self._shows[name]]
        seen = [verdict for verdict in found if verdict is not None and not verdict.differences]
        return (
            len(seen) == len(found)
            and all(self._excuses(name, verdict) for verdict in seen)
            and any(words_of(verdict) and not verdict.bands and verdict.outcome in _BY_ITSELF for verdict in seen)
        )

    def _excuses(self, name: str, verdict: Verdict) -> bool:
        """Whether a mistake is recorded as failing a check otherwise, at least as badly and in the same words."""
        show = self._shows[name].get(verdict.check)
        return (
            show is not None
            and show.otherwise
            and verdict.otherwise
            and lost_by(verdict) <= show.lost + EPSILON
            and words_of(verdict) == show.words
        )
