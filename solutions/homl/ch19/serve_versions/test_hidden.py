"""Hidden checks of the versioned export: what the files hold, which version answers, and what bad requests get."""

import json

import numpy as np
import pytest

from grader.checks import Text

MODEL = "/v1/models/digits"
MEMORY = Text(
    "The answer changed although neither `load_latest` nor a rollback was asked for: answer from memory.",
    "`load_latest`도 롤백도 없었는데 답이 달라졌어요. 메모리에 있는 모델로 답하세요.",
)
TENTH = Text(
    "After version 9 the next export should become version 10, whatever other folders there are.",
    "버전 9 다음에 내보낸 모델은 다른 폴더가 있더라도 버전 10이 되어야 해요.",
)
NEWER = Text(
    "10 is newer than 9: compare versions as numbers, not as text.",
    "10은 9보다 새 버전이에요. 버전을 글자가 아니라 숫자로 비교하세요.",
)
BACK = Text(
    "After the rollback another version should answer than before.",
    "롤백한 뒤에는 앞 버전이 예측해야 해요.",
)
NOT_RAW = Text(
    "The SavedModel itself does not take raw uint8 pictures (n, 28, 28): scaling and channel axis belong into it, "
    "not into the request handler.",
    "SavedModel이 uint8 원본 사진 (n, 28, 28)을 받지 못해요. 스케일 조정과 채널 축은 요청 처리 함수가 아니라 모델 안에 있어야 해요.",
)
NO_VERSIONS = Text(
    "A folder whose name is no whole number stopped your code: such names are no versions.",
    "이름이 정수가 아닌 폴더 때문에 코드가 멈췄어요. 그런 이름은 버전이 아니에요.",
)
FROM_DISK = Text(
    "A request failed as soon as the folder of the loaded version was gone: answer from memory, not from the disk.",
    "불러온 버전의 폴더가 없어지자 요청이 실패했어요. 디스크가 아니라 메모리에 있는 모델로 답하세요.",
)
ESCAPED = Text(
    "An exception came out of `handle` at a bad request: it should be a reply that says what is wrong.",
    "잘못된 요청에 `handle`에서 예외가 나왔어요. 예외 대신 무엇이 잘못되었는지 응답으로 알려야 해요.",
)


def pictures(rng, n):
    """Raw pictures (n, 28, 28) uint8 of different brightness."""
    return (rng.random((n, 28, 28)) * rng.uniform(40, 255, size=(n, 1, 1))).astype(np.uint8)


def scaled(X):
    """What the bare network takes: float32 (n, 28, 28, 1) between 0 and 1."""
    return (X[..., None] / 255).astype(np.float32)


ERROR = {"error": str, ...: ...}


def status_of(version):
    """What a status reply holds while this version is served."""
    return {"model_version_status": [{"version": version.__eq__, "state": "AVAILABLE".__eq__, ...: ...}, 1], ...: ...}


@pytest.fixture
def tools(submission):
    """The public module with networks and what an operator does."""
    return submission.public("digit_net")


@pytest.fixture
def http(submission, expect):
    """A real server in front of the submission's ``handle``."""
    with expect.service(submission, "handle") as service:
        yield service


@pytest.fixture
def ask(expect):
    """Send pictures to a service and return the probabilities (n, 10)."""

    def predict(http, X):
        reply = http.post(f"{MODEL}:predict", {"instances": X.tolist()})
        found = expect.response(reply, 200, {"predictions": [[float, 10], len(X)], ...: ...})
        return np.array(found["predictions"], dtype=float)

    return predict


@pytest.mark.points(5)
@pytest.mark.needs("test_export_writes_a_saved_model")
@pytest.mark.hint(
    en='Put Rescaling(1 / 255) and Reshape((28, 28, 1)) between keras.Input((28, 28), dtype="uint8") and the network.',
    ko='keras.Input((28, 28), dtype="uint8")과 신경망 사이에 Rescaling(1 / 255)과 Reshape((28, 28, 1))을 넣으세요.',
)
def test_preprocessing_is_inside(submission, tools, expect, rng):
    """The SavedModel alone turns raw pictures into the network's probabilities.

    ko: SavedModel만으로 원본 사진에서 신경망의 확률이 나온다.
    """
    network = tools.call("build", int(rng.integers(1000)), hold=True)
    folder = submission.call("export", network, "served/inside")
    expect.type(folder, str, what="export(...)")
    X = pictures(rng, 5)
    with expect.explains(TypeError, NOT_RAW):
        answer = tools.call("ask_saved_model", folder, X)
    expect.close(answer, submission.model(network).predict(scaled(X)), atol=1e-5)


@pytest.mark.points(4)
@pytest.mark.needs("test_predict_answers")
@pytest.mark.hint(
    en="Turn the folders' names into integers before you compare them, and skip names that are not whole numbers.",
    ko="폴더 이름을 정수로 바꾼 다음 비교하고, 정수가 아닌 이름은 건너뛰세요.",
)
def test_ten_is_newer_than_nine(submission, tools, http, ask, expect, rng):
    """Versions are compared as numbers, other folders are no versions.

    ko: 버전은 숫자로 비교하고, 다른 폴더는 버전으로 치지 않는다.
    """
    older, newer = (tools.call("build", number, hold=True) for number in (3, 4))
    root = "served/ten"
    submission.call("export", older, root)
    tools.call("renumber", root, "1", "notes.tmp")
    with expect.explains(ValueError, NO_VERSIONS):
        folder = submission.call("export", older, root)
    expect.type(folder, str, what="export(...)")
    tools.call("renumber", root, folder.rstrip("/").rpartition("/")[2], "9")
    folder = submission.call("export", newer, root)
    expect.type(folder, str, what="export(...)")
    expect.same(folder.rstrip("/").rpartition("/")[2], "10", message=TENTH)
    X = pictures(rng, 4)
    expect.same(submission.call("load_latest", root), 10, message=NEWER)
    expect.close(ask(http, X), submission.model(newer).predict(scaled(X)), atol=1e-5)
    expect.response(
        http.get(MODEL),
        200,
        status_of("10"),
        message=Text(
            'The status should be {"model_version_status": [{"version": "10", "state": "AVAILABLE"}]} here.',
            '여기서 상태는 {"model_version_status": [{"version": "10", "state": "AVAILABLE"}]}이어야 해요.',
        ),
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_predict_answers")
@pytest.mark.hint(
    en="load_latest keeps the loaded model; handle uses that object and never touches the folder.",
    ko="load_latest가 불러온 모델을 보관하고, handle은 폴더를 건드리지 않고 그 모델을 쓰게 하세요.",
)
def test_answers_from_memory(submission, tools, http, ask, expect, rng):
    """The loaded version answers on, whatever happens to the folder.

    ko: 폴더가 바뀌어도 불러온 버전이 계속 답한다.
    """
    loaded, newcomer = (tools.call("build", number, hold=True) for number in (5, 6))
    root = "served/memory"
    submission.call("export", loaded, root)
    submission.call("load_latest", root)
    X = pictures(rng, 3)
    expected = submission.model(loaded).predict(scaled(X))
    submission.call("export", newcomer, root)
    expect.close(ask(http, X), expected, atol=1e-5, message=MEMORY)
    tools.call("retire", root, "1")
    with expect.explains(Exception, FROM_DISK):
        expect.close(ask(http, X), expected, atol=1e-5, message=MEMORY)
    expect.response(
        http.get(MODEL),
        200,
        status_of("1"),
        message=Text(
            "The status should still name version 1, the one that was loaded.",
            "상태에는 여전히 불러온 버전 1이 나와야 해요.",
        ),
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_predict_answers")
@pytest.mark.hint(
    en="Among the numbers in the folder that are smaller than the current one, take the largest and load it.",
    ko="폴더에 있는 번호 가운데 지금 버전보다 작은 것을 고르고, 그중 가장 큰 것을 불러오세요.",
)
def test_rollback(submission, tools, http, ask, expect, rng):
    """A rollback loads the version before, and is refused where there is none.

    ko: 롤백은 바로 앞 버전을 불러오고, 앞 버전이 없으면 거절한다.
    """
    networks = [tools.call("build", number, hold=True) for number in (7, 8, 9)]
    root = "served/rollback"
    # Versions 2, 9 and 10, so that neither the text's order nor the number minus one is the way.
    for network, name in zip(networks, ("2", "9", None), strict=True):
        folder = submission.call("export", network, root)
        expect.type(folder, str, what="export(...)")
        if name:
            tools.call("renumber", root, folder.rstrip("/").rpartition("/")[2], name)
    submission.call("load_latest", root)
    X = pictures(rng, 3)
    for network, name in zip(networks[1::-1], ("9", "2"), strict=True):
        answer = http.post(f"{MODEL}:rollback")
        told = answer.json()
        expect.true(
            name == "2" or not isinstance(told, dict) or told.get("version") != "2",
            en="This rollback went to the oldest version: the one just before the current version is wanted.",
            ko="가장 오래된 버전으로 돌아갔어요. 지금 버전 바로 앞의 버전으로 돌아가야 해요.",
        )
        expect.response(
            answer,
            200,
            {"version": name.__eq__, ...: ...},
            message=Text(
                "A rollback should be answered with 200 and the version that is served now, as text.",
                "롤백에는 200과 함께 이제 서비스하는 버전을 글자로 답해야 해요.",
            ),
        )
        expect.close(ask(http, X), submission.model(network).predict(scaled(X)), atol=1e-5, message=BACK)
        expect.response(
            http.get(MODEL),
            200,
            status_of(name),
            message=Text(
                "After a rollback the status should name the version that is served now.",
                "롤백한 뒤에는 상태에 지금 서비스하는 버전이 나와야 해요.",
            ),
        )
    expect.response(
        http.post(f"{MODEL}:rollback"),
        409,
        ERROR,
        message=Text(
            "Without a smaller version a rollback should be answered with 409 and an error text.",
            "더 작은 버전이 없으면 롤백에 409와 오류 글로 답해야 해요.",
        ),
    )


@pytest.mark.points(4)
@pytest.mark.needs("test_export_writes_a_saved_model")
@pytest.mark.hint(
    en="Check the body step by step: JSON, a dictionary, a list of instances, the shape (n, 28, 28), integers from 0 to 255.",
    ko="본문을 차례로 확인하세요. JSON인지, 딕셔너리인지, instances가 리스트인지, 크기가 (n, 28, 28)인지, 0부터 255까지의 정수인지요.",
)
def test_bad_requests_get_400(submission, tools, http, expect, rng):
    """Malformed requests get 400 or 404 and a reason, never an exception.

    ko: 잘못된 요청에는 예외가 아니라 400이나 404와 이유로 답한다.
    """
    submission.call("export", tools.call("build", 10, hold=True), "served/bad")
    submission.call("load_latest", "served/bad")
    X = pictures(rng, 1)
    cases = [
        ("{not json", Text("a body that is not JSON", "JSON이 아닌 본문")),
        ("[1, 2, 3]", Text("JSON that is not a dictionary", "딕셔너리가 아닌 JSON")),
        (json.dumps({"inputs": X.tolist()}), Text('a body without "instances"', '"instances"가 없는 본문')),
        (json.dumps({"instances": 7}), Text("instances that are no list", "리스트가 아닌 instances")),
        (json.dumps({"instances": X[:, :20].tolist()}), Text("pictures of 20 by 28", "크기가 20×28인 사진")),
        (json.dumps({"instances": [[[0, 1], [2]]]}), Text("ragged lists", "길이가 들쭉날쭉한 리스트")),
        (json.dumps({"instances": [[["ink"] * 28] * 28]}), Text("text for pixels", "픽셀 자리에 글자")),
        (json.dumps({"instances": (X.astype(int) + 300).tolist()}), Text("pixels above 255", "255보다 큰 픽셀")),
    ]
    for path in ("/v1/models/cats:predict", "/"):
        expect.response(
            http.post(path, {}),
            404,
            ERROR,
            message=Text(
                "An unknown path should be answered with 404 and an error text.",
                "모르는 경로에는 404와 오류 글로 답해야 해요.",
            ),
        )
    with expect.explains(Exception, ESCAPED):
        expect.bad_requests(http, f"{MODEL}:predict", cases, proper={"instances": X.tolist()}, schema=ERROR)


@pytest.mark.points(3)
@pytest.mark.needs("test_predict_answers")
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="All that a new process needs is in the folder; before load_latest it answers 503.",
    ko="새 프로세스에 필요한 것은 모두 폴더에 있어야 해요. load_latest 전에는 503으로 답해요.",
)
def test_new_process_serves_the_folder(submission, tools, ask, expect, rng):
    """A new process serves what another one exported.

    ko: 새 프로세스가 다른 프로세스에서 내보낸 모델을 서비스한다.
    """
    network = tools.call("build", 11, hold=True)
    submission.call("export", network, "served/fresh")
    X = pictures(rng, 3)
    expected = submission.model(network).predict(scaled(X))
    process = submission.fresh()
    with expect.service(process, "handle") as http:
        expect.response(
            http.get(MODEL),
            503,
            ERROR,
            message=Text(
                "Before `load_latest` every request for the model should be answered with 503 and an error text.",
                "`load_latest` 전에는 모델에 대한 모든 요청에 503과 오류 글로 답해야 해요.",
            ),
        )
        with expect.raises("FileNotFoundError"):
            process.call("load_latest", "served/nothing-here")
        expect.same(process.call("load_latest", "served/fresh"), 1)
        expect.close(ask(http, X), expected, atol=1e-5)
