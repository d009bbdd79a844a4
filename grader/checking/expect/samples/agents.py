"""Expectations about agents: they play in the grader's own environments, and only their actions are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect.base import ExpectBase
from grader.checking.values import describe, is_integer, numeric, tell
from grader.vocabulary import Text

Array = NDArray[Any]
Choose = Callable[[list[Any]], Any]

NOT_ONE_EACH = Text(
    "One action for each observation is wanted, but this is {found}.",
    "관측마다 행동이 하나씩 있어야 하는데 {found}이에요.",
)
NOT_AN_ACTION = Text(
    "An action should be one of {choices}, as an int; this is {found}.",
    "행동은 {choices} 가운데 하나인 int여야 하는데 {found}이에요.",
)
ANOTHER = Text("another number", "다른 수")
NOT_LEARNED = Text(
    "The trained agent does not do clearly better than one that has learned nothing: its mean return is {found}.",
    "훈련한 에이전트가 아무것도 배우지 않은 에이전트보다 뚜렷하게 낫지 않아요. 평균 이득이 {found}이에요.",
)
SAME_ACTION = Text("The agent takes the same action whatever it observes.", "무엇을 관측하든 늘 같은 행동을 해요.")
CHANGES_MIND = Text(
    "The agent takes different actions for the same observation: take the best one, do not draw.",
    "같은 관측인데 다른 행동을 해요. 뽑지 말고 가장 좋은 행동을 고르세요.",
)
ACT_ALIKE = Text(
    "Agents trained on different tasks act alike: the action does not depend on what was learned.",
    "서로 다른 과제로 훈련한 에이전트가 똑같이 행동해요. 행동이 배운 것에 따라 달라지지 않아요.",
)
NOT_A_LOG = Text(
    "A list with one number for each iteration is wanted; this is {found}.",
    "반복마다 숫자 하나가 들어 있는 리스트여야 하는데 {found}이에요.",
)
SHORT_LOG = Text(
    "There are too few values[[: {found}]]; at least {least} are needed to see learning.",
    "값이 너무 적어요[[. 지금은 {found}개예요]]. 학습을 보려면 {least}개 이상이 필요해요.",
)
FLAT_LOG = Text(
    "The values do not grow enough[[: they begin at {first} and end at {last}]].",
    "값이 충분히 커지지 않아요[[. {first}에서 시작해 {last}(으)로 끝나요]].",
)


class AgentExpectations(ExpectBase):
    """``expect.plays`` and its relatives."""

    def actions(self, answers: Any, n: int, choices: Sequence[int] = (0, 1), message: Text | None = None) -> list[int]:
        """`n` actions out of `choices`, as ints.

        Returns
        -------
        list of int

        Examples
        --------
        >>> expect.actions([0, 1, 1], 3)
        [0, 1, 1]
        """
        if isinstance(answers, np.ndarray) and answers.ndim == 1:
            answers = list(answers)
        if not isinstance(answers, list | tuple) or len(answers) != n:
            kind = describe(answers)
            told = NOT_ONE_EACH.format(found=kind)
            self._fail(answers, told, message=message)
        for action in answers:
            if not is_integer(action) or isinstance(action, bool) or int(action) not in choices:
                # The number itself could repeat a hidden observation.
                kind = ANOTHER if is_integer(action) and not isinstance(action, bool) else describe(action)
                named = ", ".join(map(str, choices))
                sentence = NOT_AN_ACTION.format(choices=named, found=kind)
                self._fail(action, sentence, message=message)
        return [int(action) for action in answers]

    def plays(
        self,
        make_env: Callable[[], Any],
        choose: Choose,
        seeds: Sequence[int],
        *,
        choices: Sequence[int] = (0, 1),
        max_steps: int = 10_000,
        message: Text | None = None,
    ) -> Array:
        """Play one episode for each seed, all in step, and return what each one earned.

        The environments live on the grader's side: the submission sees observations and answers with actions, many at
        once in one round trip.

        Parameters
        ----------
        make_env : callable
            Returns a new environment with Gymnasium's ``reset(seed=...)`` and ``step(action)``; the grader's own,
            with whatever physics the submission has not seen.
        choose : callable
            Gets a list of observations and asks the submission for their actions:
            ``lambda seen: submission.map("act", [(params, obs) for obs in seen])``.
        seeds : sequence of int
            One episode for each.
        choices : sequence of int
            The actions that there are.
        max_steps : int
            Episodes longer than this are cut off.

        Returns
        -------
        array of shape (n_seeds,)
            The sum of the rewards of each episode.

        Raises
        ------
        CheckFailed
            An answer is not one action for each observation.

        Examples
        --------
        >>> class Bell:
        ...     def reset(self, seed=None):
        ...         return [seed % 2], {}
        ...     def step(self, action):
        ...         return [0], float(action), True, False, {}
        >>> expect.plays(Bell, lambda seen: [obs[0] for obs in seen], [1, 2, 3]).tolist()
        [1.0, 0.0, 1.0]
        """
        environments = [make_env() for _ in seeds]
        seen = [env.reset(seed=int(seed))[0] for env, seed in zip(environments, seeds, strict=True)]
        returns, playing = np.zeros(len(seeds)), list(range(len(seeds)))
        for _ in range(max_steps):
            if not playing:
                break
            answers = self.actions(choose([seen[i] for i in playing]), len(playing), choices, message)
            going = []
            for index, action in zip(playing, answers, strict=True):
                seen[index], reward, terminated, truncated, _info = environments[index].step(action)
                returns[index] += float(reward)
                if not (terminated or truncated):
                    going.append(index)
            playing = going
        return returns

    def learned(
        self,
        returns: Any,
        untrained: Any,
        rng: np.random.Generator,
        *,
        times: float = 1.0,
        false_rejection: float = 1e-3,
        message: Text | None = None,
    ) -> None:
        """Returns after training that are clearly above those before it.

        A bootstrap bound: with confidence ``1 - false_rejection`` the mean return is more than `times` the untrained one.

        Parameters
        ----------
        returns, untrained : array-like of shape (n,) and (m,)
            What `plays` measured for the trained agent, and for one that knows nothing (random actions, or the agent
            before training).
        times : float
            For returns that are positive.

        Examples
        --------
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> expect.learned(rng.normal(150, 20, 50), rng.normal(20, 10, 50), rng, times=3)
        """
        after, before = np.asarray(returns, dtype=float), np.asarray(untrained, dtype=float)
        if after.ndim != 1 or before.ndim != 1 or min(len(after), len(before)) < 5:
            raise ValueError("expect.learned: at least five returns of each are needed")
        means = [rows[rng.integers(len(rows), size=(4000, len(rows)))].mean(axis=1) for rows in (after, before)]
        bound = float(np.quantile(means[0] - times * means[1], false_rejection))
        if not bound > 0:
            told = f"the bound is {bound:.4g}; untrained mean {before.mean():.4g}, times {times:g}"
            self._fail(returns, NOT_LEARNED.format(found=f"{after.mean():.4g}"), message=message, wanted=told)

    def attends(
        self, choose: Choose, observations: Sequence[Any], choices: Sequence[int] = (0, 1), message: Text | None = None
    ) -> list[int]:
        """A policy that decides by what it observes: not one action for all, and the same for the same observation.

        Parameters
        ----------
        choose : callable
            As in `plays`; it is asked twice.
        observations : sequence
            Such that a sensible policy does not act alike on all of them.

        Returns
        -------
        list of int
            The actions.

        Examples
        --------
        >>> expect.attends(lambda seen: [int(obs > 0) for obs in seen], [-1.0, 2.0, 3.0])
        [0, 1, 1]
        """
        first, again = (self.actions(choose(list(observations)), len(observations), choices, message) for _ in range(2))
        if first != again:
            self._fail(again, CHANGES_MIND, message=message)
        if len(set(first)) < 2:
            self._fail(first, SAME_ACTION, message=message)
        return first

    def policies_differ(
        self, one: Sequence[int], other: Sequence[int], most: float = 0.95, message: Text | None = None
    ) -> None:
        """Two policies that agree on at most this share of observations: what was learned decides.

        Examples
        --------
        >>> expect.policies_differ([0, 1, 1, 0], [1, 0, 1, 1])
        """
        if len(one) != len(other) or not len(one):
            raise ValueError("expect.policies_differ: give it the actions of both for the same observations")
        same = float(np.mean(np.asarray(one) == np.asarray(other)))
        if same > most:
            self._fail(f"{same:.3g} of the actions are equal", ACT_ALIKE, message=message)

    def rises(
        self,
        log: Any,
        *,
        times: float = 1.5,
        last: int = 5,
        floor: float = -np.inf,
        least: int = 10,
        message: Text | None = None,
    ) -> None:
        """A log of learning that rises: the mean of its last values is so many times the first one.

        A log is a claim: what an agent is worth shows where it plays.

        Parameters
        ----------
        log : list of float
            From the submission; positive where learning begins.
        times : float
            Last values against the first one.
        last : int
            How many values the end is the mean of.
        floor : float
            The end has to reach it, too.
        least : int
            Fewest values.

        Examples
        --------
        >>> expect.rises([20.0, 21.0, 30.0, 55.0, 80.0, 90.0], least=5, last=2)
        """
        values = numeric(log) if isinstance(log, list | tuple | np.ndarray) else None
        if values is None or values.ndim != 1 or values.dtype.kind not in "fiu" or not np.isfinite(values).all():
            kind = describe(log)
            told = NOT_A_LOG.format(found=kind)
            self._fail(log, told, message=message)
        if len(values) < least:
            self._fail(log, tell(SHORT_LOG, found=len(values), least=least), message=message)
        with np.errstate(all="ignore"):
            first, end = float(values[0]), float(values[-last:].astype(float).mean())
        if not end >= max(floor, times * first):
            sentence = tell(FLAT_LOG, first=f"{first:.4g}", last=f"{end:.4g}")
            self._fail(log, sentence, message=message, wanted=f"at least {times:g} times the first and {floor:g}")
