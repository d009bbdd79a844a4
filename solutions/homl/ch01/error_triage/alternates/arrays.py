# %%
import numpy as np

NAMES = np.array(["underfit", "overfit", "mismatch", "overfit_dev"])


# %%
def diagnose(train, train_dev, dev, test, target):
    gaps = np.diff([target, train, train_dev, dev, test])
    return str(NAMES[gaps.argmax()]) if (gaps > 0.025).any() else "ok"


# %%
def split_sizes(n, fractions):
    fractions = np.asarray(fractions, dtype=float)
    if (fractions < 0).any() or not np.isclose(fractions.sum(), 1, rtol=0, atol=1e-6):
        raise ValueError("bad fractions")
    whole = np.floor(n * fractions).astype(int)
    rest = n * fractions - whole
    whole[np.argsort(np.round(-rest, 9), kind="stable")[: n - whole.sum()]] += 1
    return whole.tolist()
