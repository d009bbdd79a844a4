"""Hidden checks of the word counts: other mails, each rule, the vocabulary, new mails, spam against ham."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from grader.checks import Text

RULES = ("lower_case", "strip_html", "replace_urls", "replace_numbers")
NOT_DONE = {
    "lower_case": Text("Capitals and small letters are told apart.", "대문자와 소문자를 구별하고 있어요."),
    "strip_html": Text("HTML tags and entities are still in the text.", "HTML 태그와 개체가 텍스트에 남아 있어요."),
    "replace_urls": Text("Addresses do not become `URL`.", "주소가 `URL`로 바뀌지 않았어요."),
    "replace_numbers": Text("Numbers do not become `NUMBER`.", "수가 `NUMBER`로 바뀌지 않았어요."),
}
PLAIN_LIST = Text(
    "`transform` must return a list with one dict (or Counter) for each mail.",
    "`transform`은 메일마다 딕셔너리(또는 Counter)가 하나씩 든 리스트를 반환해야 해요.",
)
GROWN = Text(
    "`transform` changed the vocabulary: words are learnt in `fit` alone.",
    "`transform`이 어휘를 바꾸었어요. 단어는 `fit`에서만 배워야 해요.",
)
DROPPED = Text(
    "Unknown words are missing: column 0 counts them.", "어휘에 없는 단어가 빠졌어요. 0번 열에 세어 넣으세요."
)
DISTINCT = Text(
    "Column 0 counts how many different unknown words there are; sum up their counts.",
    "0번 열에 모르는 단어의 가짓수를 넣었어요. 횟수를 더해야 해요.",
)
PRESENCE = Text(
    "Each word counts 1, however often it comes: counts are wanted.",
    "단어가 몇 번 나오든 1로 세었어요. 나온 횟수가 필요해요.",
)
FROM_ZERO = Text(
    "The columns of the words begin at 0, but column 0 belongs to the unknown words.",
    "단어의 열 번호가 0부터 시작해요. 0번 열은 어휘에 없는 단어의 자리예요.",
)
TIES = Text(
    "Equally frequent words are not in alphabetical order.", "횟수가 같은 단어가 알파벳 순서로 놓이지 않았어요."
)
BY_MAILS = Text(
    "Words are ranked by the number of mails that hold them; add up how often they come.",
    "단어가 나온 메일의 수로 순서를 정했어요. 나온 횟수를 모두 더해야 해요.",
)


def counted(submission, expect, mails, **rules):
    """The student's word counts: one dict for each mail."""
    found = submission.estimator("WordCounter", **rules).call("transform", mails)
    expect.type(found, (list, tuple), what="transform(...)")
    fits = len(found) == len(mails) and all(isinstance(mail, dict) for mail in found)
    fits = fits and all(isinstance(count, int | float | np.number) for mail in found for count in mail.values())
    expect.true(fits, en=PLAIN_LIST.en, ko=PLAIN_LIST.ko)
    return found


def columns_of(vectorizer, expect, words, size=None):
    """The student's own columns of so many words, so that a mistake in them is not told again."""
    size = size or words
    columns = vectorizer.attr("vocabulary_")
    expect.type(columns, dict, what="vocabulary_")
    expect.true(
        len(columns) == words and all(isinstance(c, int | np.integer) and 0 <= c <= size for c in columns.values()),
        en="`vocabulary_` must hold a column of the matrix for each word that is kept.",
        ko="`vocabulary_`에는 남긴 단어마다 행렬의 열 번호가 있어야 해요.",
    )
    return columns


def dense(found, expect, shape, message=None):
    """The student's sparse matrix as an array of integers."""
    expect.true(
        sparse.issparse(found),
        en="`transform` must return a scipy.sparse matrix.",
        ko="`transform`은 scipy.sparse 행렬을 반환해야 해요.",
    )
    expect.true(found.dtype.kind in "iu", en="The matrix must hold integers.", ko="행렬의 값은 정수여야 해요.")
    expect.shape(found, shape, message=message)
    return found.toarray()


def told_apart(found, right):
    """What is odd about the words of many mails, without naming one."""
    for name in ("HYPERLINK", "URL", "NUMBER"):
        wanted = [words.get(name, 0) for words in right]
        if [words.get(name, 0) for words in found] != wanted:
            return Text(f"`{name}` does not come as often as it should.", f"`{name}`의 횟수가 맞지 않아요.")
    count = sum(mine == wanted for mine, wanted in zip(found, right, strict=True))
    return Text(
        f"In {count} of {len(right)} mails all words are right; the words put in for links, addresses and numbers are "
        "right everywhere, so look at the other words.",
        f"메일 {len(right)}통 가운데 {count}통에서 단어가 모두 맞아요. 링크, 주소, 수를 바꾼 단어는 어디서나 맞으니 "
        "다른 단어를 살펴보세요.",
    )


def some_mails(hidden, rng, n=60):
    """Mails that nobody has seen."""
    return hidden.draw(n, int(rng.integers(10_000, 2**31)))["text"].tolist()


def random_counts(rng, n=30, words=25):
    """Word counts with many ties; no word is like a word of the mails."""
    names = [f"{chr(97 + i % 26)}{chr(97 + i * 7 % 26)}{i}" for i in rng.permutation(words)]
    return [{names[i]: int(rng.integers(1, 5)) for i in rng.permutation(words)[: rng.integers(3, 9)]} for _ in range(n)]


@pytest.mark.points(4)
@pytest.mark.needs("test_words_of_a_plain_mail")
@pytest.mark.hint(
    en="Take a few mails of data/mails.csv and compare your words with the mail, step by step.",
    ko="data/mails.csv에서 메일 몇 통을 골라 단계마다 단어와 메일을 견주어 보세요.",
)
def test_words_of_other_mails(submission, hidden, expect, rng):
    """The words of other mails.

    ko: 다른 메일의 단어.
    """
    mails = some_mails(hidden, rng)
    found = counted(submission, expect, mails)
    right = [hidden.words(mail) for mail in mails]
    forgotten = [rule for rule in RULES if found == [hidden.words(mail, **{rule: False}) for mail in mails]]
    once = Text(
        "Each word is counted once; count how often it comes.", "단어를 한 번씩만 세었어요. 나온 횟수를 세세요."
    )
    message = NOT_DONE[forgotten[0]] if forgotten else None
    if found == [dict.fromkeys(words, 1) for words in right]:
        message = once
    expect.same(found, right, message=message or told_apart(found, right))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Each step asks its own parameter, and none of the others.",
    ko="단계마다 자기 매개변수만 확인하세요.",
)
def test_rules_can_be_switched_off(submission, hidden, expect, rng):
    """Each rule can be switched on by itself, and all can be switched off.

    ko: 규칙을 하나씩 따로 켤 수 있고, 모두 끌 수도 있다.
    """
    mails = some_mails(hidden, rng, 30)
    plain = [hidden.words(mail, **dict.fromkeys(RULES, False)) for mail in mails]
    items = []
    for alone in (*RULES, None):
        rules = {rule: rule == alone for rule in RULES}
        found = counted(submission, expect, mails, **rules)
        right = expect.holds(expect.same, found, [hidden.words(mail, **rules) for mail in mails])
        text = Text(
            "With all rules but one switched off, or with all, the words are not the right ones.",
            "규칙을 하나만 켜거나 모두 껐을 때 단어가 맞지 않아요.",
        )
        if alone and not right and expect.holds(expect.same, found, plain):
            text = NOT_DONE[alone]
        for other in RULES if not right else ():
            if other != alone and expect.holds(expect.same, found, [hidden.words(mail, **rules | {other: True}) for mail in mails]):
                text = Text(
                    f"The rule `{other}` is applied although it is switched off.",
                    f"꺼 둔 규칙 `{other}`이(가) 적용되었어요.",
                )
        items.append((right, text))
    expect.items(items)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Tags first, then addresses, then numbers; what you put in needs a space on both sides.",
    ko="태그, 주소, 수의 순서예요. 넣는 단어의 앞뒤에는 빈칸이 있어야 해요.",
)
def test_order_and_borders(submission, hidden, expect):
    """Rules in their order, what is put in stands apart.

    ko: 규칙의 순서를 지키고, 넣은 단어는 앞뒤와 떨어져 있다.
    """
    cases = (
        (
            "see http://a.example/x1<br>and www.b.example<b>bold</b>",
            ("strip_html", "replace_urls"),
            Text(
                "An address ends where a tag begins: tags first.",
                "주소는 태그가 시작되면 끝나요. 태그를 먼저 바꾸세요.",
            ),
        ),
        (
            "no http://c.example/2024/05 and HTTPS://D.EXAMPLE/7, WWW.E.EXAMPLE",
            ("replace_urls", "replace_numbers"),
            Text("Numbers inside an address belong to the address.", "주소 안의 숫자는 주소의 일부예요."),
        ),
        (
            "the httpd of wwwhere is http and www, no https: at all",
            ("replace_urls",),
            Text(
                "A word became `URL` that only looks like an address: an address begins with `http://`, `https://` or "
                "`www.`, signs and all.",
                "주소가 아닌 단어까지 `URL`로 바꾸었어요. 주소는 기호까지 포함해 `http://`, `https://`, `www.` 가운데 하나로 "
                "시작해요.",
            ),
        ),
        (
            "room101b costs 3.50, or 7.000,5; at 9:30. 1-2 and 10. From 4...8 to 6.:7",
            ("replace_numbers",),
            Text(
                "What is a number, and what only stands beside it? A single `.`, `,` or `:` joins digits, two in a row "
                "part them.",
                "어디까지가 수이고 어디부터가 아닌지 살펴보세요. `.`, `,`, `:`는 하나만 있을 때 숫자를 이어요. 둘 이상이면 "
                "다른 수예요.",
            ),
        ),
        (
            "<p\nclass='x'>one</p>two<br/>three <a\nhref='http://y.example'>four</a><abbr title='a b'>five</abbr>",
            ("strip_html",),
            Text(
                "Tags may run over line ends, words on both sides of a tag stand apart, and only `<a` is a link.",
                "태그는 줄이 바뀌어도 이어지고, 태그 양쪽의 단어는 서로 떨어지며, 링크는 `<a`뿐이에요.",
            ),
        ),
        (
            "go <A HREF='http://z.example'>there</A> now",
            ("strip_html",),
            Text(
                "A link may be written in capitals too: `<A` as well as `<a`.",
                "링크는 대문자로 쓸 수도 있어요. `<A`도 `<a`와 똑같이 바꾸세요.",
            ),
        ),
        (
            "tom&amp;jerry&nbsp;love &#52;2 &lt;b&gt; 5 < 6",
            ("strip_html", "replace_numbers"),
            Text(
                "Entities become characters after the tags are gone, and before numbers are replaced.",
                "개체는 태그를 없앤 다음, 수를 바꾸기 전에 문자로 바꿔요.",
            ),
        ),
    )
    items = []
    for mail, on, message in cases:
        rules = {rule: rule in on for rule in RULES}
        found = counted(submission, expect, [mail], **rules)
        items.append((expect.holds(expect.same, found, [hidden.words(mail, **rules)]), message))
    expect.items(items)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Sort by (-total, word) and give out the columns from 1 on.",
    ko="(-횟수, 단어) 순서로 정렬하고 열 번호를 1부터 매기세요.",
)
def test_vocabulary(submission, hidden, expect, rng):
    """The most frequent words, equally frequent ones in alphabetical order.

    ko: 가장 자주 나온 단어, 횟수가 같으면 알파벳 순서.
    """
    for size in (3, 8, 15):
        counts = random_counts(rng)
        right = hidden.vocabulary(counts, size)
        vectorizer = submission.estimator("VocabVectorizer", vocabulary_size=size).fit(counts)
        found = vectorizer.attr("vocabulary_")
        expect.type(found, dict, what="vocabulary_")
        total = {}
        for mail in counts:
            for word, count in mail.items():
                total[word] = total.get(word, 0) + count
        message = None
        if all(word in total for word in found) and all(isinstance(place, int) for place in found.values()):
            inside = [total[word] for word in sorted(found, key=found.get)]
            if inside == [total[word] for word in right]:
                message = TIES if sorted(found.values()) == sorted(right.values()) else None
            if sorted(found.values()) == list(range(size)):
                message = FROM_ZERO
        if found == hidden.vocabulary([dict.fromkeys(mail, 1) for mail in counts], size):
            message = BY_MAILS
        expect.same(found, right, message=message)
        new = [{word: 1} for word in right]
        alone = vectorizer.transform(new)
        expect.same(vectorizer.attr("vocabulary_"), found, message=GROWN)
        columns = Text(
            "Each word of `vocabulary_` must be counted in its own column.",
            "`vocabulary_`의 단어는 저마다 제 열에 세어야 해요.",
        )
        expect.close(alone, np.eye(size + 1)[1:], message=columns)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="`self.vocabulary_.get(word, 0)` is the column of any word.",
    ko="어떤 단어든 `self.vocabulary_.get(word, 0)`이 열 번호예요.",
)
def test_matrix_of_new_mails(submission, hidden, expect, rng):
    """Rows of new mails: known words in their columns, the others in column 0.

    ko: 새 메일의 행. 아는 단어는 제 열에, 나머지는 0번 열에 있다.
    """
    # Three words that stand well apart, so that how ties are broken plays no part here.
    seen = [{"low": 1, "mid": 3, "top": 5}, {"top": 4, "mid": 2, "rare": 1, "low": 1}]
    vectorizer = submission.estimator("VocabVectorizer", vocabulary_size=3).fit(seen)
    known = columns_of(vectorizer, expect, 3)
    names = ["low", "mid", "top", "rare", "new", "newer", "top2"]
    new = [
        {names[i]: int(rng.integers(2, 6)) for i in rng.permutation(len(names))[: rng.integers(2, 7)]}
        for _ in range(12)
    ]
    new[3] = {"new": 3, "rare": 2}
    new[5] = {}
    found = vectorizer.transform(new)
    expect.same(vectorizer.attr("vocabulary_"), known, message=GROWN)
    right = hidden.matrix(new, known, 3)
    presence = hidden.matrix([dict.fromkeys(mail, 1) for mail in new], known, 3)
    inside = {word: count for word, count in known.items() if count}
    dropped = hidden.matrix([{word: mail[word] for word in mail if word in inside} for mail in new], known, 3)
    distinct = right.copy()
    distinct[:, 0] = [sum(word not in inside for word in mail) for mail in new]
    mistakes = [(dropped, DROPPED), (presence, PRESENCE), ((right > 0).astype(int), PRESENCE), (distinct, DISTINCT)]
    expect.close(dense(found, expect, right.shape), right, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_matrix_of_new_mails")
@pytest.mark.hint(
    en="`transform` only reads `vocabulary_`; a second `fit` begins anew.",
    ko="`transform`은 `vocabulary_`를 읽기만 해요. `fit`을 다시 부르면 처음부터 새로 배워요.",
)
def test_only_fit_learns(submission, hidden, expect):
    """`transform` learns nothing, and a second `fit` forgets the first.

    ko: `transform`은 아무것도 배우지 않고, `fit`을 다시 하면 전에 배운 것을 잊는다.
    """
    vectorizer = submission.estimator("VocabVectorizer", vocabulary_size=2).fit([{"a": 5, "b": 3, "c": 1}])
    new = [{"c": 9, "z": 30}, {"a": 1, "z": 2}]
    columns = columns_of(vectorizer, expect, 2)
    right = hidden.matrix(new, columns, 2)
    for _ in range(2):
        expect.close(dense(vectorizer.transform(new), expect, (2, 3)), right, message=GROWN)
        expect.same(vectorizer.attr("vocabulary_"), columns, message=GROWN)
    vectorizer.fit([{"y": 2, "a": 2}, {"y": 1, "x": 1, "a": 1}])
    expect.same(
        set(columns_of(vectorizer, expect, 2)),
        {"y", "a"},
        message=Text("The second `fit` still knows words of the first.", "두 번째 `fit`에 첫 번째 단어가 남아 있어요."),
    )


@pytest.mark.points(1)
@pytest.mark.needs("test_matrix_of_new_mails")
@pytest.mark.hint(
    en="The number of columns follows from `vocabulary_size`, not from the words that were found.",
    ko="열의 수는 찾은 단어의 수가 아니라 `vocabulary_size`로 정해져요.",
)
def test_fewer_words_than_columns(submission, hidden, expect):
    """With fewer words than `vocabulary_size` the matrix is as wide all the same.

    ko: 단어가 `vocabulary_size`보다 적어도 행렬의 너비는 같다.
    """
    vectorizer = submission.estimator("VocabVectorizer", vocabulary_size=6).fit([{"b": 1, "a": 1}, {"a": 1}])
    new, columns = [{"a": 2, "q": 4}], columns_of(vectorizer, expect, 2, 6)
    narrow = Text(
        "Fewer words were found than `vocabulary_size`, and the matrix became narrower: columns without a word stay, "
        "and stay empty.",
        "찾은 단어가 `vocabulary_size`보다 적어서 행렬이 좁아졌어요. 나머지 열은 비어 있더라도 있어야 해요.",
    )
    found = dense(vectorizer.transform(new), expect, (1, 7), message=narrow)
    expect.close(found, hidden.matrix(new, columns, 6))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`fit` returns `self`, `__init__` stores parameters only, `transform` begins with `check_is_fitted(self)`.",
    ko="`fit`은 `self`를 반환하고, `__init__`은 매개변수만 저장하며, `transform`은 `check_is_fitted(self)`로 시작해요.",
)
def test_conventions(submission, expect):
    """Both are scikit-learn estimators.

    ko: 둘 다 사이킷런의 규칙을 따르는 추정기이다.
    """
    for name, rows, params in (
        (
            "WordCounter",
            ["a b"],
            {"lower_case": False, "strip_html": True, "replace_urls": True, "replace_numbers": False},
        ),
        ("VocabVectorizer", [{"a": 1}], {"vocabulary_size": 4}),
    ):
        made = submission.estimator(name, **params)
        expect.same(
            made.clone().params(),
            params,
            message=Text(
                f"A clone of `{name}` must have the same parameters.", f"`{name}`을 복제하면 매개변수가 같아야 해요."
            ),
        )
        with_y = Text(
            f"`fit` of `{name}` must take `y` as well, though it needs none: a pipeline passes it to every step.",
            f"`{name}`의 `fit`은 쓰지 않더라도 `y`를 받아야 해요. 파이프라인이 모든 단계에 `y`를 넘기기 때문이에요.",
        )
        with expect.explains(TypeError, with_y):
            made.call("fit", rows, [0])
        expect.true(
            getattr(made.call("fit", rows), "type_name", None) == name,
            en=f"`fit` of `{name}` must return `self`.",
            ko=f"`{name}`의 `fit`은 `self`를 반환해야 해요.",
        )
    found = counted(submission, expect, ["one two"], lower_case=False, strip_html=False)
    expect.same(found, [{"one": 1, "two": 1}])
    before = [{"one": 1, "two": 2}, {}, {"two": 1}]
    held = submission.hold(before)
    vectorizer = submission.estimator("VocabVectorizer", vocabulary_size=1)
    for method in ("fit", "transform"):
        vectorizer.call(method, held, hold=True)
        expect.same(
            held.call("copy"),
            before,
            message=Text(
                f"`{method}` changed the dicts that it got: whoever calls it still needs them.",
                f"`{method}`이 받은 딕셔너리를 바꾸었어요. 부른 쪽에서 더 쓸 수 있으니 그대로 두세요.",
            ),
        )
    early = Text(
        "`transform` before `fit` goes through, although there is no vocabulary yet.",
        "아직 어휘가 없는데 `fit` 전에 부른 `transform`이 그냥 지나갔어요.",
    )
    with expect.raises("NotFittedError", message=early):
        submission.estimator("VocabVectorizer").transform([{"a": 1}])


@pytest.mark.points(4)
@pytest.mark.needs("test_matrix_of_new_mails")
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="The vocabulary comes from the training mails; look at `vocabulary_`: does it hold words that tell something?",
    ko="어휘는 훈련 메일에서 나와요. `vocabulary_`에 쓸모 있는 단어가 들어 있는지 살펴보세요.",
)
def test_spam_is_found(submission, hidden, expect, band):
    """Precision and recall of a logistic regression on your vectors.

    ko: 여러분의 벡터로 훈련한 로지스틱 회귀의 정밀도와 재현율.
    """
    vectorizer, tables = submission.estimator("VocabVectorizer", vocabulary_size=100), []
    for mails in (hidden.train, hidden.unseen):
        # The counts stay inside, where they go from one transformer to the next as in a pipeline.
        counts = submission.estimator("WordCounter").call("transform", mails["text"].tolist(), hold=True)
        if not tables:
            vectorizer.fit(counts)
        tables.append(dense(vectorizer.transform(counts), expect, (len(mails), 101)))
    limit = 1_000_000  # what somebody makes up may be huge
    known, new = (np.clip(table, -limit, limit).astype(float) for table in tables)
    spam = hidden.unseen["spam"].to_numpy() == 1
    called = LogisticRegression(max_iter=1_000).fit(known, hidden.train["spam"]).predict(new) == 1
    hits = float(np.sum(called & spam))
    share = float(spam.mean())
    expect.metric(band["precision"], hits / max(called.sum(), 1), baseline=share)
    expect.metric(band["recall"], hits / spam.sum(), baseline=share)
