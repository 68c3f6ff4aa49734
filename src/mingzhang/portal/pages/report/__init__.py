"""The report as it will look: figures that open, words edited where they stand, the audit of the draft beside it."""
