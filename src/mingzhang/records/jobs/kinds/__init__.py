"""All kinds of jobs, by name; one a file."""

from __future__ import annotations

from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.kinds.approved import ApprovedKind
from mingzhang.records.jobs.kinds.audit import AuditKind
from mingzhang.records.jobs.kinds.audit_district import AuditDistrictKind
from mingzhang.records.jobs.kinds.audit_many import AuditManyKind
from mingzhang.records.jobs.kinds.backup import BackupKind
from mingzhang.records.jobs.kinds.casework_nightly import CaseworkNightlyKind
from mingzhang.records.jobs.kinds.import_file import ImportFileKind
from mingzhang.records.jobs.kinds.verify import VerifyKind
from mingzhang.records.proposals.close import CloseKind
from mingzhang.records.proposals.publication import PublicationKind

KINDS: dict[str, JobKind] = {
    kind.name: kind
    for kind in (
        ImportFileKind(),
        ApprovedKind(CloseKind()),
        ApprovedKind(PublicationKind()),
        AuditKind(),
        AuditManyKind(),
        AuditDistrictKind(),
        BackupKind(),
        VerifyKind(),
        CaseworkNightlyKind(),
    )
}
