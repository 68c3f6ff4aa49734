"""Full-text search of vouchers (凭证全文检索): a word of two characters finds its vouchers among millions.

The index is kept by bigrams in a table of the database's own kind and is brought up to date when somebody searches,
so that posting and importing are not slowed. Vouchers are never changed or deleted: what is indexed stays right.
"""

from mingzhang.records.search.index import AT_MOST, catch_up, voucher_ids
from mingzhang.records.search.words import bigrams, is_indexed

__all__ = ["AT_MOST", "bigrams", "catch_up", "is_indexed", "voucher_ids"]
