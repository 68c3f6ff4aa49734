"""The loader of the catalogue: vocabulary, code lists, accounts, voucher templates and editions, each read once."""

from mingzhang.catalogue.loading.accounts import chart_of_accounts, voucher_templates
from mingzhang.catalogue.loading.classifications import (
    economic_classification,
    functional_classification,
    government_economic_classification,
)
from mingzhang.catalogue.loading.editions import edition, editions, load_edition
from mingzhang.catalogue.loading.event_groups import event_groups
from mingzhang.catalogue.loading.vocabulary import vocabulary

__all__ = [
    "chart_of_accounts",
    "economic_classification",
    "edition",
    "editions",
    "event_groups",
    "functional_classification",
    "government_economic_classification",
    "load_edition",
    "vocabulary",
    "voucher_templates",
]
