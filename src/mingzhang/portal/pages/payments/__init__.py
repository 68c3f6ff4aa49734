"""Payments that casework asked for (业务付款): assigned to projects, made into vouchers, compared with the ledger."""
