# %%
import numpy as np
from scipy import ndimage
from sklearn.svm import SVC


# %%
def shift_image(img, dx, dy):
    """Cut out of a picture with a wide black margin."""
    height, width = img.shape
    wide = np.pad(img, ((abs(dy),) * 2, (abs(dx),) * 2))
    return wide[abs(dy) - dy :, abs(dx) - dx :][:height, :width].copy()


# %%
def augment(X, y):
    """The five versions of each image side by side."""
    versions = []
    for row in X:
        picture = row.reshape(8, 8)
        moves = ((0, 1), (1, 0), (0, 0), (-1, 0), (0, -1))
        versions.extend(ndimage.shift(picture, move, order=0, mode="constant").ravel() for move in moves)
    return np.array(versions), np.repeat(y, 5)


# %%
def fit_model(X, y):
    X_more, y_more = augment(X, y)
    order = np.random.default_rng(0).permutation(len(y_more))
    return SVC(C=10, gamma=0.002).fit(X_more[order], y_more[order])
