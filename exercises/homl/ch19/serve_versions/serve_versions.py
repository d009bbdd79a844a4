# %% [markdown] lang="en"
# # Versioned export and REST
#
# A model in production is a folder, not a notebook. TensorFlow Serving watches a directory such as
#
# ```
# models/digits/1/saved_model.pb  models/digits/1/variables/...
# models/digits/2/...
# ```
#
# serves the version with the **largest number** and answers HTTP requests with JSON. When a new version misbehaves, one
# rolls back to the one before. You build the same contract in one module, without a network: a request is a function call.
#
# `data/digit_net.py` (read it) holds `build(seed)`, a small Keras network from float32 pictures `(n, 28, 28, 1)` between
# 0 and 1 to ten probabilities. Clients do not want to know that: they send raw `uint8` pixels from 0 to 255.
#
# ## What to write
#
# **`export(model, root) -> str`** saves such a network as the next version under the folder `root` (created where missing): 1 in
# an empty folder, otherwise the largest number there plus one. It returns the path of the new folder. What is saved is a
# *SavedModel* that takes **uint8 pictures of shape `(n, 28, 28)`, 0 to 255**, and gives the probabilities `(n, 10)`: scaling
# and the channel axis go *into* the saved model.
#
# **`load_latest(root) -> int`** loads the version with the largest number, keeps it in memory and returns the number. Names
# that are not whole numbers (`notes`, `3.tmp`) are no versions. Without any version: `FileNotFoundError`.
#
# **`handle(path, body) -> (code, reply)`** answers a request out of memory; `body` is JSON text (`str`), `reply` a `dict`.
#
# | path | code and reply |
# |---|---|
# | `/v1/models/digits:predict`, body `{"instances": [picture, ...]}`, each picture 28 lists of 28 integers from 0 to 255 | 200, `{"predictions": [[10 floats], ...]}` |
# | `/v1/models/digits` (the status; `body` is empty) | 200, `{"model_version_status": [{"version": "2", "state": "AVAILABLE"}]}` |
# | `/v1/models/digits:rollback` (`body` is empty) | loads the next smaller version in the same folder; 200, `{"version": "1"}`; 409 when there is none |
# | `:predict` with a body that is not JSON, has no `instances`, or pictures of a wrong form | 400 |
# | any other path | 404 |
# | any of the three before `load_latest` | 503 |
#
# Every reply other than 200 is `{"error": "what is wrong"}`: the code tells a program, the text tells a person. The
# loaded version answers until `load_latest` or a rollback changes it, even if the folder changes meanwhile: a server does
# not read the disk at every request.
#
# **A worked example.** Folders 9 and 10: sorted as text, `"9"` comes after `"10"`. As numbers, 10 is the newest, the next
# export is 11, and a rollback from 10 goes to 9.
#
# **Hints.** `model.save("folder")` is an error in Keras 3; `model.export(folder)` writes a SavedModel. Build a new model:
# `keras.Input((28, 28), dtype="uint8")`, `keras.layers.Rescaling`, `keras.layers.Reshape`, then the given network.
# `tf.saved_model.load(folder).serve` is the function to call. `np.asarray` of ragged lists raises `ValueError`. No code at
# the top of a module but imports, definitions and constants.

# %% [markdown] lang="ko"
# # 버전별 내보내기와 REST
#
# 서비스에 올라간 모델은 노트북이 아니라 폴더입니다. 텐서플로 서빙(TensorFlow Serving)은 다음과 같은 디렉터리를 지켜보다가
#
# ```
# models/digits/1/saved_model.pb  models/digits/1/variables/...
# models/digits/2/...
# ```
#
# **번호가 가장 큰** 버전을 서비스하고 HTTP 요청에 JSON으로 답합니다. 새 버전에 문제가 있으면 바로 앞 버전으로 되돌립니다(롤백).
# 이 약속을 네트워크 없이 모듈 하나로 만들어 봅시다. 요청은 함수 호출로 대신합니다.
#
# `data/digit_net.py`에는 `build(seed)`가 있습니다(한번 읽어 보세요). 0과 1 사이의 float32 사진 `(n, 28, 28, 1)`을 받아 확률 열 개를
# 내놓는 작은 케라스 신경망입니다. 클라이언트는 그런 사정을 알 필요가 없습니다. 0부터 255까지의 `uint8` 픽셀을 그대로 보냅니다.
#
# ## 작성할 것
#
# **`export(model, root) -> str`**: 이런 신경망을 `root` 폴더 아래에 다음 버전으로 저장합니다(폴더가 없으면 만듭니다). 빈 폴더라면 1,
# 아니라면 가장 큰 번호에 1을 더한 번호입니다. 새 폴더의 경로를 반환합니다. 저장하는 것은 **크기가 `(n, 28, 28)`이고 값이 0부터 255까지인
# uint8 사진**을 받아 확률 `(n, 10)`을 내놓는 *SavedModel*입니다. 스케일 조정과 채널 축 추가는 저장되는 모델 *안에* 들어가야 합니다.
#
# **`load_latest(root) -> int`**: 번호가 가장 큰 버전을 불러와 메모리에 두고 그 번호를 반환합니다. 이름이 정수가 아닌 것(`notes`,
# `3.tmp`)은 버전이 아닙니다. 버전이 하나도 없으면 `FileNotFoundError`를 일으킵니다.
#
# **`handle(path, body) -> (code, reply)`**: 메모리에 있는 모델로 요청에 답합니다. `body`는 JSON 텍스트(`str`), `reply`는 `dict`입니다.
#
# | 경로 | 코드와 응답 |
# |---|---|
# | `/v1/models/digits:predict`, 본문 `{"instances": [사진, ...]}`. 사진은 0부터 255까지의 정수 28개로 된 리스트 28개 | 200, `{"predictions": [[실수 10개], ...]}` |
# | `/v1/models/digits`(상태 조회, `body`는 빈 문자열) | 200, `{"model_version_status": [{"version": "2", "state": "AVAILABLE"}]}` |
# | `/v1/models/digits:rollback`(`body`는 빈 문자열) | 같은 폴더에서 번호가 바로 아래인 버전을 불러옵니다. 200, `{"version": "1"}`. 더 작은 버전이 없으면 409 |
# | `:predict`의 본문이 JSON이 아니거나, `instances`가 없거나, 사진의 형식이 틀릴 때 | 400 |
# | 그 밖의 경로 | 404 |
# | `load_latest` 전에 위의 세 경로를 요청할 때 | 503 |
#
# 200이 아닌 응답은 모두 `{"error": "무엇이 잘못되었는지"}`입니다. 코드는 프로그램이, 글은 사람이 읽습니다. 불러온 버전은
# `load_latest`나 롤백으로 바뀔 때까지, 그사이 폴더가 바뀌더라도 계속 답해야 합니다. 서버는 요청마다 디스크를 읽지 않습니다.
#
# **풀이 예.** 9와 10 폴더가 있다고 합시다. 글자로 정렬하면 `"9"`가 `"10"`보다 뒤에 옵니다. 숫자로 보면 10이 최신이고, 다음에 내보낼
# 번호는 11이며, 10에서 롤백하면 9가 됩니다.
#
# **힌트.** 케라스 3에서 `model.save("폴더")`는 오류입니다. SavedModel은 `model.export(폴더)`로 저장합니다.
# `keras.Input((28, 28), dtype="uint8")`, `keras.layers.Rescaling`, `keras.layers.Reshape` 뒤에 주어진 신경망을 이어 새 모델을
# 만드세요. `tf.saved_model.load(폴더).serve`가 호출할 함수입니다. 길이가 들쭉날쭉한 리스트를 `np.asarray`에 넣으면 `ValueError`가
# 납니다. 모듈 맨 위에는 import, 정의, 상수만 두세요.

# %%
from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

MODEL_PATH = "/v1/models/digits"
Reply = tuple[int, dict[str, Any]]


# %%
def export(model: keras.Model, root: str) -> str:
    """Save ``model`` behind its preprocessing as the next version under ``root``; return the new folder's path."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def load_latest(root: str) -> int:
    """Load the version with the largest number under ``root`` into memory and return that number.

    Raises
    ------
    FileNotFoundError
        There is no version under ``root``.
    """
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def handle(path: str, body: str) -> Reply:
    """Answer one request with a status code and a JSON reply."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
