"""How much a request may carry (上传的上限): refused before anything of it is kept, whoever sends it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

_MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 400
MOST_PUBLIC_MEGABYTES = 70
_PUBLIC = "/check/"


class UploadQuota(FileUploadHandler):
    """Looks at the announced size and counts what comes; the handlers after it keep the files."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  # the name that Django passes it by
        content_length: int,
        boundary: bytes,
        encoding: Any = None,
    ) -> None:
        """Refuse a request that announces too much."""
        megabytes = MOST_PUBLIC_MEGABYTES if META.get("PATH_INFO", "").startswith(_PUBLIC) else MOST_MEGABYTES
        self._left = megabytes * _MEGABYTE
        if content_length > self._left:
            raise RequestDataTooBig(f"more than {megabytes} MB")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand a piece on; refuse more than was allowed."""
        self._left -= len(raw_data)
        if self._left < 0:
            raise RequestDataTooBig("more than was announced")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
