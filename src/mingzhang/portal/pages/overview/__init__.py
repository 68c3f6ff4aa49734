"""At a glance: a department's units beside each other, and all departments of the district."""
