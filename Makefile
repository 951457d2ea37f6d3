# Short names for the same door; everything works without make too.
.PHONY: check test lint bench screenshots
check: lint test
lint:
	python3 manage.py lint
test:
	python3 manage.py test
bench:
	.venv/bin/python -m bench.desk
screenshots:
	.venv/bin/python -m bench.screenshots
