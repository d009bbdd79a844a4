"""Does in a fork what forks are known to hang in: a parallel region, a matrix product, one step of training."""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    """Compute a little with each library that the template has imported; a hang is the caller's to notice."""
    modules: dict[str, Any] = sys.modules
    if "numpy" in modules:
        numpy = modules["numpy"]
        square = numpy.ones((200, 200))
        assert float((square @ square)[0, 0]) == 200.0
    if "sklearn.cluster" in modules:  # OpenMP
        points = modules["numpy"].arange(200.0).reshape(100, 2)
        modules["sklearn.cluster"].KMeans(n_clusters=2, n_init=1, random_state=0).fit(points)
    if "tensorflow" in modules:
        tensorflow = modules["tensorflow"]
        weights = tensorflow.Variable([[1.0], [2.0]])

        def step(x: Any) -> Any:
            with tensorflow.GradientTape() as tape:
                loss = tensorflow.reduce_mean(tensorflow.square(x @ weights))
            return tape.gradient(loss, weights)

        assert tensorflow.function(step)(tensorflow.ones((64, 2))).shape == (2, 1)
    if "torch" in modules:
        torch = modules["torch"]
        layer = torch.nn.Linear(64, 64)
        layer(torch.ones(256, 64)).sum().backward()
    if "jax" in modules:
        jax = modules["jax"]
        assert float(jax.jit(lambda x: x * 2)(1.0)) == 2.0
