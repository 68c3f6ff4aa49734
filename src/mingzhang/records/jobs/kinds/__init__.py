"""All kinds of jobs, by name; one a file."""

from __future__ import annotations

from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.kinds.audit import AuditKind
from mingzhang.records.jobs.kinds.audit_many import AuditManyKind
from mingzhang.records.jobs.kinds.backup import BackupKind
from mingzhang.records.jobs.kinds.casework_nightly import CaseworkNightlyKind
from mingzhang.records.jobs.kinds.close import CloseKind
from mingzhang.records.jobs.kinds.import_file import ImportFileKind
from mingzhang.records.jobs.kinds.publish import PublishKind
from mingzhang.records.jobs.kinds.verify import VerifyKind

KINDS: dict[str, JobKind] = {
    kind.name: kind
    for kind in (
        ImportFileKind(),
        CloseKind(),
        PublishKind(),
        AuditKind(),
        AuditManyKind(),
        BackupKind(),
        VerifyKind(),
        CaseworkNightlyKind(),
    )
}
