"""The trail (操作留痕): who changed what, when, from what to what; exported, and proved on demand."""
