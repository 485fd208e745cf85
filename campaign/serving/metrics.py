"""Show the sum of all workers' metrics on a port of its own.

    python -m campaign.serving.metrics HOST PORT FOLDER

A separate process, because a thread in the process that forks the workers could leave a worker
with a lock that is never released. It says so once it listens, and ends where it cannot, or when
its standard input ends.
"""

import sys

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector


def main() -> None:
    """Serve the metrics in FOLDER until the site ends."""
    host, port, folder = sys.argv[1:]
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)
    try:
        start_http_server(int(port), addr=host, registry=registry)
    except OSError:
        return
    print("listening", flush=True)  # noqa: T201 - whoever started this waits for it
    sys.stdin.read()


if __name__ == "__main__":
    main()
