"""Taking files into the books (导入): tables of vouchers, balances, budgets and registers; filled workbooks; published facts."""
