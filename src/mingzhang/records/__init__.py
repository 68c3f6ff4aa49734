"""The department's records (Django): organisation, ledger, budgets, registers; they yield facts."""
