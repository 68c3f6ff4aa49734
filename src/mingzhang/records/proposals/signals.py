"""What others may hear of proposals, inside the transaction of the change itself."""

from __future__ import annotations

from django.dispatch import Signal

moved = Signal()
"""Sent as `moved.send(sender=Proposal, proposal=row)` with every step of a proposal, done already and not yet committed."""
