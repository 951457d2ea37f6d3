"""The site around the app: settings, addresses, the WSGI entry."""
