# %% [markdown] lang="en"
# Three members that all hand over their labels one-hot or probabilities by a lookup, a forest as blender, another stack.

# %%
import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier, StackingClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


# %%
def blend_columns(base, X):
    found = []
    for member in base.values():
        try:
            found.append(member.predict_proba(X))
        except AttributeError:
            found.append(np.eye(len(member.classes_))[np.searchsorted(member.classes_, member.predict(X))])
    return np.concatenate(found, axis=1)


# %%
def build(X_train, y_train, X_valid, y_valid):
    base = {}
    base["svc"] = make_pipeline(StandardScaler(), SVC(C=5, gamma=0.02))
    base["knn"] = KNeighborsClassifier(3)
    base["trees"] = ExtraTreesClassifier(40, random_state=3)
    for member in base.values():
        member.fit(X_train, y_train)
    table = blend_columns(base, X_valid)
    stack = StackingClassifier(
        [("a", KNeighborsClassifier(3)), ("b", SVC(C=5)), ("c", ExtraTreesClassifier(20, random_state=2))],
        RandomForestClassifier(60, random_state=0),
        cv=2,
    )
    return {
        "stack_clf": stack.fit(np.vstack([X_train, X_valid]), np.r_[y_train, y_valid]),
        "blender": RandomForestClassifier(60, random_state=0).fit(table, y_valid),
        "blend_train": table,
        "base": base,
    }


# %%
def blend_predict(parts, X):
    return parts["blender"].predict(blend_columns(parts["base"], X))
