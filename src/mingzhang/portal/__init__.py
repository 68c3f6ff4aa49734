"""The portal (门户): pages and an API over the records, the report and the audit. It shows and asks; rules live below."""
