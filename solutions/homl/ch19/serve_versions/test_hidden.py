"""Hidden checks of the versioned export: what the files hold, which version answers, and what bad requests get."""

import json

import numpy as np
import pytest

from grader.checks import Outcome, SubmissionRaised

MODEL = "/v1/models/digits"


def pictures(rng, n):
    """Raw pictures (n, 28, 28) uint8 of different brightness."""
    return (rng.random((n, 28, 28)) * rng.uniform(40, 255, size=(n, 1, 1))).astype(np.uint8)


def folder(code, number, **versions):
    """The public module and the folder of this question, with a network of such a seed for each version, ``v9=3``."""
    code.seed(number)  # what is asked from here on rests on all that came before it in this question
    tools, root = code.public("digit_net"), f"served/{number}"
    for name, seed in versions.items():
        code.call("export", tools.call("build", seed, hold=True), f"{root}-{name}")
        tools.call("renumber", "served", f"{number}-{name}/1", f"{number}/{name[1:]}")
    return tools, root


def asked(code, path, body=""):
    """Status and reply of a request, or in its place the exception that came out; the reply is read as a client reads it."""
    try:
        status, reply = code.call("handle", MODEL + path if path[:1] != "/" else path, body)
    except SubmissionRaised as fault:
        if fault.outcome is not Outcome.ERROR:
            raise
        return f"raised {fault.exception}", {}
    try:
        return status, json.loads(json.dumps(reply))
    except TypeError:
        return status, {"reply": "cannot be written as JSON"}


def predicted(code, X):
    """The probabilities that a request gets, or the whole answer where it holds none."""
    status, reply = asked(code, ":predict", json.dumps({"instances": X.tolist()}))
    return reply["predictions"] if status == 200 and "predictions" in reply else (status, reply)


def refused(code, path, body=""):
    """The status of a reply that says what is wrong."""
    status, reply = asked(code, path, body)
    return status if isinstance(reply.get("error"), str) else f"{status} without an error text"


@pytest.mark.points(5)
@pytest.mark.needs("test_export_writes_a_saved_model")
def test_preprocessing_is_inside(expect, rng):
    """The SavedModel alone turns raw pictures into the network's probabilities.

    ko: SavedModel만으로 원본 사진에서 신경망의 확률이 나온다.
    asks: scaling and the channel axis go *into* the saved model
    asks-ko: 스케일 조정과 채널 축 추가는 저장되는 모델 *안에* 들어가야 합니다
    hint: Put Rescaling(1 / 255) and Reshape((28, 28, 1)) between keras.Input((28, 28), dtype="uint8") and the network.
    hint-ko: keras.Input((28, 28), dtype="uint8")과 신경망 사이에 Rescaling(1 / 255)과 Reshape((28, 28, 1))을 넣으세요.
    """
    X = pictures(rng, 5)

    def inside(code):
        tools, root = folder(code, 11, v1=20)
        return tools.call("ask_saved_model", f"{root}/1", X)

    expect.agree(inside)


@pytest.mark.points(4)
def test_ten_is_newer_than_nine(expect, rng):
    """Versions are compared as numbers, other folders are no versions.

    ko: 버전은 숫자로 비교하고, 다른 폴더는 버전으로 치지 않는다.
    asks: are no versions
    asks-ko: 버전이 아닙니다
    hint: Turn the folders' names into integers before you compare them, and skip names that are not whole numbers.
    hint-ko: 폴더 이름을 정수로 바꾼 다음 비교하고, 정수가 아닌 이름은 건너뛰세요.
    """
    X = pictures(rng, 3)

    def names(code, number, other):
        tools, root = folder(code, number, v9=21)
        tools.call("copy", root, "9", "10")
        if other:
            tools.call("copy", root, "9", "notes.tmp")
        code.call("export", tools.call("build", 22, hold=True), root)
        return sorted({name.split("/")[2] for name in code.files(f"{root}/**/*")})

    def newest(code):
        _, root = folder(code, 14, v9=23, v10=24)
        return code.call("load_latest", root), predicted(code, X)

    expect.agree(lambda code: names(code, 12, other=False), ["10", "11", "9"])
    expect.agree(lambda code: names(code, 13, other=True), ["10", "11", "9", "notes.tmp"])
    expect.agree(newest)


@pytest.mark.points(3)
def test_answers_from_memory(expect, rng):
    """The loaded version answers on, whatever happens to the folder.

    ko: 폴더가 바뀌어도 불러온 버전이 계속 답한다.
    asks: a server does not read the disk at every request
    asks-ko: 서버는 요청마다 디스크를 읽지 않습니다
    hint: load_latest keeps the loaded model; handle uses that object and never touches the folder.
    hint-ko: load_latest가 불러온 모델을 보관하고, handle은 폴더를 건드리지 않고 그 모델을 쓰게 하세요.
    """
    X = pictures(rng, 3)

    def newer(code):
        tools, root = folder(code, 15, v1=25)
        code.call("load_latest", root)
        code.call("export", tools.call("build", 26, hold=True), root)
        return predicted(code, X), asked(code, "")

    def gone(code):
        tools, root = folder(code, 16, v1=27)
        code.call("load_latest", root)
        tools.call("retire", root, "1")
        return predicted(code, X)

    expect.agree(newer)
    expect.agree(gone)


@pytest.mark.points(3)
def test_rollback(expect, rng):
    """A rollback loads the version before, and is refused where there is none.

    ko: 롤백은 바로 앞 버전을 불러오고, 앞 버전이 없으면 거절한다.
    asks: loads the next smaller version in the same folder
    asks-ko: 같은 폴더에서 번호가 바로 아래인 버전을 불러옵니다
    hint: Among the numbers in the folder that are smaller than the current one, take the largest and load it.
    hint-ko: 폴더에 있는 번호 가운데 지금 버전보다 작은 것을 고르고, 그중 가장 큰 것을 불러오세요.
    """
    X = pictures(rng, 3)

    def replies(code):
        tools, root = folder(code, 17, v9=28)
        for name in ("2", "10"):
            tools.call("copy", root, "9", name)
        code.call("load_latest", root)
        return [asked(code, ":rollback") for _ in range(2)]

    def without_smaller(code):
        code.call("load_latest", folder(code, 18, v7=29)[1])
        return refused(code, ":rollback")

    def answers(code):
        code.call("load_latest", folder(code, 19, v2=30, v10=31)[1])
        asked(code, ":rollback")
        return predicted(code, X), asked(code, "")

    expect.agree(replies, [(200, {"version": "9"}), (200, {"version": "2"})])
    expect.agree(without_smaller, 409)
    expect.agree(answers)


@pytest.mark.points(3)
def test_bad_requests_get_400(expect, rng):
    """Malformed requests get 400 or 404 and a reason, never an exception.

    ko: 잘못된 요청에는 예외가 아니라 400이나 404와 이유로 답한다.
    asks: Every reply other than 200 is `{"error": "what is wrong"}`
    asks-ko: 200이 아닌 응답은 모두 `{"error": "무엇이 잘못되었는지"}`입니다
    hint: Check the body in turn: JSON, a dictionary, a list of instances, the shape (n, 28, 28), integers from 0 to 255.
    hint-ko: 본문을 차례로 확인하세요. JSON, 딕셔너리, instances 리스트, 크기 (n, 28, 28), 0부터 255까지의 정수 순서로요.
    """
    X = pictures(rng, 1)
    bodies = {
        "no JSON": "{not json",
        "no dictionary": "[1, 2, 3]",
        "no instances": json.dumps({"inputs": X.tolist()}),
        "no list": json.dumps({"instances": 7}),
        "20 by 28": json.dumps({"instances": X[:, :20].tolist()}),
        "ragged": json.dumps({"instances": [[[0, 1], [2]]]}),
        "text": json.dumps({"instances": [[["ink"] * 28] * 28]}),
        "above 255": json.dumps({"instances": (X.astype(int) + 300).tolist()}),
    }

    def after_bad_bodies(code):
        code.call("load_latest", folder(code, 40, v1=32)[1])
        found = {name: refused(code, ":predict", body) for name, body in bodies.items()}
        return found | {"a proper one": asked(code, ":predict", json.dumps({"instances": X.tolist()}))[0]}

    def other_paths(code):
        code.call("load_latest", folder(code, 41, v1=33)[1])
        return [refused(code, path, "{}") for path in ("/v1/models/cats:predict", "/")]

    expect.agree(after_bad_bodies, dict.fromkeys(bodies, 400) | {"a proper one": 200})
    expect.agree(other_paths, [404, 404])


@pytest.mark.points(3)
@pytest.mark.timeout(60)
def test_new_process_serves_the_folder(expect, rng):
    """A new process serves what another one exported.

    ko: 새 프로세스가 다른 프로세스에서 내보낸 모델을 서비스한다.
    asks: any of the three before `load_latest` | 503
    asks-ko: `load_latest` 전에 위의 세 경로를 요청할 때 | 503
    hint: All that a new process needs is in the folder; before load_latest it answers 503.
    hint-ko: 새 프로세스에 필요한 것은 모두 폴더에 있어야 해요. load_latest 전에는 503으로 답해요.
    """
    X = pictures(rng, 3)

    def fresh(code):
        _, root = folder(code, 42, v1=34)
        process = code.fresh()
        body = json.dumps({"instances": X.tolist()})
        before = [refused(process, path, body if path else "") for path in (":predict", ":rollback", "")]
        return before, process.call("load_latest", root), predicted(process, X)

    expect.agree(fresh)
    expect.agree(lambda code: code.call("load_latest", "served/nothing-here"))
