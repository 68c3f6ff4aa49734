"""The batches on an existing cluster of dask.distributed: it distributes, and does again what a dead worker held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import uuid4

from distributed import Client, as_completed

from mingzhang.documents import Problem
from mingzhang.province.batches import UnfitWorkerError, audit_batch, close_children

_PATIENCE = "30s"
_TRIES_AGAIN = 2


def on_cluster(
    address: str, batches: Sequence[Sequence[str]], out: str, program: str
) -> Iterator[int | Problem]:
    """How many reports each batch held, as they are done; a batch that fails for good is a problem.

    Raises OSError where there is no scheduler at the address, UnfitWorkerError where a worker is not fit for the work.
    """
    run = uuid4().hex[:8]
    with Client(address, timeout=_PATIENCE, set_as_default=False) as client:
        futures = {
            client.submit(
                audit_batch, list(batch), out, program, key=f"mingzhang-{run}-{number}", retries=_TRIES_AGAIN
            ): batch
            for number, batch in enumerate(batches)
        }
        try:
            for future in as_completed(list(futures), loop=client.loop):
                batch, failure = futures.pop(future), future.exception()
                if isinstance(failure, UnfitWorkerError):
                    raise failure
                answer = _failed(batch, failure) if failure else future.result()
                future.release()  # an answer that nobody waits for is not computed again when its worker dies
                yield answer
        finally:
            client.cancel(list(futures))
            client.run(close_children, on_error="ignore")


def _failed(batch: Sequence[str], failure: BaseException) -> Problem:
    what = f"一批报告（{len(batch)}份）在集群上没有核对成（{type(failure).__name__}）"
    return Problem("batch_failed", what, batch[0], "再运行一次同样的命令，已核对的不会重做")
