"""Who works on batches: the cores of this machine, or the workers of a Dask scheduler.

In go a tool and batches, out come its results in the order of the batches, whoever worked. A Dask
client that runs in this process is used, or one of the address in DIFANG_SCHEDULER; else `cores`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import socket
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from difang import cores, project
from difang.corpus import caching
from difang.errors import DifangError

if TYPE_CHECKING:
    from distributed import Client

VARIABLE = "DIFANG_SCHEDULER"
PATIENCE = 10  # seconds in which a scheduler must answer
AHEAD = 2  # batches on their way for each thread of the workers: no more are held twice
ALONE = f"or leave out --scheduler and {VARIABLE} to work on this machine alone."

Batch = TypeVar("Batch")
Result = TypeVar("Result")


class EngineError(DifangError):
    """A Dask scheduler that cannot be used, or workers that would give other results."""


def use(address: str) -> None:
    """Have the workers of a scheduler do what this process, and those it starts, would do.

    Raises
    ------
    EngineError
        The scheduler cannot be reached.
    """
    os.environ[VARIABLE] = address
    _client()


def spread(
    tool: Callable[[Batch], Result], batches: Iterable[Batch], seconds: float = 0
) -> Iterator[Result]:
    """Yield what `tool` makes of each batch, in their order.

    Parameters
    ----------
    tool : callable
        What workers can import or unpickle; each makes it once, and it must not change.
    batches : iterable
        Taken a few at a time.
    seconds : float, default 0
        What it takes on one core, about: whether processes on this machine pay.

    Raises
    ------
    EngineError
        The scheduler cannot be reached or is lost; workers have other code, tables or versions
        than this process; a batch ended several of them.
    CoresError
        DIFANG_CORES is no number of cores.
    """
    client = _client()
    if client is None:
        return cores.spread(tool, batches, cores.workers(seconds))
    return _far(client, tool, batches)


def _far(
    client: Client, tool: Callable[[Batch], Result], batches: Iterable[Batch]
) -> Iterator[Result]:
    """Have the workers do it; what a lost one had is done again by another."""
    import cloudpickle
    from distributed import KilledWorker
    from distributed.client import ClosedClientError

    on_their_way = deque[Any]()

    def there(*sent: Any) -> Any:  # goes whole, so that a scheduler without difang can hand it on
        from difang.corpus.engine import use_tool

        return use_tool(*sent)

    try:
        if not client.nthreads():
            where = _address(client)
            warnings.warn(
                f"The Dask scheduler at {where} has no worker, and is waited for. Start some: "
                f"dask worker {where}",
                stacklevel=2,
            )
        made_of = client.submit(bytes, cloudpickle.dumps(tool), pure=False)  # sent but once
        for batch in batches:
            sent = made_of, pickle.dumps(batch), rests_on()
            on_their_way.append(client.submit(there, *sent, pure=False))
            if len(on_their_way) > AHEAD * sum(client.nthreads().values()):
                yield on_their_way.popleft().result()
        while on_their_way:
            yield on_their_way.popleft().result()
    except ImportError as error:
        raise EngineError(
            f"Cannot use the workers of {_address(client)}: {error}. Install there what is here "
            f"(requirements.lock.txt), start them anew, {ALONE}"
        ) from error
    except KilledWorker as error:
        raise EngineError(
            f"Cannot go on: one batch of documents ended several workers of {_address(client)}, "
            "for lack of memory as a rule. Give them more (`dask worker --memory-limit`, fewer "
            f"--nthreads), {ALONE}"
        ) from error
    except (CancelledError, ClosedClientError, OSError) as error:
        if isinstance(error, OSError) and client.status == "running":
            raise  # it is of the work itself
        raise EngineError(
            f"Cannot go on: the Dask scheduler at {_address(client)} is lost. Start it again and "
            f"repeat the command (what was done is kept), {ALONE}"
        ) from error


def use_tool(made_of: bytes, piece: bytes, ours: dict[str, str]) -> Any:
    """Use a tool on a worker, if it rests on the same as the process that asks."""
    from distributed import get_worker

    theirs = rests_on()
    if odd := [name for name in ours if theirs.get(name) != ours[name]]:
        told = ", ".join(f"{name} {theirs.get(name)} (asked for: {ours[name]})" for name in odd)
        raise EngineError(
            f"Cannot use the worker {get_worker().address}: its results could differ. It has "
            f"{told}. Install there what is here (requirements.lock.txt), start it anew, {ALONE}"
        )
    return _tool(made_of)(pickle.loads(piece))


@lru_cache(4)
def _tool(made_of: bytes) -> Callable[[Any], Any]:
    tool: Callable[[Any], Any] = pickle.loads(made_of)
    return tool


@cache
def rests_on() -> dict[str, str]:
    """Say what decides the results of a process: difang's code and tables, and versions."""
    code = Path(__file__).parents[1].rglob("*.py")
    files = [*sorted(code), *sorted(project.REFERENCE.glob("*.csv"))]
    own = hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()[:12]
    return {"difang": own, **{name: metadata.version(name) for name in caching.RESTS_ON}}


def _client() -> Client | None:
    """Give the client that runs, or one of the address asked for; None where there is neither."""
    dask = sys.modules.get("distributed")  # nobody but who uses it has imported it
    with suppress(ValueError):  # no client runs
        if dask and dask.default_client().status != "closed":
            client: Client = dask.default_client()
            return client
    address = os.environ.get(VARIABLE)
    return _connected(address) if address else None


def _connected(address: str) -> Client:
    """Connect to a scheduler; the client serves this process to its end."""
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise EngineError(
            f"Cannot use the Dask scheduler {address!r}: the package `distributed` is not "
            f"installed. Install difang[dask], {ALONE}"
        ) from error
    try:
        place = get_address_host_port(address)
        socket.create_connection(place, PATIENCE).close()  # a Client that fails leaves threads
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"Cannot reach a Dask scheduler at {address!r}: {error}. Start one (`dask scheduler`), "
            f"with workers (`dask worker {address}`), or name the address that it prints; "
            f"{ALONE}"
        ) from error
    return client


def _address(client: Client) -> str:
    return str(client.scheduler.address if client.scheduler else client)
