"""At a glance: a department's units beside each other."""
