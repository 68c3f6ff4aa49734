"""What the field says: concepts and dimensions, codes, accounts, voucher templates, editions. Entries only, and their loader."""
