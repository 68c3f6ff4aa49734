"""The tables beside the queue."""
