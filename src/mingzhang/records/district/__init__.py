"""All departments of a district (全区): how far each is, whom to call, totals, how timely they published. For who oversees them."""
