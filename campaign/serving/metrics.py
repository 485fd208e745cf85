"""Shows the sum of all workers' numbers on a port of its own.

    python -m campaign.serving.metrics HOST PORT FOLDER

A process of its own, started by the server: threads in the process that forks the workers could
leave a worker with a lock nobody will open. It ends when its standard input does.
"""

from __future__ import annotations

import sys

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector


def main() -> None:
    """Serve the numbers in FOLDER until the site is gone."""
    host, port, folder = sys.argv[1:]
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)
    start_http_server(int(port), addr=host, registry=registry)
    sys.stdin.read()


if __name__ == "__main__":
    main()
