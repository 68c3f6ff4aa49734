"""Budget performance (预算绩效): the picture, goals, monitoring, self-evaluation, results applied."""
