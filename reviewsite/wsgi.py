"""The door for a web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")
application = get_wsgi_application()
# The views are loaded with it: once for all processes, and no first visitor waits for them.
list(get_resolver().url_patterns)
