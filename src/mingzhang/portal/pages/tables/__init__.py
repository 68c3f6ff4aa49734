"""The nine tables live: filled, units side by side, compared; and what stands behind any figure of them."""
