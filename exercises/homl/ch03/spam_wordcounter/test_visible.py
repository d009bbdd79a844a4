"""Visible checks of the word counts: one plain mail, one with links, the example of the task."""

import numpy as np
import pytest
from scipy import sparse

from grader.checks import Text

CAPITALS = Text(
    "Capitals and small letters are told apart: `Tea` and `TEA` have to be one word.",
    "대문자와 소문자를 구별하고 있어요. `Tea`와 `TEA`는 한 단어로 세어야 해요.",
)
DIGITS = Text(
    "Digits are left in the text: numbers have to become `NUMBER`.",
    "텍스트에 숫자가 남아 있어요. 수는 `NUMBER`로 바꾸어야 해요.",
)
STUCK = Text(
    "`NUMBER` sticks to the letters beside it: what you put in has to stand apart, like a word between spaces.",
    "`NUMBER`가 옆의 글자에 붙어 있어요. 새로 넣는 단어는 빈칸 사이에 놓인 것처럼 떨어져 있어야 해요.",
)
JOINED = Text(
    "A number is cut where digits are joined by `.`, `,` or `:`; such digits make one number.",
    "`.`, `,`, `:`로 이어진 숫자를 여러 수로 나누었어요. 이렇게 이어진 숫자들은 수 하나예요.",
)
ONCE = Text("Each word is counted once; count how often it comes.", "단어를 한 번씩만 세었어요. 나온 횟수를 세세요.")
TAGS = Text("HTML tags are still in the text.", "HTML 태그가 텍스트에 남아 있어요.")
ADDRESSES = Text("An address did not become `URL`.", "`URL`로 바뀌지 않은 주소가 있어요.")
SWALLOWED = Text(
    "The words `our` and `site` are gone with an address: it reaches to the next white space, so tags have to go first.",
    "`our`와 `site`가 주소와 함께 사라졌어요. 주소는 다음 공백 문자 앞까지이므로 태그를 먼저 없애야 해요.",
)
FROM_ZERO = Text(
    "The columns of the words begin at 0, but column 0 belongs to the unknown words.",
    "단어의 열 번호가 0부터 시작해요. 0번 열은 어휘에 없는 단어의 자리예요.",
)
BY_MAILS = Text(
    "Words are ranked by the number of mails that hold them; add up how often they come.",
    "단어가 나온 메일의 수로 순서를 정했어요. 나온 횟수를 모두 더해야 해요.",
)
TIES = Text(
    "Equally frequent words are not in alphabetical order.", "횟수가 같은 단어가 알파벳 순서로 놓이지 않았어요."
)
GROWN = Text(
    "`transform` changed the vocabulary: words are learnt in `fit` alone.",
    "`transform`이 어휘를 바꾸었어요. 단어는 `fit`에서만 배워야 해요.",
)
PRESENCE = Text(
    "Each word counts 1, however often it comes: counts are wanted.",
    "단어가 몇 번 나오든 1로 세었어요. 나온 횟수가 필요해요.",
)


def counted(submission, expect, mails):
    """The student's word counts: one dict for each mail."""
    found = submission.estimator("WordCounter").call("transform", mails)
    expect.type(found, (list, tuple), what="transform(...)")
    expect.true(
        len(found) == len(mails)
        and all(isinstance(mail, dict) for mail in found)
        and all(isinstance(count, int | float | np.number) for mail in found for count in mail.values()),
        en="`transform` must return a list with one dict (or Counter) for each mail.",
        ko="`transform`은 메일마다 딕셔너리(또는 Counter)가 하나씩 든 리스트를 반환해야 해요.",
    )
    return found


def told(found, right, mistakes):
    """The sentence of the mistake that is known, else which words are missing, too many or miscounted."""
    for explains, text in mistakes:
        if explains:
            return text
    missing = ", ".join(sorted(set(right) - set(found)))
    extra = ", ".join(sorted(str(word) for word in set(found) - set(right))[:5])
    miscounted = ", ".join(sorted(word for word in set(right) & set(found) if right[word] != found[word]))
    return Text(
        f"Words missing: {missing or 'none'}; words too many: {extra or 'none'}; miscounted: {miscounted or 'none'}.",
        f"빠진 단어: {missing or '없음'}, 더 들어간 단어: {extra or '없음'}, 횟수가 다른 단어: {miscounted or '없음'}",
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en='Lower case first, then numbers, then `re.findall(r"\\w+", text)`.',
    ko='먼저 소문자로 바꾸고, 수를 바꾼 다음 `re.findall(r"\\w+", text)`를 쓰세요.',
)
def test_words_of_a_plain_mail(submission, expect):
    """The words of a plain mail with numbers.

    ko: 수가 들어 있는 보통 메일의 단어.
    """
    right = {"tea": 2, "at": 1, "NUMBER": 3, "for": 1, "people": 1, "bring": 1, "sugar": 1, "pm": 1}
    found = counted(submission, expect, ["Tea at 14:05 for 12 people.\nBring sugar, TEA (5pm)!"])
    words = {str(word) for word in found[0]} - {""}
    mistakes = [
        (bool(words & {"Tea", "TEA", "Bring"}), CAPITALS),
        (any(word[0].isdigit() for word in words), DIGITS),
        (any(word != "NUMBER" and "NUMBER" in word for word in words), STUCK),
        (found[0] == right | {"NUMBER": 4}, JOINED),
        (found[0] == dict.fromkeys(right, 1), ONCE),
    ]
    expect.same(found, [right], message=told(found[0], right, mistakes))


@pytest.mark.points(3)
@pytest.mark.needs("test_words_of_a_plain_mail")
@pytest.mark.hint(
    en='`re.sub(r"<a\\s[^>]*>", " HYPERLINK ", text)`, after it all other tags, after them the addresses.',
    ko='먼저 `re.sub(r"<a\\s[^>]*>", " HYPERLINK ", text)`로 링크를, 다음에 다른 태그를, 그다음에 주소를 바꾸세요.',
)
def test_words_of_the_example(submission, expect):
    """The mail with a link and an address from the task.

    ko: 문제에 나온, 링크와 주소가 있는 메일.
    """
    mail = (
        'Hello BOB,<br>call 555-1234 or see <a href="http://x.example/1">our site</a> www.x.example/2 now, '
        "from $1,299.00"
    )
    once = ["hello", "bob", "call", "or", "see", "HYPERLINK", "our", "site", "URL", "now", "from"]
    found = counted(submission, expect, [mail, ""])
    right = dict.fromkeys(once, 1) | {"NUMBER": 3}
    swallowed = {word: count for word, count in right.items() if word not in ("our", "site")}
    mistakes = [
        (bool({"br", "href"} & set(found[0])), TAGS),
        (bool({"www", "http", "example"} & set(found[0])), ADDRESSES),
        (found[0] == swallowed, SWALLOWED),
    ]
    expect.same(found, [right, {}], message=told(found[0], right, mistakes))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Column 0 sums up lunch and budget; columns 1 to 3 are meeting, free, offer.",
    ko="0번 열은 lunch와 budget을 더한 값이고, 1~3번 열은 meeting, free, offer예요.",
)
def test_vector_of_the_example(submission, expect):
    """Vocabulary and row of the example in the task.

    ko: 문제에 나온 예의 어휘와 벡터.
    """
    counts = [{"free": 2, "offer": 1, "meeting": 1}, {"meeting": 2, "offer": 1, "budget": 1}]
    vectorizer = submission.estimator("VocabVectorizer", vocabulary_size=3).fit(counts)
    vocabulary = vectorizer.attr("vocabulary_")
    known = [
        ({"meeting": 0, "free": 1, "offer": 2}, FROM_ZERO),
        ({"meeting": 1, "offer": 2, "budget": 3}, BY_MAILS),
        ({"meeting": 1, "offer": 2, "free": 3}, TIES),
    ]
    expect.type(vocabulary, dict, what="vocabulary_")
    plain = all(isinstance(column, int | np.integer) for column in vocabulary.values())
    message = next((text for wrong, text in known if plain and vocabulary == wrong), None)
    expect.same(vocabulary, {"meeting": 1, "free": 2, "offer": 3}, message=message)
    found = vectorizer.transform([{"free": 1, "lunch": 4, "budget": 2, "meeting": 1}])
    expect.true(
        sparse.issparse(found),
        en="`transform` must return a scipy.sparse matrix.",
        ko="`transform`은 scipy.sparse 행렬을 반환해야 해요.",
    )
    expect.true(found.dtype.kind in "iu", en="The matrix must hold integers.", ko="행렬의 값은 정수여야 해요.")
    expect.same(vectorizer.attr("vocabulary_"), vocabulary, message=GROWN)
    right = np.array([[6, 1, 1, 0]])
    dropped = Text(
        "Column 0 must count the words that are not in the vocabulary.",
        "0번 열에는 어휘에 없는 단어의 횟수를 넣어야 해요.",
    )
    expect.close(found, right, mistakes=[(right * [[0, 1, 1, 1]], dropped), ([[2, 1, 1, 0]], PRESENCE)])
