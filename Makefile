# Short names for the same door; everything works without make too.
.PHONY: check test lint bench screenshots load faults attack drill servers installation
check: lint test
lint:
	python3 manage.py lint
test:
	python3 manage.py test
bench:
	.venv/bin/python -m bench.desk
screenshots:
	.venv/bin/python -m bench.screenshots
# The four below start sites of their own on both databases, and take minutes.
# Smaller: make load OPTIONS="--editors 8 --minutes 1 --sentences 200"
# Not "load" first: make would take the line for its own directive of that name.
faults load attack drill:
	.venv/bin/python -m bench.$@ --database sqlite $(OPTIONS)
	.venv/bin/python -m bench.$@ --database postgres $(OPTIONS)
# Two servers and two workers on one PostgreSQL behind nginx, as docs/several-servers.md has them.
drill: servers
servers:
	.venv/bin/python -m bench.servers
# Every command of docs/install.md and docs/backup.md on an empty Debian 12: needs root and the network.
installation:
	.venv/bin/python -m bench.installation $(OPTIONS)
