"""Files → facts: filled workbooks and machine-readable facts, each figure with the place it was read at."""
