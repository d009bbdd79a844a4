# %% [markdown] lang="en"
# # Titanic submission file
#
# In a competition you get labelled training rows and unlabelled test rows, and hand in a file with one prediction for
# each test row. Which passengers of the Titanic survived? `data/train.csv` holds 891 passengers with the label
# `Survived` (0 or 1), `data/test.csv` 418 others without it. Both have gaps: `Age`, `Cabin`, a few in `Embarked`, `Fare`.
#
# Write into this file:
#
# * `make_pipeline() -> Pipeline`: an **unfitted** scikit-learn `Pipeline`. Its `fit(X, y)` gets a DataFrame with the raw
#   columns of `test.csv` and the labels; its `predict(X)` returns one 0 or 1 for each row. Everything that learns from
#   data (imputation, scaling, encoding, the model) stands inside the pipeline.
# * `submission: DataFrame` with exactly two columns, `PassengerId` and `Survived`, both integer, one row for each row of
#   `test.csv` in its order: the predictions of your pipeline after a fit on all of `train.csv`.
# * the same table as the file `submission.csv`, without an index column.
#
# The grader refits your pipeline in its own ten folds. Predicting that all women survive and no men is right in 0.788 of
# the cases; points for the accuracy begin there, and a careful pipeline gets them all at a little over 0.80.
#
# Rules:
#
# * A passenger's number is no property of the passenger, and neither is the family name: from `Name` use the **title**
#   (`Mr`, `Miss`, `Mrs`, `Master`, …) at most. The predictions must not change when passengers are renumbered or renamed.
# * Nothing may be learnt from test rows, not even the median age. Each passenger is judged alone: what is computed from
#   several of them (a median age, say) is learnt in `fit`.
# * The label must not sneak in as a feature, for example as the survival rate of a ticket looked up in the file. Labels reach
#   the pipeline through `fit(X, y)` alone, anew in each fit.
#
# A worked example of the file:
#
# ```
# PassengerId,Survived
# 892,0
# 893,1
# ```
#
# Hints: `X["Name"].str.extract(r",\s*([^.]+)\.")` finds the title between the comma and the full stop; put rare titles
# into one group. `SibSp + Parch + 1` is the size of the family. `FunctionTransformer` turns such a function into the first
# step of the pipeline. Measure with `cross_val_score(make_pipeline(), X, y, cv=10)` before you hand in.

# %% [markdown] lang="ko"
# # 타이타닉 제출 파일
#
# 경진 대회에서는 레이블이 있는 훈련 데이터와 레이블이 없는 테스트 데이터를 받고, 테스트 데이터의 행마다 예측을 하나씩 적은
# 파일을 제출합니다. 타이타닉호 승객 가운데 누가 살아남았을까요? `data/train.csv`에는 승객 891명과 레이블 `Survived`(0 또는
# 1)가, `data/test.csv`에는 레이블이 없는 다른 승객 418명이 있습니다. 두 파일 모두 `Age`와 `Cabin`에 빈칸이 많고 `Embarked`와
# `Fare`에도 조금 있습니다.
#
# 이 파일에 다음을 작성하세요.
#
# * `make_pipeline() -> Pipeline`: **훈련하지 않은** 사이킷런 `Pipeline`입니다. `fit(X, y)`는 `test.csv`와 같은 원본 열을 가진
#   DataFrame과 레이블을 받고, `predict(X)`는 행마다 0이나 1을 하나씩 반환합니다. 데이터에서 무언가를 배우는 단계(빈칸
#   채우기, 스케일 조정, 인코딩, 모델)는 모두 파이프라인 안에 있어야 합니다.
# * `submission: DataFrame`: 열이 `PassengerId`와 `Survived` 두 개뿐이고 둘 다 정수입니다. `test.csv`의 행마다 한 행씩 같은
#   순서로, 파이프라인을 `train.csv` 전체로 훈련한 뒤 예측한 값을 담습니다.
# * 같은 표를 인덱스 열 없이 저장한 파일 `submission.csv`
#
# 채점할 때는 여러분의 파이프라인을 새로 나눈 10개의 폴드에서 다시 훈련합니다. 여성은 모두 살고 남성은 모두 죽었다고만
# 예측해도 0.788이 맞습니다. 정확도 점수는 여기서부터 시작하고, 꼼꼼히 만든 파이프라인이라면 0.80을 조금 넘어 만점을
# 받습니다.
#
# 규칙입니다.
#
# * 승객 번호는 승객의 특징이 아니고, 성도 마찬가지입니다. `Name`에서는 **호칭**(`Mr`, `Miss`, `Mrs`, `Master`, …)만 쓸 수
#   있습니다. 승객의 번호나 이름을 바꾸어도 예측이 달라지면 안 됩니다.
# * 테스트 데이터에서는 아무것도 배우면 안 됩니다. 나이의 중간값도 안 됩니다. 승객은 저마다 따로 판단합니다. 나이의 중간값처럼
#   여러 승객에게서 계산하는 것은 `fit`에서 배웁니다.
# * 레이블이 특성으로 새어 들어가면 안 됩니다. 예를 들어 파일에서 티켓의 생존율을 찾아 쓰면 안 됩니다. 레이블은 `fit(X, y)`로만
#   받고, 훈련할 때마다 새로 받습니다.
#
# 제출 파일은 다음과 같은 모양입니다.
#
# ```
# PassengerId,Survived
# 892,0
# 893,1
# ```
#
# 힌트: `X["Name"].str.extract(r",\s*([^.]+)\.")`를 쓰면 쉼표와 마침표 사이에 있는 호칭을 뽑을 수 있습니다. 드문 호칭은 한
# 무리로 묶으세요. `SibSp + Parch + 1`은 가족의 수입니다. `FunctionTransformer`를 쓰면 이런 함수를 파이프라인의 첫 단계로 만들
# 수 있습니다. 제출하기 전에 `cross_val_score(make_pipeline(), X, y, cv=10)`으로 정확도를 재어 보세요.

# %%
from __future__ import annotations

from pathlib import Path

import pandas as pd
from sklearn.pipeline import Pipeline

DATA = Path("data")

# %% tags=["solution-only"]
from sklearn import pipeline
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

TITLES = {"Mr": "Mr", "Miss": "Miss", "Mlle": "Miss", "Ms": "Miss", "Mrs": "Mrs", "Mme": "Mrs", "Master": "Master"}


def describe(passengers: pd.DataFrame) -> pd.DataFrame:
    """Columns that tell something about a passenger, each computed from that passenger's row alone."""
    title = passengers["Name"].str.extract(r",\s*([^.]+)\.", expand=False).map(TITLES).fillna("Rare")
    table = passengers[["Pclass", "Sex", "Age", "SibSp", "Parch", "Fare", "Embarked"]].assign(
        Title=title, Family=passengers["SibSp"] + passengers["Parch"] + 1
    )
    return table


# %%
def make_pipeline() -> Pipeline:
    """Return the unfitted pipeline from raw columns to predictions."""
    # SOLUTION
    # Scaled first, so that the nearest neighbours who lend a missing age are near in every column.
    numbers = pipeline.make_pipeline(StandardScaler(), KNNImputer())
    categories = pipeline.make_pipeline(
        SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    )
    columns = ColumnTransformer(
        [
            ("numbers", numbers, ["Age", "SibSp", "Parch", "Fare", "Family"]),
            ("categories", categories, ["Pclass", "Sex", "Embarked", "Title"]),
        ]
    )
    model = RandomForestClassifier(min_samples_leaf=3, random_state=42)
    return Pipeline([("describe", FunctionTransformer(describe)), ("columns", columns), ("model", model)])
    # END SOLUTION


# %%
train = pd.read_csv(DATA / "train.csv")
test = pd.read_csv(DATA / "test.csv")

# %%
# SOLUTION
# STUB: submission = pd.DataFrame()  # columns PassengerId and Survived; write it to submission.csv as well
final = make_pipeline().fit(train.drop(columns="Survived"), train["Survived"])
predictions = final.predict(test)
submission = pd.DataFrame({"PassengerId": test["PassengerId"], "Survived": predictions})
submission.to_csv("submission.csv", index=False)
# END SOLUTION
