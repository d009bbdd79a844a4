"""Visible checks of the versioned export: files of a SavedModel, and an answer to a prediction request."""

import json

import numpy as np
import pytest

from grader.checks import Text


def pictures(seed, n):
    """Raw pictures (n, 28, 28) uint8 of different brightness."""
    rng = np.random.default_rng(seed)
    return (rng.random((n, 28, 28)) * rng.uniform(40, 255, size=(n, 1, 1))).astype(np.uint8)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="model.export(folder) writes a SavedModel; model.save wants a file name that ends in .keras.",
    ko="SavedModel은 model.export(폴더)로 저장해요. model.save에는 .keras로 끝나는 파일 이름이 필요해요.",
)
def test_export_writes_a_saved_model(submission, expect):
    """The first export becomes version 1, a SavedModel.

    ko: 첫 번째로 내보낸 모델은 SavedModel 형식의 버전 1이 된다.
    """
    network = submission.public("digit_net").call("build", 1, hold=True)
    folder = submission.call("export", network, "served/first")
    expect.type(folder, str, what="export(...)")
    expect.file(submission, "served/first/1/saved_model.pb")
    files = submission.files("served/first/1/**/*")
    expect.true(
        any(name.startswith("served/first/1/variables/") for name in files),
        en="The SavedModel has no variables: export the network with its weights.",
        ko="SavedModel에 변수(variables)가 없어요. 가중치까지 함께 내보내세요.",
    )
    expect.true(
        folder.rstrip("/").endswith("served/first/1"),
        en="`export` should return the path of the new version's folder.",
        ko="`export`는 새 버전 폴더의 경로를 반환해야 해요.",
    )


@pytest.mark.points(4)
@pytest.mark.needs("test_export_writes_a_saved_model")
@pytest.mark.hint(
    en='json.loads(body)["instances"] holds the raw pictures; the reply\'s "predictions" holds one list of ten floats for each.',
    ko='json.loads(body)["instances"]에 사진이 들어 있어요. 응답의 "predictions"에는 사진마다 실수 10개짜리 리스트를 넣으세요.',
)
def test_predict_answers(submission, expect):
    """A prediction request is answered with the network's probabilities.

    ko: 예측 요청에 신경망의 확률로 답한다.
    """
    network = submission.public("digit_net").call("build", 2, hold=True)
    submission.call("export", network, "served/predict")
    number = submission.call("load_latest", "served/predict")
    expect.type(number, int, what="load_latest(...)")
    expect.same(number, 1)
    X = pictures(0, 3)
    answer = submission.call("handle", "/v1/models/digits:predict", json.dumps({"instances": X.tolist()}))
    code, reply = expect.results(answer, ["code", "reply"], what="handle(...)")
    expect.same(code, 200)
    expect.close(
        expect.entry(reply, "predictions", what=Text("the reply", "응답")),
        submission.model(network).predict((X[..., None] / 255).astype(np.float32)),
        atol=1e-5,
        message=Text(
            "The probabilities differ from those of the network on pictures between 0 and 1. Are the pixels scaled once, and only once?",
            "0과 1 사이로 조정한 사진에 신경망이 내놓는 확률과 달라요. 픽셀을 한 번만 조정했나요?",
        ),
    )
