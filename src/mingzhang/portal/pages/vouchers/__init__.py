"""Vouchers (记账凭证): the list, one, its print, and entering one by event or line by line."""
