"""Self-evaluation forms (绩效自评表): data only."""
