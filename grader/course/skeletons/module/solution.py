# %% [markdown] lang="en"
# # A record of experiments
#
# Write a module that keeps a record of experiments in a JSON file.
#
# * `record(path, name, score)` adds one run to the file and creates the file where there is none.
# * `best(path)` returns the name of the run with the highest score; of equal ones the first. It returns `None` where there
#   is no file.
#
# The record has to survive the end of the Python process.

# %% [markdown] lang="ko"
# # 실험 기록
#
# 실험 결과를 JSON 파일에 기록하는 모듈을 작성하세요.
#
# * `record(path, name, score)`는 파일에 실험 하나를 추가합니다. 파일이 없으면 만듭니다.
# * `best(path)`는 점수가 가장 높은 실험의 이름을 돌려줍니다. 점수가 같으면 먼저 기록한 것을 고릅니다. 파일이 없으면 `None`을 돌려줍니다.
#
# 파이썬 프로세스가 끝나도 기록은 남아 있어야 합니다.

# %%
import json
from pathlib import Path


# %%
def record(path, name, score):
    """Add one run to the record at ``path``."""
    # SOLUTION
    runs = read(path)
    runs.append({"name": name, "score": float(score)})
    Path(path).write_text(json.dumps(runs), encoding="utf-8")
    # END SOLUTION


# %%
def best(path):
    """Name of the best run, None where there is no record."""
    # SOLUTION
    runs = read(path)
    return max(runs, key=lambda run: run["score"])["name"] if runs else None
    # END SOLUTION


# %% tags=["solution-only"]
def read(path):
    """The runs in the record at ``path``."""
    return json.loads(Path(path).read_text(encoding="utf-8")) if Path(path).exists() else []
