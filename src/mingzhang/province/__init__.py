"""A province of reports: audited on one machine or a cluster into Parquet, resumed where it stopped, summed up.

`batches` audits some files, each in a child process, into one part, here and on a cluster alike; `parts` is the folder
of the parts, what is there already, what has changed since; `run` puts the files that are left, in batches, on local
threads or a cluster; `summary` and `peers` say what the tables show across departments and years.
"""
