# %% [markdown] lang="en"
# # Word counts for spam
#
# A spam filter cannot learn from text as it stands: it needs numbers, and tomorrow's mail must become numbers in the same
# way as the mails that it was trained on. You write the two transformers at the beginning of such a filter. `data/mails.csv`
# holds 600 mails (`text`, `spam`: 0 or 1) to try things out; the grader trains a logistic regression on your vectors and
# measures it on other mails.
#
# ## `WordCounter(lower_case=True, strip_html=True, replace_urls=True, replace_numbers=True)`
#
# `fit(mails, y=None)` learns nothing and returns `self`; `transform(mails)` takes a sequence of n texts and returns a
# **list of n dicts** word → how often (`collections.Counter` is a dict). These steps are taken **in this order**, each of
# the first four only if its parameter is `True`:
#
# 1. `lower_case`: the text in lower case.
# 2. `strip_html`: an opening link tag (`<a`, white space, anything up to the next `>`; `<A` just as well) becomes the word
#    `HYPERLINK`, any other tag (from `<` to the next `>`, over line ends too) a space. After that `html.unescape` turns
#    entities such as `&amp;` into characters.
# 3. `replace_urls`: an address becomes the word `URL`. An address begins with `http://`, `https://` or `www.`, in capitals
#    or not, and goes on up to the next white space.
# 4. `replace_numbers`: a number becomes the word `NUMBER`. A number is a run of digits, together with further runs of
#    digits that are joined to it by a single `.`, `,` or `:` (`1,299.00` and `14:05` are one number each, `555-1234` is
#    two).
# 5. Words are the matches of the regular expression `\w+`.
#
# What is put in has to stand apart from its neighbours, like a word between spaces: `tel.5pm` has the words `tel`,
# `NUMBER`, `pm`.
#
# ## `VocabVectorizer(vocabulary_size=1000)`
#
# Both methods get a list of dicts word → count and leave these dicts as they are.
#
# * `fit(counts, y=None)` adds up the counts of each word over all mails and keeps the `vocabulary_size` most frequent
#   words; **equally frequent words in alphabetical order** (as Python sorts text). It stores
#   `vocabulary_: dict[str, int]`, the column of each word: the most frequent word has column **1**. Returns `self`.
# * `transform(counts)` returns a `scipy.sparse` matrix of integers with n rows and **`vocabulary_size + 1`** columns (also
#   when there were fewer words to keep). Column **0** counts all words of the mail that are not in the vocabulary. Nothing
#   is learnt here: `vocabulary_` stays as it is. Before `fit`, `transform` raises `sklearn.exceptions.NotFittedError`.
#
# Both classes are scikit-learn estimators: parameters are stored under their names in `__init__`, nothing else is.
#
# ## Example
#
# ```
# Hello BOB,<br>call 555-1234 or see <a href="http://x.example/1">our site</a> www.x.example/2 now, from $1,299.00
# ```
#
# has the words hello, bob, call, or, see, HYPERLINK, our, site, URL, now, from once each and NUMBER three times.
#
# Fitted with `vocabulary_size=3` on `{"free": 2, "offer": 1, "meeting": 1}` and `{"meeting": 2, "offer": 1, "budget": 1}`
# the vocabulary is `{"meeting": 1, "free": 2, "offer": 3}`, and `{"free": 1, "lunch": 4, "budget": 2, "meeting": 1}` becomes
# the row `[6, 1, 1, 0]`.
#
# Hints: `re.sub(pattern, " URL ", text)`; `[^>]` matches anything but `>`.
# `sorted(total, key=lambda word: (-total[word], word))` sorts by two criteria. `csr_matrix((values, (rows, columns)),
# shape=...)` sums up entries that have the same place.

# %% [markdown] lang="ko"
# # 스팸 단어 벡터
#
# 스팸 필터는 글자를 그대로 배울 수 없습니다. 메일을 숫자로 바꾸어야 하고, 내일 올 메일도 훈련할 때와 똑같은 방법으로 바꾸어야
# 합니다. 이 문제에서는 스팸 필터의 맨 앞에 놓이는 변환기 두 개를 만듭니다. `data/mails.csv`에는 시험해 볼 메일 600통이
# 있습니다(`text`, 그리고 0 또는 1인 `spam`). 채점할 때는 여러분의 벡터로 로지스틱 회귀를 훈련하고 다른 메일에서 성능을 잽니다.
#
# ## `WordCounter(lower_case=True, strip_html=True, replace_urls=True, replace_numbers=True)`
#
# `fit(mails, y=None)`은 아무것도 배우지 않고 `self`를 반환합니다. `transform(mails)`는 텍스트 n개를 받아 단어 → 횟수 꼴의
# **딕셔너리 n개가 든 리스트**를 반환합니다(`collections.Counter`도 딕셔너리입니다). 다음 단계를 **이 순서대로** 거치며, 앞의 네
# 단계는 매개변수가 `True`일 때만 합니다.
#
# 1. `lower_case`: 텍스트를 소문자로 바꿉니다.
# 2. `strip_html`: 링크를 여는 태그(`<a`, 공백 문자, 그리고 다음 `>`까지. `<A`도 마찬가지입니다)는 단어 `HYPERLINK`로 바꾸고, 다른
#    태그(`<`부터 다음 `>`까지. 줄이 바뀌어도 이어집니다)는 빈칸으로 바꿉니다. 그다음 `html.unescape`로 `&amp;` 같은 개체(entity)를
#    문자로 바꿉니다.
# 3. `replace_urls`: 인터넷 주소를 단어 `URL`로 바꿉니다. 주소는 대소문자에 관계없이 `http://`, `https://`, `www.` 가운데 하나로
#    시작해 다음 공백 문자 앞까지입니다.
# 4. `replace_numbers`: 수를 단어 `NUMBER`로 바꿉니다. 수는 이어진 숫자들이고, `.`, `,`, `:` 하나로 이어진 숫자들까지 한 덩어리로
#    봅니다(`1,299.00`과 `14:05`는 각각 수 하나, `555-1234`는 수 두 개입니다).
# 5. 단어는 정규 표현식 `\w+`에 맞는 부분입니다.
#
# 새로 넣은 단어는 빈칸 사이에 놓인 것처럼 앞뒤와 떨어져 있어야 합니다. 예를 들어 `tel.5pm`의 단어는 `tel`, `NUMBER`, `pm`입니다.
#
# ## `VocabVectorizer(vocabulary_size=1000)`
#
# 두 메서드 모두 단어 → 횟수 꼴의 딕셔너리가 든 리스트를 받습니다. 받은 딕셔너리는 그대로 둡니다.
#
# * `fit(counts, y=None)`: 모든 메일에서 단어마다 횟수를 더해 가장 자주 나온 단어를 `vocabulary_size`개 남깁니다. **횟수가 같으면
#   알파벳 순서**(파이썬이 문자열을 정렬하는 순서)를 따릅니다. 단어마다 열 번호를 `vocabulary_: dict[str, int]`에 저장하는데,
#   가장 자주 나온 단어가 **1번** 열입니다. `self`를 반환합니다.
# * `transform(counts)`: 정수로 된 `scipy.sparse` 행렬을 반환합니다. 행은 n개, 열은 **`vocabulary_size + 1`개**입니다(남길 단어가 그보다
#   적었을 때도 그렇습니다). **0번** 열에는 어휘에 없는 단어의 횟수를 모두 더해 넣습니다. 여기서는 아무것도 배우지 않으므로
#   `vocabulary_`가 그대로여야 합니다. `fit`보다 먼저 부르면 `sklearn.exceptions.NotFittedError`를 일으킵니다.
#
# 두 클래스 모두 사이킷런 추정기입니다. `__init__`에서는 매개변수를 같은 이름으로 저장하기만 합니다.
#
# ## 예
#
# ```
# Hello BOB,<br>call 555-1234 or see <a href="http://x.example/1">our site</a> www.x.example/2 now, from $1,299.00
# ```
#
# 이 메일에는 hello, bob, call, or, see, HYPERLINK, our, site, URL, now, from이 한 번씩, NUMBER가 세 번 나옵니다.
#
# `vocabulary_size=3`으로 `{"free": 2, "offer": 1, "meeting": 1}`과 `{"meeting": 2, "offer": 1, "budget": 1}`을 훈련하면 어휘는
# `{"meeting": 1, "free": 2, "offer": 3}`이고, `{"free": 1, "lunch": 4, "budget": 2, "meeting": 1}`은 `[6, 1, 1, 0]` 행이 됩니다.
#
# 힌트: `re.sub(pattern, " URL ", text)`를 쓰세요. `[^>]`는 `>`가 아닌 문자에 맞습니다.
# `sorted(total, key=lambda word: (-total[word], word))`는 두 기준으로 정렬합니다. `csr_matrix((values, (rows, columns)),
# shape=...)`는 자리가 같은 값을 더해 줍니다.

# %%
from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted


# %%
class WordCounter(TransformerMixin, BaseEstimator):
    """Texts to word counts, with tags, addresses and numbers made alike."""

    def __init__(
        self,
        lower_case: bool = True,
        strip_html: bool = True,
        replace_urls: bool = True,
        replace_numbers: bool = True,
    ) -> None:
        self.lower_case = lower_case
        self.strip_html = strip_html
        self.replace_urls = replace_urls
        self.replace_numbers = replace_numbers

    def fit(self, mails: Sequence[str], y: None = None) -> WordCounter:
        """Nothing to learn."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def transform(self, mails: Sequence[str]) -> list[Counter[str]]:
        """Count the words of each mail."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
class VocabVectorizer(TransformerMixin, BaseEstimator):
    """Word counts to a sparse matrix: column 0 for unknown words, then the most frequent words."""

    def __init__(self, vocabulary_size: int = 1000) -> None:
        self.vocabulary_size = vocabulary_size

    def fit(self, counts: Sequence[Mapping[str, int]], y: None = None) -> VocabVectorizer:
        """Learn which words are the most frequent."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def transform(self, counts: Sequence[Mapping[str, int]]) -> csr_matrix:
        """Write each mail's counts into a row."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
