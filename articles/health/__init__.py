"""Whether the site lives and is ready, its figures for Prometheus, and its logs."""
