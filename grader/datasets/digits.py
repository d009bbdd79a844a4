"""scikit-learn's 8×8 digits enlarged to the layout of MNIST, so that image exercises need no download."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

N_TRAIN = 1_400
SEED = 28
BODY, SIDE = 20, 28  # the digit itself, and the picture with its black margin


def enlarge(images: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Enlarge 8×8 images bilinearly to 20×20 and centre them in 28×28.

    Parameters
    ----------
    images : ndarray of shape (n, 8, 8)
        Ink from 0 to 16.

    Returns
    -------
    ndarray of shape (n, 28, 28), dtype uint8
        Ink from 0 to 255.
    """
    source = images.shape[1]
    # Centres of the new pixels in coordinates of the old ones; the border pixels repeat outwards.
    at = np.clip((np.arange(BODY) + 0.5) * source / BODY - 0.5, 0, source - 1)
    low = np.minimum(at.astype(int), source - 2)
    weights = np.zeros((BODY, source))
    weights[np.arange(BODY), low] = 1.0 - (at - low)
    weights[np.arange(BODY), low + 1] = at - low
    body = weights @ (images * (255.0 / 16.0)) @ weights.T
    margin = (SIDE - BODY) // 2
    # Rounding before the cast keeps the last bits of the products out of the result.
    return np.pad(np.rint(np.round(body, 6)), ((0, 0), (margin, margin), (margin, margin))).astype(np.uint8)


def generate() -> dict[str, npt.NDArray[np.uint8]]:
    """Build the pictures.

    Returns
    -------
    dict
        ``x_train`` (1400, 28, 28) and ``x_test`` (397, 28, 28) uint8, ``y_train`` and ``y_test`` uint8: the arrays of
        MNIST's ``mnist.npz``. The order is shuffled once, the same on every machine.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    order = np.random.RandomState(SEED).permutation(len(digits.target))
    x, y = enlarge(digits.images[order]), digits.target[order].astype(np.uint8)
    return {"x_train": x[:N_TRAIN], "y_train": y[:N_TRAIN], "x_test": x[N_TRAIN:], "y_test": y[N_TRAIN:]}
