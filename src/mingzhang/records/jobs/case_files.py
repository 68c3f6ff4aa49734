"""Files of registers (台账文件) name people, so they stay no longer than their import needs them."""

from __future__ import annotations

import shutil

from mingzhang.records.jobs.folders import uploads
from mingzhang.records.models import Job


def forget_case_files() -> int:
    """Delete the files of imports of casework that have ended; of how many jobs."""
    ended = Job.objects.filter(kind="casework_import", state__in=Job.ENDED)
    found = [folder for job in ended if (folder := uploads(job)).is_dir()]
    for folder in found:
        shutil.rmtree(folder, ignore_errors=True)
    return len(found)
