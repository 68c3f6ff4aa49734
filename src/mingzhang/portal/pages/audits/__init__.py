"""Audits (核查报告): hand over reports, watch, read the findings on the pages, take the files away."""
