# %% [markdown] lang="en"
# Set `answer` to 42 and write `double(x)`, which returns twice an array.
# %% [markdown] lang="ko"
# `answer`를 42로 정하고, 배열의 두 배를 반환하는 `double(x)`를 작성하세요.
# %%
import numpy as np

# SOLUTION
answer = 42
# END SOLUTION


def double(x):
    """Twice the array."""
    # SOLUTION
    return 2 * np.asarray(x)
    # END SOLUTION
