# %%
import re
from html import unescape

from scipy.sparse import lil_array
from sklearn.base import BaseEstimator
from sklearn.exceptions import NotFittedError

LINK = re.compile(r"<a\s[^>]*>", re.I)
TAG = re.compile("<[^>]*>")
URL = re.compile(r"https?://[^\s]*|www\.[^\s]*", re.I)
TOKEN = re.compile(r"(\d+(?:[.,:]\d+)*)|(\w)")


# %%
class WordCounter(BaseEstimator):
    """Goes through each text by hand once tags and addresses are out of it."""

    def __init__(self, lower_case=True, strip_html=True, replace_urls=True, replace_numbers=True):
        self.lower_case, self.strip_html = lower_case, strip_html
        self.replace_urls, self.replace_numbers = replace_urls, replace_numbers

    def fit(self, mails, y=None):
        return self

    def transform(self, mails):
        return list(map(self._count, mails))

    def _count(self, text):
        text = str(text).lower() if self.lower_case else str(text)
        if self.strip_html:
            text = unescape(TAG.sub(" ", LINK.sub("\nHYPERLINK\n", text)))
        if self.replace_urls:
            text = "\tURL\t".join(URL.split(text))
        if self.replace_numbers:
            text = TOKEN.sub(lambda found: " NUMBER " if found.group(1) else found.group(2), text)
        counts = {}
        for word in "".join(letter if letter == "_" or letter.isalnum() else " " for letter in text).split():
            counts[word] = counts.get(word, 0) + 1
        return counts


# %%
class VocabVectorizer(BaseEstimator):
    def __init__(self, vocabulary_size=1000):
        self.vocabulary_size = vocabulary_size

    def fit(self, counts, y=None):
        total = {}
        for mail in counts:
            for word in mail:
                total[word] = total.get(word, 0) + mail[word]
        ranked = sorted(sorted(total), key=total.get, reverse=True)
        self.vocabulary_ = dict(zip(ranked[: self.vocabulary_size], range(1, self.vocabulary_size + 1)))
        return self

    def transform(self, counts):
        if not hasattr(self, "vocabulary_"):
            raise NotFittedError("fit comes first")
        table = lil_array((len(counts), self.vocabulary_size + 1), dtype=int)
        for i, mail in enumerate(counts):
            for word, count in mail.items():
                table[i, self.vocabulary_.get(word, 0)] += count
        return table.tocsr()
