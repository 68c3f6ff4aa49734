"""The year's work in words (重点工作): parts that sections write, with figures that come from the records."""
