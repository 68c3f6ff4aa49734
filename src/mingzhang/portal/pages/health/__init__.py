"""Whether the portal lives and is ready, and its counts, for machines that watch it."""
