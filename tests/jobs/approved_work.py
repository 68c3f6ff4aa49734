"""Scripts over the sample's books: a close and a publication through three hands, left for a worker to do."""

_THREE_HANDS = """
from mingzhang.records.jobs.approving import approve_by_job, retry_by_job
from mingzhang.records.proposals import flow
def approved(kind, entity, year, payload):
    row = flow.save(person("accountant"), kind, entity, year, payload, "proposal")
    row = flow.submit(person("accountant"), row, row.version)
    row = flow.review(person("reviewer"), row, row.version)
    return approve_by_job(person("first"), row, row.version)
"""

CLOSE = (
    _THREE_HANDS
    + """
approved("close", office, 2022, {"month": 13})
"""
)

PUBLISH = (
    _THREE_HANDS
    + """
from datetime import date
from mingzhang.records.disclosures import Approval, enter_approval, review_confidentiality
from mingzhang.records.live import live
from mingzhang.records.publication_checks import computed_fen
from mingzhang.records.publishing import edition_of
now = live(department, 2021)
totals = [computed_fen(department, 2021, now, concept) for concept in ("revenue", "expenditure")]
enter_approval(person("head"), department, 2021, Approval("财决〔2022〕1号", date(2022, 9, 1), *totals), 0)
content = live(department, 2021).fingerprint(department, edition_of(department))
review_confidentiality(person("secrecy"), department, 2021, "不涉及国家秘密", content, content, 1)
approved("publication", department, 2021, {"edition": edition_of(department)})
"""
)
"""The approval and the confidentiality review come first."""

RETRY = (
    _THREE_HANDS
    + """
row = Proposal.objects.get(key="proposal")
retry_by_job(person("first"), row, row.version)
"""
)
