# %%
from decimal import Decimal


# %%
def diagnose(train, train_dev, dev, test, target):
    worst, name = 0.03, "ok"
    steps = [("underfit", target, train), ("overfit", train, train_dev), ("mismatch", train_dev, dev), ("overfit_dev", dev, test)]
    for label, low, high in steps:
        if high - low > worst:
            worst, name = high - low, label
    return name


# %%
def split_sizes(n, fractions):
    exact = [Decimal(repr(float(fraction))) * n for fraction in fractions]
    if any(share < 0 for share in exact) or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("fractions")
    sizes = [int(share) for share in exact]
    rest = [round(share - size, 9) for share, size in zip(exact, sizes, strict=True)]
    while sum(sizes) < n:
        i = rest.index(max(rest))
        sizes[i] += 1
        rest[i] = -1
    return tuple(sizes)
