"""Work on hostile files in a child process that may be killed: limits on time and memory, an answer or a problem."""

from mingzhang.isolation.limits import Limits
from mingzhang.isolation.run import Outcome, run_isolated
from mingzhang.isolation.worker import Worker

__all__ = ["Limits", "Outcome", "Worker", "run_isolated"]
