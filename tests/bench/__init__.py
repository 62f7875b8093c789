"""Speed as ratios: our work and other tools' equal work, on one PostgreSQL, interleaved in one run."""
