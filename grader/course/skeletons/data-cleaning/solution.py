# %% [markdown] lang="en"
# # Clean a table of measurements
#
# Write `clean(raw)`. It takes a DataFrame with the columns `city` (text) and `height` (text) and returns a new one:
#
# 1. `city` without spaces around it, each word with a capital letter (`str.title`);
# 2. `height` as a float; what is no number becomes a gap;
# 3. rows that are now equal to an earlier one are left out;
# 4. gaps in `height` get the median of the heights that are left.

# %% [markdown] lang="ko"
# # 측정값 표 정리하기
#
# `clean(raw)`를 작성하세요. 열이 `city`(텍스트)와 `height`(텍스트)인 DataFrame을 받아 새로운 DataFrame을 돌려줍니다.
#
# 1. `city`는 앞뒤의 공백을 없애고, 단어마다 첫 글자를 대문자로 바꿉니다(`str.title`).
# 2. `height`는 실수로 바꿉니다. 수가 아닌 것은 빠진 값이 됩니다.
# 3. 이렇게 바꾼 뒤 앞의 행과 같아진 행은 뺍니다.
# 4. `height`의 빠진 값은 남아 있는 값의 중간값으로 채웁니다.

# %%
import pandas as pd


# %%
def clean(raw):
    """A clean copy of ``raw``."""
    # SOLUTION
    table = pd.DataFrame(
        {
            "city": raw["city"].str.strip().str.title(),
            "height": pd.to_numeric(raw["height"], errors="coerce").astype(float),
        }
    )
    table = table.drop_duplicates()
    return table.assign(height=table["height"].fillna(table["height"].median()))
    # END SOLUTION
