# %% [markdown] lang="en"
# # A pipeline for incomplete data
#
# Write `build_pipeline()`. It returns an unfitted scikit-learn pipeline that
#
# 1. fills gaps (`np.nan`) with the median of the column in the training data,
# 2. scales each column to mean 0 and standard deviation 1,
# 3. classifies with the 5 nearest neighbours.

# %% [markdown] lang="ko"
# # 빠진 값이 있는 데이터의 파이프라인
#
# `build_pipeline()`을 작성하세요. 아직 훈련하지 않은 사이킷런 파이프라인을 돌려줍니다. 이 파이프라인은
#
# 1. 빠진 값(`np.nan`)을 훈련 데이터에서 구한 그 열의 중간값으로 채우고,
# 2. 열마다 평균이 0, 표준편차가 1이 되도록 바꾸고,
# 3. 가장 가까운 이웃 5개로 분류합니다.

# %%
from sklearn.impute import SimpleImputer
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


# %%
def build_pipeline():
    """An unfitted pipeline: median imputation, standardisation, 5 nearest neighbours."""
    # SOLUTION
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), KNeighborsClassifier(n_neighbors=5))
    # END SOLUTION
