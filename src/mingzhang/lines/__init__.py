"""The business lines (业务线): one folder each, data first; `load` reads and checks them."""
