"""Hidden checks of the word counts: other mails, each rule, the vocabulary, new mails, spam against ham."""

from collections import Counter

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

RULES = ("lower_case", "strip_html", "replace_urls", "replace_numbers")
PUT_IN = ("HYPERLINK", "URL", "NUMBER")
# Words that stand well apart, so that how ties are broken plays no part.
SEEN = [{"low": 1, "mid": 3, "top": 5}, {"top": 4, "mid": 2, "rare": 1, "low": 1}]
# By rule: another rule that is on as well, a mail, its words.
BORDERS = {
    "strip_html": (
        ("", "<p\nclass='x'>one</p>two<br/>six <abbr title='a b'>ten</abbr>", "one two six ten"),
        ("", "go <a\nhref='http://y.example'>there</a>", "go HYPERLINK there"),
        ("", "go <A HREF='http://z.example'>there</A>", "go HYPERLINK there"),
        ("replace_numbers", "tom&amp;jerry &#52;2 &lt;b&gt; 5 < 6", "tom jerry NUMBER b NUMBER NUMBER"),
    ),
    "replace_urls": (
        ("strip_html", "see http://a.example/x1<br>and www.b.example<b>bold</b>", "see URL and URL bold"),
        ("replace_numbers", "no http://c.example/2024/05 and 7", "no URL and NUMBER"),
        ("", "HTTPS://D.EXAMPLE/7, WWW.E.EXAMPLE", "URL URL"),
        ("", "the httpd of wwwhere is http and www, no https: at all", "the httpd of wwwhere is http and www no https at all"),
    ),
    "replace_numbers": (
        ("", "costs 3.50, or 7.000,5; at 9:30. 1-2 and 10", "costs or at and" + 6 * " NUMBER"),
        ("", "from 4...8 to 6.:7", "from NUMBER NUMBER to NUMBER NUMBER"),
        ("", "room101b tel.5pm", "room NUMBER b tel NUMBER pm"),
    ),
}


def words(code, mails, on=RULES):
    """Word counts of each mail with these rules switched on."""
    counter = code.estimator("WordCounter", **{rule: rule in on for rule in RULES})
    return [dict(mail) for mail in counter.call("transform", mails)]


def parts(words):
    """How often each of `PUT_IN` comes, then the words of letters alone, then the others."""
    left = [word for word in words if word not in PUT_IN]
    letters, others = ({word: words[word] for word in left if word.isalpha() == alone} for alone in (True, False))
    return [*(words.get(name, 0) for name in PUT_IN), letters, others]


def some_mails(hidden, rng, n=60):
    """Mails that nobody has seen."""
    return hidden.draw(n, int(rng.integers(10_000, 2**31)))["text"].tolist()


def fitted(code, size, counts):
    return code.estimator("VocabVectorizer", vocabulary_size=size).fit(counts)


def rows(vectorizer, counts):
    """The vectors as an array, whatever holds them."""
    found = vectorizer.transform(counts)
    return found.toarray() if hasattr(found, "toarray") else np.asarray(found)


def random_counts(rng, most, n=30, n_words=25):
    """Word counts up to `most`; where that is small, many words are equally frequent."""
    names = [f"{chr(97 + i % 26)}{chr(97 + i * 7 % 26)}{i}" for i in rng.permutation(n_words)]
    chosen = [rng.permutation(n_words)[: rng.integers(3, 9)] for _ in range(n)]
    return [{names[i]: int(rng.integers(1, most + 1)) for i in some} for some in chosen]


@pytest.mark.points(3)
def test_words_of_other_mails(hidden, expect, rng):
    """The words of other mails, however often they come.

    ko: 다른 메일의 단어와 그 횟수.
    asks: a **list of n dicts** word → how often
    asks-ko: 단어 → 횟수 꼴의 **딕셔너리 n개가 든 리스트**
    hint: Take a few mails of data/mails.csv and compare your words with the mail, step by step.
    hint-ko: data/mails.csv에서 메일 몇 통을 골라 단계마다 단어와 메일을 견주어 보세요.
    """
    mails = some_mails(hidden, rng)
    for place in range(5):
        expect.agree(lambda code: [parts(mail)[place] for mail in words(code, mails)])
    expect.agree(lambda code: words(code, ["free " * 24 + "spam " * 13, ""]), [{"free": 24, "spam": 13}, {}])


@pytest.mark.points(2)
def test_rules_can_be_switched_off(hidden, expect, rng):
    """Each rule can be switched on by itself, and all can be switched off.

    ko: 규칙을 하나씩 따로 켤 수 있고, 모두 끌 수도 있다.
    asks: each of the first four only if its parameter is `True`
    asks-ko: 앞의 네 단계는 매개변수가 `True`일 때만 합니다
    hint: Each step asks its own parameter, and none of the others.
    hint-ko: 단계마다 자기 매개변수만 확인하세요.
    """
    mails = some_mails(hidden, rng, 30)
    for on in (*([rule] for rule in RULES), []):
        expect.agree(lambda code: words(code, mails, on))


@pytest.mark.points(2)
@pytest.mark.parametrize("rule", RULES[1:], ids=["tags", "addresses", "numbers"])
def test_what_begins_and_ends_where(expect, rule):
    """Where tags, addresses and numbers begin and end; what is put in stands apart.

    ko: 태그, 주소, 수가 시작되는 곳과 끝나는 곳. 넣은 단어는 앞뒤와 떨어져 있다.
    asks: These steps are taken **in this order**
    asks-ko: 다음 단계를 **이 순서대로** 거치며
    hint: Tags first, then addresses, then numbers. Only `<a` or `<A` before white space is a link; an address ends at white
        space, its digits are no number; a single `.`, `,` or `:` joins digits; entities become characters after the tags.
    hint-ko: 태그, 주소, 수의 순서예요. 공백 문자 앞의 `<a`나 `<A`만 링크이고, 주소는 공백 문자 앞까지이며 그 안의 숫자는 수가
        아니에요. `.`, `,`, `:`는 하나만 있을 때 숫자를 잇고, 개체는 태그를 없앤 다음 문자로 바꿔요.
    """
    for other, mail, right in BORDERS[rule]:
        expect.agree(lambda code: words(code, [mail], [rule, other]), [dict(Counter(right.split()))])


@pytest.mark.points(3)
def test_vocabulary(expect, rng):
    """The most frequent words, equally frequent ones in alphabetical order.

    ko: 가장 자주 나온 단어, 횟수가 같으면 알파벳 순서.
    asks: **equally frequent words in alphabetical order** (as Python sorts text)
    asks-ko: **횟수가 같으면 알파벳 순서**(파이썬이 문자열을 정렬하는 순서)를 따릅니다
    hint: Sort by (-total, word) and give out the columns from 1 on.
    hint-ko: (-횟수, 단어) 순서로 정렬하고 열 번호를 1부터 매기세요.
    """

    def in_order(code, size, counts):
        columns = fitted(code, size, counts).attr("vocabulary_")
        return sorted(columns, key=columns.get)

    for size, most in ((3, 4), (8, 4), (15, 4), (8, 60)):
        counts = random_counts(rng, most)
        expect.agree(lambda code: in_order(code, size, counts))
    expect.agree(lambda code: sorted(fitted(code, 8, counts).attr("vocabulary_").values()), list(range(1, 9)))
    counts = [{"newsletter": 25, "offer": 9}, {"offer": 9, "newsletter": 1}]
    expect.agree(lambda code: in_order(code, 2, counts), ["newsletter", "offer"])
    expect.agree(lambda code: rows(fitted(code, 2, counts), [{"newsletter": 1}, {"offer": 1}]), [[0, 1, 0], [0, 0, 1]])


@pytest.mark.points(3)
def test_matrix_of_new_mails(expect, rng):
    """Rows of new mails: known words in their columns, the others in column 0.

    ko: 새 메일의 행. 아는 단어는 제 열에, 나머지는 0번 열에 있다.
    asks: Column **0** counts all words of the mail that are not in the vocabulary.
    asks-ko: **0번** 열에는 어휘에 없는 단어의 횟수를 모두 더해 넣습니다.
    hint: `self.vocabulary_.get(word, 0)` is the column of any word.
    hint-ko: 어떤 단어든 `self.vocabulary_.get(word, 0)`이 열 번호예요.
    """
    names = np.array(["low", "mid", "top", "rare", "new", "newer", "top2"])
    some = [rng.permutation(names)[: rng.integers(2, 7)].tolist() for _ in range(12)]
    new = [{name: int(rng.integers(2, 30)) for name in mail} for mail in some] + [{"new": 3, "newer": 2}, {}]

    def of_word(code, word):
        vectorizer = fitted(code, 5, SEEN)  # room for one more word
        return rows(vectorizer, new)[:, vectorizer.attr("vocabulary_")[word]]

    for word in ("top", "mid", "low"):
        expect.agree(lambda code: of_word(code, word))
    expect.agree(lambda code: rows(fitted(code, 5, SEEN), new)[:, 0])


@pytest.mark.points(2)
def test_only_fit_learns(expect):
    """`transform` learns nothing, and a second `fit` forgets the first.

    ko: `transform`은 아무것도 배우지 않고, `fit`을 다시 하면 전에 배운 것을 잊는다.
    asks: Nothing is learnt here: `vocabulary_` stays as it is.
    asks-ko: 여기서는 아무것도 배우지 않으므로 `vocabulary_`가 그대로여야 합니다.
    hint: `transform` only reads `vocabulary_`; a second `fit` begins anew.
    hint-ko: `transform`은 `vocabulary_`를 읽기만 해요. `fit`을 다시 부르면 처음부터 새로 배워요.
    """
    first, new = [{"apple": 5, "berry": 3, "cherry": 1}], [{"cherry": 9, "zucchini": 30}, {"apple": 1, "zucchini": 2}]
    second = [{"yoghurt": 2, "apple": 2}, {"yoghurt": 1, "xylophone": 1, "apple": 1}]

    def used(code):
        vectorizer = fitted(code, 4, first)  # room for one more word
        vectorizer.transform(new)
        return vectorizer

    expect.agree(lambda code: sorted(used(code).attr("vocabulary_")), ["apple", "berry", "cherry"])
    expect.agree(lambda code: rows(used(code), [{"zucchini": 1}, {"apple": 1}])[:, :2], [[1, 0], [0, 1]])
    expect.agree(lambda code: sorted(fitted(code, 2, first).fit(second).attr("vocabulary_")), ["apple", "yoghurt"])


@pytest.mark.points(2)
@pytest.mark.needs("test_matrix_of_new_mails")
def test_what_holds_the_results(expect):
    """A list of dicts, and a sparse matrix of integers, as wide as `vocabulary_size` says.

    ko: 딕셔너리가 든 리스트, 그리고 너비가 `vocabulary_size`로 정해지는 정수 희소 행렬.
    asks: a `scipy.sparse` matrix of integers with n rows and **`vocabulary_size + 1`** columns
    asks-ko: 정수로 된 `scipy.sparse` 행렬을 반환합니다. 행은 n개, 열은 **`vocabulary_size + 1`개**입니다
    hint: `WordCounter` returns a plain list of dicts, `VocabVectorizer` for example a `csr_matrix` of whole numbers, whose
        `shape` follows from `vocabulary_size`.
    hint-ko: `WordCounter`는 딕셔너리가 든 리스트를, `VocabVectorizer`는 정수로 된 `csr_matrix` 같은 것을 반환해요. 크기는
        `vocabulary_size`로 정해져요.
    """

    def plain_list(code):
        found = code.estimator("WordCounter").call("transform", ["one two"])
        return isinstance(found, list | tuple) and isinstance(found[0], dict)

    def sparse_integers(code):
        found = fitted(code, 3, SEEN).transform(SEEN)
        return sparse.issparse(found) and found.dtype.kind in "iu"

    expect.agree(plain_list, True)
    expect.agree(sparse_integers, True)
    expect.agree(lambda code: np.shape(rows(fitted(code, 6, SEEN), [{"top": 2, "q": 4}])), (1, 7))


@pytest.mark.points(2)
@pytest.mark.needs("test_matrix_of_new_mails")
def test_conventions(expect):
    """Both are scikit-learn estimators.

    ko: 둘 다 사이킷런의 규칙을 따르는 추정기이다.
    asks: Both classes are scikit-learn estimators
    asks-ko: 두 클래스 모두 사이킷런 추정기입니다
    hint: `fit` takes `y=None` and returns `self`, `__init__` stores parameters only, `transform` begins with
        `check_is_fitted(self)`, and the dicts that come in stay as they are.
    hint-ko: `fit`은 `y=None`도 받고 `self`를 반환하며, `__init__`은 매개변수만 저장하고, `transform`은
        `check_is_fitted(self)`로 시작해요. 받은 딕셔너리는 그대로 두세요.
    """
    params = {"lower_case": False, "strip_html": True, "replace_urls": True, "replace_numbers": False}
    for name, given, params in (("WordCounter", ["a b"], params), ("VocabVectorizer", [{"a": 1}], {"vocabulary_size": 4})):
        expect.agree(lambda code: code.estimator(name, **params).clone().params(), params)
        expect.agree(lambda code: code.estimator(name).call("fit", given, [0], hold=True).type_name, name)
    expect.agree(lambda code: code.estimator("VocabVectorizer").transform(SEEN))  # NotFittedError

    def dicts_afterwards(code, method):
        held = code.hold(SEEN)
        fitted(code, 1, SEEN).call(method, held, hold=True)
        return held.call("copy")

    for method in ("fit", "transform"):
        expect.agree(lambda code: dicts_afterwards(code, method), SEEN)


@pytest.mark.points(2)
@pytest.mark.needs("test_matrix_of_new_mails")
@pytest.mark.timeout(60)
def test_spam_is_found(submission, hidden, expect, band):
    """Precision and recall of a logistic regression on your vectors.

    ko: 여러분의 벡터로 훈련한 로지스틱 회귀의 정밀도와 재현율.
    asks: the grader trains a logistic regression on your vectors and measures it on other mails
    asks-ko: 채점할 때는 여러분의 벡터로 로지스틱 회귀를 훈련하고 다른 메일에서 성능을 잽니다
    hint: The vocabulary comes from the training mails; look at `vocabulary_`: does it hold words that tell something?
    hint-ko: 어휘는 훈련 메일에서 나와요. `vocabulary_`에 쓸모 있는 단어가 들어 있는지 살펴보세요.
    """
    vectorizer, tables = submission.estimator("VocabVectorizer", vocabulary_size=100), []
    for mails in (hidden.train, hidden.unseen):
        # The counts stay inside, where they go from one transformer to the next as in a pipeline.
        counts = submission.estimator("WordCounter").call("transform", mails["text"].tolist(), hold=True)
        if not tables:
            vectorizer.fit(counts)
        table = expect.array(rows(vectorizer, counts), (len(mails), 101))
        tables.append(np.clip(table, -1e6, 1e6))  # what somebody makes up may be huge
    spam = hidden.unseen["spam"].to_numpy() == 1
    called = LogisticRegression(max_iter=1_000).fit(tables[0], hidden.train["spam"]).predict(tables[1]) == 1
    hits, share = float(np.sum(called & spam)), float(spam.mean())
    expect.metric(band["precision"], hits / max(called.sum(), 1), baseline=share)
    expect.metric(band["recall"], hits / spam.sum(), baseline=share)
