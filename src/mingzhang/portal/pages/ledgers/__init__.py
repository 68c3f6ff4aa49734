"""Ledgers and balances (账簿、余额表): general, detailed, columnar, and the table of balances."""
