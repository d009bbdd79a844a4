# %% [markdown] lang="en"
# Random search, subsets by a generator, votes counted with a running sum.

# %%
import numpy as np
from scipy.stats import randint
from sklearn.datasets import make_moons
from sklearn.metrics import accuracy_score
from sklearn.model_selection import RandomizedSearchCV, train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = make_moons(n_samples=10_000, noise=0.4, random_state=42)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

# %%
tree_search = RandomizedSearchCV(
    DecisionTreeClassifier(criterion="entropy"),
    {"max_leaf_nodes": randint(15, 60)},
    n_iter=8,
    cv=4,
    random_state=0,
)
tree_search.fit(X_train, y_train)

# %%
rng = np.random.default_rng(3)
trees, tree_rows = [], []
while len(trees) < 300:
    rows = rng.permutation(len(X_train))[:100]
    tree_rows.append(rows)
    trees.append(
        DecisionTreeClassifier(criterion="entropy", **tree_search.best_params_).fit(X_train[rows], y_train[rows])
    )


# %%
def forest_predict(X):
    balance = np.zeros(len(X))
    for tree in trees:
        balance += np.where(tree.predict(X) == 1, 1, -1)
    return np.where(balance >= 0, 1, 0)


# %%
on_test = [accuracy_score(y_test, tree.predict(X_test)) for tree in trees]
mean_tree_acc = sum(on_test) / len(on_test)
vote_acc = accuracy_score(y_test, forest_predict(X_test))
