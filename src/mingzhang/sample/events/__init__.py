"""Business events of the sample bureau, one kind a file: each turns uses of the plan into vouchers at a desk."""
