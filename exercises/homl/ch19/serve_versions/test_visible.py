"""Visible checks of the versioned export: files of a SavedModel, and answers to a prediction and a status request."""

import json

import numpy as np
import pytest

MODEL = "/v1/models/digits"


def exported(code, number):
    """The public module, the folder of this question, and what `export` returns for its first version there."""
    code.seed(number)  # what is asked from here on rests on all that came before it in this question
    tools, root = code.public("digit_net"), f"served/{number}"
    return tools, root, code.call("export", tools.call("build", number, hold=True), root)


def asked(code, path, body=""):
    """Status and reply of a request; the reply is read as a client reads it."""
    status, reply = code.call("handle", MODEL + path, body)
    try:
        return status, json.loads(json.dumps(reply))
    except TypeError:
        return status, "cannot be written as JSON"


@pytest.mark.points(4)
def test_export_writes_a_saved_model(expect):
    """The first export becomes version 1, a SavedModel.

    ko: 첫 번째로 내보낸 모델은 SavedModel 형식의 버전 1이 된다.
    asks: It returns the path of the new folder.
    asks-ko: 새 폴더의 경로를 반환합니다.
    hint: model.export(folder) writes a SavedModel; model.save wants a file name that ends in .keras.
    hint-ko: SavedModel은 model.export(폴더)로 저장해요. model.save에는 .keras로 끝나는 파일 이름이 필요해요.
    """

    def files(code):
        _, root, _ = exported(code, 1)
        names = code.files(f"{root}/**/*")
        return {part: any(name.startswith(f"{root}/1/{part}") for name in names) for part in ("saved_model.pb", "variables/")}

    expect.agree(files, {"saved_model.pb": True, "variables/": True})
    expect.agree(lambda code: exported(code, 2)[2].replace("\\", "/").rstrip("/").rpartition("served/")[2], "2/1")


@pytest.mark.points(3)
def test_predict_answers(expect):
    """A prediction request is answered with the network's probabilities.

    ko: 예측 요청에 신경망의 확률로 답한다.
    asks: each picture 28 lists of 28 integers from 0 to 255 | 200,
    asks-ko: 사진은 0부터 255까지의 정수 28개로 된 리스트 28개 | 200,
    hint: json.loads(body)["instances"] holds raw pictures; "predictions" holds a list of ten floats for each.
    hint-ko: json.loads(body)["instances"]에 사진이 들어 있어요. "predictions"에는 사진마다 실수 10개짜리 리스트를 넣으세요.
    """
    X = (np.random.default_rng(0).random((3, 28, 28)) * np.array([40, 120, 255]).reshape(3, 1, 1)).astype(np.uint8)

    def predicted(code):
        code.call("load_latest", exported(code, 3)[1])
        status, reply = asked(code, ":predict", json.dumps({"instances": X.tolist()}))
        return status, reply.get("predictions", reply) if isinstance(reply, dict) else reply

    expect.agree(predicted)
    expect.agree(lambda code: code.call("load_latest", exported(code, 4)[1]), 1)


@pytest.mark.points(2)
def test_status_answers(expect):
    """The status names the version that is served, as text.

    ko: 상태에는 서비스하는 버전이 글자로 나온다.
    asks: {"model_version_status": [{"version": "2", "state": "AVAILABLE"}]}
    asks-ko: {"model_version_status": [{"version": "2", "state": "AVAILABLE"}]}
    hint: A list with one dictionary: the version as text, str(number), and the state "AVAILABLE".
    hint-ko: 딕셔너리 하나가 든 리스트예요. 버전은 str(번호)로 글자로 바꾸고, state는 "AVAILABLE"이에요.
    """

    def status(code):
        code.call("load_latest", exported(code, 5)[1])
        return asked(code, "")

    expect.agree(status, (200, {"model_version_status": [{"version": "1", "state": "AVAILABLE"}]}))
