"""Pages, one folder a topic: its addresses, its views, its forms."""
