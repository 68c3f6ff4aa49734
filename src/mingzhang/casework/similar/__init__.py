"""Similar questions (相似问题): of many answered questions those that ask the same in other words, in milliseconds, by SQLite alone.

`terms` cuts a text into pairs of characters; `index` keeps and finds. What may be offered is for the caller to say: only published, anonymised questions are added.
"""

from mingzhang.casework.similar.index import Similar, SimilarQuestions
from mingzhang.casework.similar.terms import terms

__all__ = ["Similar", "SimilarQuestions", "terms"]
