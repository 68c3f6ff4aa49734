"""People's mediation (人民调解): committees and mediators, screening, cases to their agreement, confirmation and performance."""
