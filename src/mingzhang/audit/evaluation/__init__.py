"""Self-evaluation forms in a published report (自评表): found among its tables, read, recomputed."""
