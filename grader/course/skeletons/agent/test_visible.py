"""Checks that students have too."""

import pytest


@pytest.mark.points(2)
def test_acts(submission, expect):
    """A trained agent answers each state with an action.

    ko: 훈련된 에이전트는 상태마다 행동을 고른다.
    asks: `act(table, state)` returns the action for a state: 0 goes left, 1 goes right.
    asks-ko: `act(table, state)`는 상태에 따른 행동을 돌려줍니다. 0은 왼쪽, 1은 오른쪽입니다.
    hint: act returns 0 or 1 for each state.
    hint-ko: act는 상태마다 0이나 1을 반환해요.
    """
    make_env = submission.public("corridor").call("Maker", hold=True)
    table = submission.call("train", make_env, 0, hold=True)
    for state in (2, 3, 4, 5, 6):
        action = submission.call("act", table, state)
        expect.type(action, int, what="act(table, state)")
        expect.true(action in (0, 1), en="`act` should return 0 or 1.", ko="`act`는 0이나 1을 반환해야 해요.")
