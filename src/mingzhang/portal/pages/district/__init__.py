"""The finance bureau's pages: all departments of the district, how timely they publish, their totals, their audits."""
