"""Ledgers (账簿) as they are read: balances of all accounts, one account by month, by line, by code. Nothing is stored."""
