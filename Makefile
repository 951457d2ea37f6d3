# Short names for the same door; everything works without make too.
.PHONY: check test lint bench
check: lint test
lint:
	python3 manage.py lint
test:
	python3 manage.py test
