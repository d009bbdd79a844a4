# %% [markdown] lang="en"
# # A model behind a web address
#
# Write the request handler of a small model server: `handle(path, body)` takes a path and the text of a request and returns
# a pair of an HTTP status code and a dictionary.
#
# * `/health`: `200` and `{"status": "ok"}`, whatever the body.
# * `/predict` with the JSON body `{"instances": [[x1, x2], ...]}`: `200` and `{"predictions": [...]}`, where the prediction is
#   `WEIGHTS @ x + BIAS`.
# * `/predict` with anything else: `400` and `{"error": "..."}`. An exception must never escape.
# * any other path: `404` and `{"error": "..."}`.

# %% [markdown] lang="ko"
# # 웹 주소로 부르는 모델
#
# 작은 모델 서버의 요청 처리 함수를 작성하세요. `handle(path, body)`는 경로와 요청의 텍스트를 받아 HTTP 상태 코드와 딕셔너리의 쌍을
# 돌려줍니다.
#
# * `/health`: 본문과 상관없이 `200`과 `{"status": "ok"}`
# * 본문이 `{"instances": [[x1, x2], ...]}` 꼴의 JSON인 `/predict`: `200`과 `{"predictions": [...]}`. 예측은 `WEIGHTS @ x + BIAS`입니다.
# * 본문이 그 밖의 것인 `/predict`: `400`과 `{"error": "..."}`. 예외가 밖으로 나가면 안 됩니다.
# * 그 밖의 경로: `404`와 `{"error": "..."}`

# %%
import json

import numpy as np

WEIGHTS = np.array([2.0, -1.0])
BIAS = 0.5


# %%
def handle(path, body):
    """Answer one request: (status code, dictionary)."""
    # SOLUTION
    if path == "/health":
        return 200, {"status": "ok"}
    if path != "/predict":
        return 404, {"error": f"there is no {path}"}
    try:
        X = np.array(json.loads(body)["instances"], dtype=float)
        if X.ndim != 2 or X.shape[1] != 2 or not np.isfinite(X).all():
            raise ValueError("instances should be pairs of numbers")
    except (ValueError, KeyError, TypeError) as error:
        return 400, {"error": str(error)}
    return 200, {"predictions": (X @ WEIGHTS + BIAS).tolist()}
    # END SOLUTION
