"""BuildGrid's configuration."""

import pathlib

# Each worker has a value of its own for it; all others of an action's properties are just accepted.
POOL = "pool"

# A bot that was not heard of for so long has lost its jobs, which then go to another one.
BOT_TIMEOUT_SECONDS = 30

_CONFIGURATION = """\
server:
  - !channel {{address: "127.0.0.1:{port}", insecure-mode: true}}
authorization: {{method: none}}
monitoring: {{enabled: false}}
connections:
  - !sql-connection &sql {{connection-string: "{database}"}}
storages:
  - !disk-storage &cas {{path: "{cas}"}}
caches:
  - !lru-action-cache &ac {{storage: *cas, max-cached-refs: 10000, allow-updates: true, cache-failed-actions: false}}
schedulers:
  - !sql-scheduler &sched
    sql: *sql
    storage: *cas
    action-cache: *ac
    property-set: !dynamic-property-set {{match-property-keys: [{pool}], wildcard-property-keys: [OSFamily, ISA]}}
    poll-interval: 0.1
    bot-poll-interval: 0.1
    bot-session-keepalive-timeout: {bot_timeout}
    assigners: [!priority-age-assigner {{count: 1, interval: 0.1}}]
instances:
  - name: ''
    services: [!action-cache {{cache: *ac}}, !cas {{storage: *cas}}, !bytestream {{storage: *cas}},
      !execution {{scheduler: *sched}}]
thread-pool-size: 100
# Else as many as threads, and further ones are refused: Bazel uploads more files than that at once.
maximum-concurrent-rpcs: 10000
"""


def configuration(port: int, database: str, cas: pathlib.Path) -> str:
    """Writes the configuration of a server with storage, cache and scheduler.

    Args:
        port: where it listens, on the loopback interface alone.
        database: the connection string of a PostgreSQL database.
        cas: the folder of the content-addressable storage.

    Returns:
        The text of a YAML file.
    """
    return _CONFIGURATION.format(port=port, database=database, cas=cas, pool=POOL, bot_timeout=BOT_TIMEOUT_SECONDS)
