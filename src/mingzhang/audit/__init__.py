"""Facts × relations → findings: says which figures cannot all be true, by exact intervals."""

from mingzhang.audit.check import check, check_all, concrete
from mingzhang.audit.finding import Finding

__all__ = ["Finding", "check", "check_all", "concrete"]
