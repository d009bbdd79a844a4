"""Rules about code: every way of writing the right thing passes, detours to forbidden things are found, pretence is seen through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.running.source import Source
from tests.support import make_notebook


def failure(ask: Callable[[], Any]) -> str:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert all(text.en and text.ko for text in caught.value.sentences)
    return caught.value.sentences[-1].en


SVD = [
    "import numpy as np\ndef f(X):\n    return np.linalg.svd(X)",
    "import numpy\ndef f(X):\n    return numpy.linalg.svd(X, full_matrices=False)[0]",
    "from numpy.linalg import svd\ndef f(X):\n    U, s, V = svd(X)\n    return U",
    "from numpy.linalg import svd as zerlege\ndef f(X):\n    return zerlege(X)",
    "import numpy.linalg as la\ndef f(X):\n    return la.svd(X)",
    "from numpy import linalg\ndef f(X):\n    return linalg.svd(X)",
    "import numpy as np\nsvd = np.linalg.svd\ndef f(X):\n    return svd(X)",
    "import numpy as np\ndef helper(X):\n    return np.linalg.svd(X)\ndef f(X):\n    return helper(X)",
    "import numpy as np\ndef f(X):\n    return getattr(np.linalg, 'svd')(X)",
    "import numpy as np\ndef f(X):\n    def inner():\n        return np.linalg.svd(X)\n    return inner()",
    "import numpy as np\ndef f(X):\n    if X.size:\n        return np.linalg.svd(X)\n    return None",
    "import numpy as np\nclass A:\n    def go(self, X):\n        return np.linalg.svd(X)\ndef f(X):\n    return A().go(X)",
    "import numpy as np\ndef f(X):\n    return list(map(np.linalg.svd, X))",
]


@pytest.mark.parametrize("code", SVD)
def test_every_way_of_using_a_name_counts(code: str) -> None:
    Expect().source(code, within="f").uses("np.linalg.svd", result=True)
    Expect().source(code, entries=["f"]).uses("numpy.linalg.svd")
    assert "not allowed" in failure(lambda: Expect().source(code).avoids("numpy.linalg.svd"))
    assert "not allowed" in failure(lambda: Expect().source(code).avoids("numpy"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import numpy as np\ndef f(X):\n    return X\n    np.linalg.svd(X)", "line 4, but that code is never reached"),
        ("import numpy as np\ndef f(X):\n    if False:\n        np.linalg.svd(X)\n    return X", "never reached"),
        ("import numpy as np\ndef f(X):\n    while 0:\n        np.linalg.svd(X)\n    return X", "never reached"),
        (
            "import numpy as np\ndef f(X):\n    if not (1 == 1):\n        np.linalg.svd(X)\n    return X",
            "never reached",
        ),
        (
            "import numpy as np\ndef f(X):\n    if True:\n        return X\n    else:\n        np.linalg.svd(X)",
            "never reached",
        ),
        ("import numpy as np\ndef decoy(X):\n    return np.linalg.svd(X)\ndef f(X):\n    return X", "never reached"),
        (
            "import numpy as np\ndef f(X):\n    def inner():\n        return np.linalg.svd(X)\n    return X",
            "never reached",
        ),
        ("import numpy as np\ndef f(X):\n    np.linalg.svd(X)\n    return X", "its result is not used"),
        ("import numpy as np\ndef f(X):\n    unused, _, _ = np.linalg.svd(X)\n    return X", "its result is not used"),
        ("import numpy as np\ndef f(X):\n    np.linalg.svd\n    return X", "never reached"),
        ("from numpy.linalg import svd\ndef f(X):\n    return X", "does not"),
        ("import scipy.linalg\ndef f(X):\n    return scipy.linalg.svd(X)", "does not"),
        ("# np.linalg.svd\ndef f(X):\n    'np.linalg.svd(X)'\n    return X", "does not"),
    ],
)
def test_pretending_is_seen_through(code: str, said: str) -> None:
    text = failure(lambda: Expect().source(code, within="f", entries=["f"]).uses("np.linalg.svd", result=True))
    assert said in text


def test_classes_and_methods_by_name() -> None:
    code = "from sklearn.cluster import KMeans as K\ndef f(X):\n    model = K(3)\n    model.fit(X)\n    return model.labels_"
    rules = Expect().source(code, within="f")
    rules.uses("KMeans")
    rules.uses("sklearn.KMeans")
    rules.uses("sklearn.cluster.KMeans")
    rules.uses(".fit")
    rules.uses("DBSCAN", "KMeans")
    rules.avoids("sklearn.svm", ".predict", "sum")
    assert "`DBSCAN` / `AgglomerativeClustering`" in failure(lambda: rules.uses("DBSCAN", "AgglomerativeClustering"))
    assert "no function" in failure(lambda: Expect().source(code, within="g"))
    Expect().source(
        code + "\nclass M:\n    def fit(self):\n        return self.go()\n    def go(self):\n        return sum([1])",
        within="M.fit",
    ).uses("sum")


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.linear_model import Ridge",
        "import sklearn",
        "from sklearn import *",
        "import sklearn.linear_model as x",
        "import importlib\nm = importlib.import_module('sklearn.linear_model')",
        "m = __import__('sklearn')",
        "exec('from sklearn import svm')",
        "eval(\"__import__('sklearn')\")",
        "def f():\n    if False:\n        pass\n    from sklearn.svm import SVC\n    return SVC()",
        "try:\n    import sklearn\nexcept ImportError:\n    pass",
        "match 1:\n    case 1:\n        import sklearn",
        "async def f():\n    import sklearn",
        "f = lambda: __import__('sklearn')",
        "class A:\n    import sklearn",
        "exec(compile('import sklearn', 'x', 'exec'))",
    ],
)
def test_detours_to_a_forbidden_module(code: str) -> None:
    assert "`sklearn` is not allowed" in failure(lambda: Expect().source(code).avoids("sklearn"))


def test_what_only_looks_like_it_is_allowed() -> None:
    code = "# sklearn\nname = 'sklearn'\nsklearn_like = 3\nimport numpy as np\nx = np.sum([1])\ny = np.ones(2).max()"
    Expect().source(code).avoids("sklearn", "sum", "max", "loop", "eval")


@pytest.mark.parametrize(
    ("construct", "code"),
    [
        ("for", "def f(X):\n    for x in X:\n        pass"),
        ("while", "while x:\n    break"),
        ("comprehension", "y = {x for x in X}"),
        ("loop", "y = sum(x for x in X)"),
        ("loop", "exec('for x in X: pass')"),
        ("lambda", "y = lambda: 1"),
        ("try", "try:\n    pass\nfinally:\n    pass"),
        ("if", "y = 1 if x else 2"),
        ("global", "def f():\n    global x"),
        ("eval", "eval('1')"),
        ("map", "map(f, X)"),
        ("np.vectorize", "import numpy as n\nn.vectorize(f)"),
        (".apply", "frame.apply(f)"),
    ],
)
def test_constructs(construct: str, code: str) -> None:
    assert "not allowed" in failure(lambda: Expect().source(code).avoids(construct))
    Expect().source("x = [1, 2]\ny = x[0] + x[1]").avoids(construct)
    Expect().source(code).uses(construct)


def test_places_are_those_of_the_students_file() -> None:
    notebook = make_notebook("import numpy as np", "%matplotlib inline\n\n!ls\nx = np.vander([1])", "not python (")
    source = Source(notebook, "notebook")
    text = failure(lambda: Expect().source(source).avoids("np.vander"))
    assert text.endswith("it stands in cell 2, line 4.")


def test_code_behind_magics_counts() -> None:
    for cell in ("%%time\nimport sklearn", "%time import sklearn", "  %timeit -n 3 __import__('sklearn')", "\n  y = 1\n  import sklearn", "%%capture out\nimport sklearn",
                 "get_ipython().run_cell('import sklearn')", "%%writefile helper.py\nimport sklearn"):  # fmt: skip
        source = Source(make_notebook("x = 1", cell), "notebook")
        assert "cell 2" in failure(lambda source=source: Expect().source(source).avoids("sklearn"))  # type: ignore[misc]
    quiet = Source(make_notebook("%%bash\nimport sklearn", "%%html\n<b>for</b>", "?help", "x = %pwd\nlen?"), "notebook")
    Expect().source(quiet).avoids("sklearn", "for")


ANSWERS = {
    "number": "def f():\n    return 0.7312",
    "rounded": "rate = 0.73121",
    "negative": "rate = -(-0.7312)",
    "sum": "rate = 0.7 + 0.0312",
    "scaled": "rate = 7312 / 10000",
    "text": "rate = float('0.7312')",
    "bytes": "rate = float(b'0.7312')",
    "list in text": "import json\nx = json.loads('[0.1, 0.7312]')",
    "f-string": "x = f'{1}0.7312'",
    "eval": "x = eval('7312e-4')",
}


@pytest.mark.parametrize("code", ANSWERS.values(), ids=ANSWERS)
def test_answers_written_into_the_code(code: str) -> None:
    text = failure(lambda: Expect().source(code).literal_free([0.7312]))
    assert "written into the code in line" in text and "0.73" not in text
    Expect().source(code).literal_free([0.8, 12.5])


def test_arrays_and_texts_written_into_the_code() -> None:
    expect = Expect()
    labels = np.array([3.25, 4.5, 6.75, 8.125, 9.0])
    failure(lambda: expect.source("y = [3.25, 4.5, 6.75, 8.125]").literal_free([labels]))
    failure(lambda: expect.source("y = '3.25 4.5 6.75 8.125'.split()").literal_free([labels]))
    expect.source("y = [3.25, 4.5]").literal_free([labels])
    expect.source("y = 1 + 1").literal_free([labels, "setosa"])
    failure(lambda: expect.source("y = 'Iris  Setosa'").literal_free(["setosa"]))
    expect.source("'''setosa'''\ny = 1").literal_free(["setosa"])
    for wrong in (None, object(), {"a": 1}, [True], []):
        with pytest.raises(TypeError):
            expect.source("y = 1").literal_free([wrong])


def test_loops_are_listed_with_their_places() -> None:
    code = "import numpy as np\ndef f(X):\n    a = [x for x in X]\n    b = map(abs, X)\n    return np.vectorize(abs)(X)\ndef g(X):\n    for x in X:\n        pass"
    loops = Expect().source(code, within="f").loops()
    assert sorted(place.en for place in loops) == ["line 3", "line 4", "line 5"]
    assert sorted(place["ko"] for place in loops) == ["3번째 줄", "4번째 줄", "5번째 줄"]
    assert Expect().source("def f(X):\n    return X.sum()", within="f").loops() == []


MAIN = "if __name__ == '__main__':\n    from sklearn import metrics\n    print(metrics.auc([0, 1], [0, 1]))\n"


@pytest.mark.parametrize(
    "rest", ["", "x = 1\f\n", "def f():\n    metric = 1\n    return metric\n", "# \u2028 \x1c\r\n"]
)
def test_a_block_that_never_runs_in_the_grader_may_be_left_out(rest: str) -> None:
    for code in (rest + MAIN, MAIN + rest):
        Expect().source(code, main=False).avoids("sklearn")
        failure(lambda code=code: Expect().source(code).avoids("sklearn"))
    Expect().source(rest + MAIN, main=False, entries=["f"]).avoids("sklearn")


@pytest.mark.parametrize(
    "code",
    [
        MAIN + "def f():\n    return metrics.auc([0, 1], [0, 1])\n",
        "import sklearn\n" + MAIN,
        "# \u2028 \u2028 \x1c\nimport sklearn\nx = 1\n" + MAIN,
        "__name__ = '__main__'\n" + MAIN,
        "globals()['__name__'] = '__main__'\n" + MAIN,
        MAIN + "else:\n    import sklearn\n",
        MAIN + "    globals()['f'] = metrics.auc\n",
        MAIN + "    import numpy\n    numpy.auc = metrics.auc\n",
        MAIN.replace("==", "!="),
        MAIN + "    f = metrics.auc\n",
    ],
)
def test_a_block_that_the_rest_may_use_counts(code: str) -> None:
    failure(lambda: Expect().source(code, main=False, entries=["f"]).avoids("sklearn"))


def test_lines_keep_their_numbers_where_a_block_is_left_out() -> None:
    code = MAIN + "\ndef f(X):\n    for x in X:\n        print(x)\n"
    assert [place.en for place in Expect().source(code, within="f", main=False).loops()] == ["line 6"]


def test_in_a_notebook_that_block_runs() -> None:
    notebook = make_notebook(MAIN)
    failure(lambda: Expect().source(Source(notebook, "notebook"), main=False).avoids("sklearn"))


HOSTILE = [
    "", "def (", "\x00", "x = " + "(" * 500, "x = " + "-" * 5000 + "1", "not " * 3000 + "x", "if x:\n    pass\n" + "elif x:\n    pass\n" * 3000,
    "x = " + "+".join(["1"] * 3000), "eval(" * 80 + ")" * 80, "x" + ".a" * 3000, "exec('exec(\"exec(1)\")')",
    "x = 10 ** 400\ny = 1e999\nz = 2 ** 2 ** 2 ** 2 ** 9", "[" * 90 + "]" * 90, "lambda: " * 300 + "1", "x = 9" + "9" * 5000, "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("code", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_code_breaks_nothing(code: str) -> None:
    source = Source(code.encode("utf-8", "replace"), "module")
    rules = Expect().source(source)
    rules.avoids("sklearn")
    rules.literal_free([0.7312, "secret", np.arange(1000.5, 2000)])
    assert isinstance(rules.loops(), list)
    failure(lambda: rules.uses("np.linalg.svd"))
    failure(lambda: Expect().source(source, within="f"))
    Expect().source(source, main=False).avoids("sklearn")
