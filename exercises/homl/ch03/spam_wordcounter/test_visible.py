"""Visible checks of the word counts: one plain mail, one with links, the example of the task."""

import numpy as np
import pytest
from scipy import sparse

from grader.vocabulary import Text


def counted(submission, expect, mails):
    """The student's word counts: one dict for each mail."""
    found = submission.estimator("WordCounter").call("transform", mails)
    expect.type(found, (list, tuple), what="transform(...)")
    expect.true(
        len(found) == len(mails) and all(isinstance(mail, dict) for mail in found),
        en="`transform` must return a list with one dict (or Counter) for each mail.",
        ko="`transform`은 메일마다 딕셔너리(또는 Counter)가 하나씩 든 리스트를 반환해야 해요.",
    )
    return found


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
    missing = sorted(set(right) - set(found[0]))
    extra = sorted(str(word) for word in set(found[0]) - set(right))[:5]
    expect.same(
        found,
        [right],
        message=Text(
            f"Words missing: {', '.join(missing) or 'none'}; words too many: {', '.join(extra) or 'none'}.",
            f"빠진 단어: {', '.join(missing) or '없음'}, 더 들어간 단어: {', '.join(extra) or '없음'}",
        ),
    )


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
    missing = sorted(set(right) - set(found[0]))
    extra = sorted(str(word) for word in set(found[0]) - set(right))[:5]
    expect.same(
        found,
        [right, {}],
        message=Text(
            f"Words missing: {', '.join(missing) or 'none'}; words too many: {', '.join(extra) or 'none'}.",
            f"빠진 단어: {', '.join(missing) or '없음'}, 더 들어간 단어: {', '.join(extra) or '없음'}",
        ),
    )


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
    expect.same(vectorizer.attr("vocabulary_"), {"meeting": 1, "free": 2, "offer": 3})
    found = vectorizer.transform([{"free": 1, "lunch": 4, "budget": 2, "meeting": 1}])
    expect.true(
        sparse.issparse(found),
        en="`transform` must return a scipy.sparse matrix.",
        ko="`transform`은 scipy.sparse 행렬을 반환해야 해요.",
    )
    right = np.array([[6, 1, 1, 0]])
    dropped = Text(
        "Column 0 must count the words that are not in the vocabulary.",
        "0번 열에는 어휘에 없는 단어의 횟수를 넣어야 해요.",
    )
    expect.close(found, right, mistakes=[(right * [[0, 1, 1, 1]], dropped)])
