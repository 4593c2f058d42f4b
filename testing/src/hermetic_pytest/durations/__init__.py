"""How long tests take: the file that says so, shards that follow it, and what keeps it up to date."""
