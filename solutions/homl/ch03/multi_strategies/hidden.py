"""The figures that the notebook asks for, those of the usual mistakes, and noisy digits."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NOISE = 6.0


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``cv`` and ``f1`` (the right figures, and wrong ones by the mistake), clean test digits, the mean image."""
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=450, stratify=y, random_state=42)
    sgd = SGDClassifier(random_state=42)
    pipeline = make_pipeline(StandardScaler(), sgd)
    scaled = StandardScaler().fit_transform(X_train)
    shuffled = StratifiedKFold(3, shuffle=True, random_state=42)
    cv = {
        "raw": cross_val_score(sgd, X_train, y_train, cv=3).mean(),
        "scaled": cross_val_score(pipeline, X_train, y_train, cv=3).mean(),
        "leak": cross_val_score(sgd, scaled, y_train, cv=3).mean(),
        "raw_in_sample": sgd.fit(X_train, y_train).score(X_train, y_train),
        "scaled_in_sample": pipeline.fit(X_train, y_train).score(X_train, y_train),
        "raw_five": cross_val_score(sgd, X_train, y_train, cv=5).mean(),
        "scaled_five": cross_val_score(pipeline, X_train, y_train, cv=5).mean(),
        "raw_all": cross_val_score(sgd, X, y, cv=3).mean(),
        "scaled_all": cross_val_score(pipeline, X, y, cv=3).mean(),
        "raw_shuffled": cross_val_score(sgd, X_train, y_train, cv=shuffled).mean(),
        "scaled_shuffled": cross_val_score(pipeline, X_train, y_train, cv=shuffled).mean(),
    }
    labels = np.column_stack([y_train >= 7, y_train % 2 == 1])
    neighbours = KNeighborsClassifier()
    predicted = cross_val_predict(neighbours, X_train, labels, cv=3)
    everything = np.column_stack([y >= 7, y % 2 == 1])
    late = np.column_stack([y_train > 7, y_train % 2 == 1])
    f1 = {
        "right": f1_score(labels, predicted, average="macro"),
        "weighted": f1_score(labels, predicted, average="weighted"),
        "micro": f1_score(labels, predicted, average="micro"),
        "in_sample": f1_score(labels, neighbours.fit(X_train, labels).predict(X_train), average="macro"),
        "over_seven": f1_score(late, cross_val_predict(neighbours, X_train, late, cv=3), average="macro"),
        "fold_mean": cross_val_score(neighbours, X_train, labels, cv=3, scoring="f1_macro").mean(),
        "all": f1_score(everything, cross_val_predict(neighbours, X, everything, cv=3), average="macro"),
        "accuracy": float(np.mean(np.all(labels == predicted, axis=1))),
    }
    return {"cv": cv, "f1": f1, "X_test": X_test, "mean_image": X_train.mean(axis=0), "noise": NOISE}
