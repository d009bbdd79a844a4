"""Visible checks of the word counts: one plain mail, one with links, the example of the task."""

import numpy as np
import pytest

PUT_IN = ("HYPERLINK", "URL", "NUMBER")
PLAIN = "Tea at 14:05 for 12 people.\nBring sugar, TEA (5pm)!"
EXAMPLE = 'Hello BOB,<br>call 555-1234 or see <a href="http://x.example/1">our site</a> www.x.example/2 now, from $1,299.00'
COUNTS = [{"free": 2, "offer": 1, "meeting": 1}, {"meeting": 2, "offer": 1, "budget": 1}]
NEW = [{"free": 1, "lunch": 4, "budget": 2, "meeting": 1}]


def parts(words):
    """How often each of `PUT_IN` comes, then the words of letters alone, then the others."""
    left = [word for word in words if word not in PUT_IN]
    letters, others = ({word: words[word] for word in left if word.isalpha() == alone} for alone in (True, False))
    return [*(words.get(name, 0) for name in PUT_IN), letters, others]


def agree_on_words(expect, mail, right):
    """Ask for the words of one mail, part by part."""

    def words(code):
        (found,) = code.estimator("WordCounter").call("transform", [mail])
        return dict(found)

    for place, part in enumerate(parts(right)):
        expect.agree(lambda code: parts(words(code))[place], part)


def fitted(code):
    return code.estimator("VocabVectorizer", vocabulary_size=3).fit(COUNTS)


@pytest.mark.points(3)
def test_words_of_a_plain_mail(expect):
    """The words of a plain mail with numbers.

    ko: 수가 들어 있는 보통 메일의 단어.
    asks: a number becomes the word `NUMBER`
    asks-ko: 수를 단어 `NUMBER`로 바꿉니다
    hint: Lower case first, then numbers, then `re.findall(r"\\w+", text)`.
    hint-ko: 먼저 소문자로 바꾸고, 수를 바꾼 다음 `re.findall(r"\\w+", text)`를 쓰세요.
    """
    once = dict.fromkeys(["at", "for", "people", "bring", "sugar", "pm"], 1)
    agree_on_words(expect, PLAIN, once | {"tea": 2, "NUMBER": 3})


@pytest.mark.points(3)
def test_words_of_the_example(expect):
    """The mail with a link and an address from the task.

    ko: 문제에 나온, 링크와 주소가 있는 메일.
    asks: has the words hello, bob, call, or, see, HYPERLINK, our, site, URL, now, from once each and NUMBER three times
    asks-ko: hello, bob, call, or, see, HYPERLINK, our, site, URL, now, from이 한 번씩, NUMBER가 세 번 나옵니다
    hint: `re.sub(r"<a\\s[^>]*>", " HYPERLINK ", text)`, after it all other tags, after them the addresses.
    hint-ko: 먼저 `re.sub(r"<a\\s[^>]*>", " HYPERLINK ", text)`로 링크를, 다음에 다른 태그를, 그다음에 주소를 바꾸세요.
    """
    once = ["hello", "bob", "call", "or", "see", "HYPERLINK", "our", "site", "URL", "now", "from"]
    agree_on_words(expect, EXAMPLE, dict.fromkeys(once, 1) | {"NUMBER": 3})


@pytest.mark.points(4)
def test_vector_of_the_example(expect):
    """Vocabulary and row of the example in the task.

    ko: 문제에 나온 예의 어휘와 벡터.
    asks: becomes the row `[6, 1, 1, 0]`
    asks-ko: `[6, 1, 1, 0]` 행이 됩니다
    hint: Column 0 sums up lunch and budget; columns 1 to 3 are meeting, free, offer.
    hint-ko: 0번 열은 lunch와 budget을 더한 값이고, 1~3번 열은 meeting, free, offer예요.
    """

    def row(code):
        found = fitted(code).transform(NEW)
        return found.toarray() if hasattr(found, "toarray") else np.asarray(found)

    def vocabulary_afterwards(code):
        vectorizer = fitted(code)
        vectorizer.transform(NEW)
        return vectorizer.attr("vocabulary_")

    expect.agree(lambda code: fitted(code).attr("vocabulary_"), {"meeting": 1, "free": 2, "offer": 3})
    expect.agree(row, [[6, 1, 1, 0]])
    expect.agree(vocabulary_afterwards, {"meeting": 1, "free": 2, "offer": 3})
