"""The processes of the production server: they start together, and end when they are told to.

The main process alone hears signals; it tells its workers, and ends those that take too long. The
workers notice when it is gone, however it ended, and end too.
"""

import atexit
import multiprocessing
import os
import resource
import signal
import threading
import time
from multiprocessing import resource_tracker
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from . import embedded_postgres

# How long a request that is being answered may hold up the end.
_SECONDS_TO_END = 0.7
# Connections of one worker that are open at once, most of them idle; more wait to be accepted.
_CONNECTIONS = 1000
# How long a connection may be idle, or take to send the headers of a request.
_MILLISECONDS_FOR_HEADERS = 15_000


def serve(host: str, port: int, workers: int) -> None:
    """Serve until a signal comes."""
    ends = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # else nohup asks to go on
        ends.add(signal.SIGHUP)
    # A fresh process for each worker, as on every system in time: this one has threads. What keeps
    # account of them is started first, since it lets SIGINT through.
    multiprocessing.set_start_method("spawn", force=True)
    resource_tracker.ensure_running()
    # In this process and so in those that it starts: Ctrl+C is sent to all processes of the
    # terminal, and a worker that ends by itself looks like one that crashed. Waiting for a
    # signal, unlike handling it, misses none, whatever the process is doing.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    server = Granian(
        "portal.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        # Behind a proxy it is HTTP/1; time limits for headers hold in it alone.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_MILLISECONDS_FOR_HEADERS),
        backpressure=_room_for_connections(),
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_END,  # type: ignore[arg-type] # a fraction does as well
        websockets=False,
    )
    threading.Thread(target=_end_on_signal, args=(server, ends), daemon=True).start()
    embedded_postgres.watch()
    server.serve(target_loader=_load_application, wrap_loader=False)


def _end_on_signal(server: Any, ends: set[signal.Signals]) -> None:
    signal.sigwait(ends)
    while True:
        server.interrupt_signal = True
        # Again and again: the server forgets it while it replaces a worker.
        server.main_loop_interrupt.set()
        time.sleep(0.1)


def _load_application() -> Any:
    """What a worker does first."""
    signal.pthread_sigmask(signal.SIG_SETMASK, {signal.SIGINT, signal.SIGHUP})
    # The last thing at its end: to take the interpreter apart takes a second and serves nobody.
    atexit.register(os._exit, 0)
    threading.Thread(target=_end_with_main_process, daemon=True).start()
    from .asgi import application

    return application


def _end_with_main_process() -> None:
    main = multiprocessing.parent_process()
    if main is None:
        return
    main.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_SECONDS_TO_END)
    embedded_postgres.leave()
    os._exit(1)


def _room_for_connections() -> int:
    """As many as are wanted, or as many files as the system lets a process open."""
    wanted = _CONNECTIONS + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return _CONNECTIONS if soft == resource.RLIM_INFINITY else min(_CONNECTIONS, soft // 2)
