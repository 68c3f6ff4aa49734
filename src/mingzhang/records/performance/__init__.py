"""Budget performance in the books (预算绩效): goals, values, monitoring, self-evaluation, results applied."""
