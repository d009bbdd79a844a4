"""Puts an estimator through what scikit-learn asks of one and reports raw observations; the trusted side judges them.

Each observation is ``{"saw": value}`` or ``{"raised": [class names], "said": text}``, so that one broken habit does
not hide the others. Only the first fit and its first answer must work: what they raise comes out.
"""

from __future__ import annotations

import copy
import inspect
import pickle
import warnings

import numpy as np

from .records import clip, safe_text, type_name


def observe(target, kind, X, y, other_X, other_y):
    """All observations about `target`, an unfitted estimator, or what makes one when it is called.

    Parameters
    ----------
    kind : {"classifier", "regressor", "transformer", "clusterer"}
    X, other_X : array of shape (n_samples, n_features)
        Two samples of different size.
    y, other_y : array of shape (n_samples,) or None
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _Battery(target, kind, X, y, other_X, other_y).run()


class _Battery:
    def __init__(self, target, kind, X, y, other_X, other_y):
        self.target, self.kind = target, kind
        self.X, self.y, self.other_X, self.other_y = X, y, other_X, other_y
        self.rows = range(0, len(X), 2)

    def run(self):
        """Every observation by name."""
        first = self.new()
        before = _fitted_names(first)
        X, y = self.X.copy(), _copy(self.y)
        returned = self.fit(first, X, y)
        answer = self.answer_about(first, X)
        found = {
            "fit_returns_self": {"saw": returned is first},
            "before_fit": {"saw": before},
            "after_fit": {"saw": _fitted_names(first)},
            "answer": {"saw": answer},
            "input_after": {"saw": [X, y]},
        }
        for name in (
            "init_params",
            "param_values",
            "clone",
            "set_params",
            "n_features_in",
            "again",
            "refitted",
            "fitted_once",
            "not_fitted",
            "fewer_features",
            "more_features",
            "names_in",
            "names_out",
            "other_size",
            "pickled",
            "alone",
            "words",
        ):
            found[name] = _watch(getattr(self, name), first)
        return found

    # making, fitting, answering

    def new(self):
        """A new unfitted one."""
        if isinstance(self.target, type) or not hasattr(self.target, "fit"):
            made = self.target()
        else:
            made = _clone(self.target)
        state = getattr(made, "random_state", 0)
        if state is None:
            made.random_state = 0
        return made

    def fit(self, estimator, X, y):
        """Fit as this kind is fitted."""
        return estimator.fit(X) if y is None else estimator.fit(X, y)

    def answer(self, estimator, X):
        """What it says about a copy of rows: one that writes into its input breaks that habit only."""
        return self.answer_about(estimator, X.copy())

    def answer_about(self, estimator, X):
        """What it says about rows."""
        if self.kind == "transformer":
            found = estimator.transform(X)
        elif self.kind == "clusterer" and not hasattr(estimator, "predict"):
            found = estimator.labels_
        else:
            found = estimator.predict(X)
        return found.toarray() if hasattr(found, "toarray") else np.array(found)

    def fitted(self, X, y):
        """A new one, fitted."""
        made = self.new()
        self.fit(made, X, y)
        return made

    # observations; each gets the first estimator, fitted on X and y

    def init_params(self, first):
        """Parameters of the constructor, and those that get_params knows."""
        known = sorted(first.get_params(deep=False))
        if type(first).__init__ is object.__init__:
            return [[], known, []]
        signature = inspect.signature(type(first).__init__)
        plain = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
        names = [name for name, p in signature.parameters.items() if name != "self" and p.kind in plain]
        loose = [name for name, p in signature.parameters.items() if p.kind not in plain]
        return [sorted(names), known, loose]

    def param_values(self, first):
        """Names of parameters that a new one does not keep under their own name as they were given."""
        known = first.get_params(deep=False)
        made = type(first)(**known)
        missing = object()
        return [name for name, value in known.items() if getattr(made, name, missing) is not value]

    def clone(self, first):
        """A clone by scikit-learn, fitted, and its answer."""
        from sklearn.base import clone as sklearn_clone

        made = sklearn_clone(first)
        left = _fitted_names(made)
        self.fit(made, self.X.copy(), _copy(self.y))
        return [left, self.answer(made, self.X)]

    def set_params(self, first):
        """Whether set_params with its own parameters returns the estimator, and refuses a name that nobody knows."""
        made = self.new()
        same = made.set_params(**made.get_params(deep=False)) is made
        try:
            made.set_params(**{"no_such_parameter_" + "x" * 8: 1})
        except (ValueError, TypeError):
            return [same, True]
        return [same, False]

    def n_features_in(self, first):
        """The attribute ``n_features_in_``."""
        return first.n_features_in_

    def again(self, first):
        """The answer of another one, fitted on the same rows."""
        return self.answer(self.fitted(self.X.copy(), _copy(self.y)), self.X)

    def refitted(self, first):
        """The answer after a second fit on other rows; `first` itself may not change."""
        made = self.fitted(self.X.copy(), _copy(self.y))
        self.fit(made, self.other_X.copy(), _copy(self.other_y))
        return self.answer(made, self.other_X)

    def fitted_once(self, first):
        """The answer of a new one that only saw the other rows."""
        return self.answer(self.fitted(self.other_X.copy(), _copy(self.other_y)), self.other_X)

    def not_fitted(self, first):
        """The answer without a fit."""
        self.answer(self.new(), self.X)

    def fewer_features(self, first):
        """The answer about rows that lack a column."""
        self.answer(first, self.X[:, :-1])

    def more_features(self, first):
        """The answer about rows with a column too many."""
        self.answer(first, np.column_stack([self.X, self.X[:, 0]]))

    def names_in(self, first):
        """Feature names that a fit on a DataFrame keeps."""
        return [str(name) for name in self._on_frame().feature_names_in_]

    def names_out(self, first):
        """Feature names of the output after such a fit."""
        return [str(name) for name in self._on_frame().get_feature_names_out()]

    def other_size(self, first):
        """The answer of one that was fitted on other rows with one column fewer."""
        X = self.other_X[:, :-1] if self.other_X.shape[1] > 1 else np.column_stack([self.other_X, self.other_X**2])
        return self.answer(self.fitted(X.copy(), _copy(self.other_y)), X)

    def pickled(self, first):
        """The answer after a pickle's round trip."""
        return self.answer(pickle.loads(pickle.dumps(first)), self.X)

    def alone(self, first):
        """The answer about half of the rows: a row's answer may not depend on its neighbours."""
        return self.answer(first, self.X[:: self.rows.step])

    def words(self, first):
        """The answer of a classifier whose classes are words."""
        names = np.array([f"class {value}" for value in self.y])
        return self.answer(self.fitted(self.X.copy(), names), self.X)

    def _on_frame(self):
        import pandas as pd

        names = [f"column {i}" for i in range(self.X.shape[1])]
        return self.fitted(pd.DataFrame(self.X, columns=names), _copy(self.y))


def _watch(observation, first):
    try:
        return {"saw": observation(first)}
    except Exception as error:
        names = [type_name(base) for base in type(error).__mro__[:32]]
        return {"raised": names, "said": clip(safe_text(error), 300)}


def _fitted_names(estimator):
    return sorted(name for name in vars(estimator) if name.endswith("_") and not name.startswith("_"))


def _clone(estimator):
    from sklearn.base import clone as sklearn_clone

    try:
        return sklearn_clone(estimator)
    except Exception:  # its own observation; the others go on without
        return copy.deepcopy(estimator)


def _copy(y):
    return None if y is None else y.copy()
