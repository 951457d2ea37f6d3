"""What the environment says, read strictly: a value that cannot be right stops the start.

Each function reads one variable, or the ones that belong together, and raises ImproperlyConfigured
with a sentence that names it. `reviewsite/settings.py` lists them all.
"""

from __future__ import annotations

import os
import secrets
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured


def switch(name: str) -> bool:
    """An environment variable that is on or off; off when unset."""
    value = os.environ.get(name, "off").lower()
    if value not in ("on", "off", "1", "0", "true", "false"):
        raise ImproperlyConfigured(f"{name} is “{value}”; it can be on or off.")
    return value in ("on", "1", "true")


def port() -> int:
    """The PORT to listen on."""
    value = os.environ.get("PORT", "8000")
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"PORT is “{value}”; it must be a number from 1 to 65535.")
    return int(value)


def listening_address() -> str:
    """Return LISTEN: an IP address of this machine."""
    value = os.environ.get("LISTEN", "127.0.0.1")
    try:
        address = ip_address(value)
    except ValueError:
        raise ImproperlyConfigured(f"LISTEN is “{value}”; it must be an IP address.") from None
    # A URL, and so gunicorn, wants an address of version 6 in brackets.
    return f"[{address}]" if address.version == 6 else str(address)


def time_zone() -> str:
    """TIME_ZONE: the zone in which people type times, by its name in the database of IANA."""
    value = os.environ.get("TIME_ZONE", "UTC")
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):  # no name at all, a folder, or no such zone
        raise ImproperlyConfigured(
            f"TIME_ZONE is “{value}”; it must be the name of a time zone, such as Europe/Paris."
        ) from None
    return value


def number(name: str, *, default: int) -> int:
    """A whole number above 0 from the environment."""
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 10**9:
        raise ImproperlyConfigured(f"{name} is “{value}”; it must be a whole number above 0.")
    return int(value)


def count(name: str) -> int:
    """Return a whole number from 0 from the environment; 0 when unset."""
    value = os.environ.get(name, "0")
    if not value.isascii() or not value.isdigit() or int(value) > 20:
        raise ImproperlyConfigured(f"{name} is “{value}”; it must be a number from 0 to 20.")
    return int(value)


def oracle_url() -> str:
    """ORACLE_URL, "" for none; it needs ORACLE_MODEL."""
    value = os.environ.get("ORACLE_URL", "")
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        good = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and parts.port != 0
            and "@" not in parts.netloc
        )
    except ValueError:
        good = False
    if not good or "?" in value or "#" in value:
        raise ImproperlyConfigured(
            "ORACLE_URL must be http://host or https://host, with a path if the endpoint has one."
        )
    if not os.environ.get("ORACLE_MODEL"):
        raise ImproperlyConfigured("ORACLE_MODEL is not set; ORACLE_URL needs the name of a model.")
    key = os.environ.get("ORACLE_KEY", "")
    if not key.isascii() or not key.isprintable():
        raise ImproperlyConfigured("ORACLE_KEY holds characters that no key can have.")
    return value.rstrip("/")


def mail_server(url: str) -> dict[str, object]:
    """Return the settings of mail for MAIL_URL; without one, mail goes nowhere."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("MAIL_URL must be smtp://user:password@host:port or smtps://…")
    if not os.environ.get("MAIL_FROM"):
        raise ImproperlyConfigured("MAIL_FROM is not set; MAIL_URL needs an address to send from.")
    is_encrypted = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if is_encrypted else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_encrypted,
        "EMAIL_USE_TLS": not is_encrypted,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": os.environ["MAIL_FROM"],
    }


def needed(name: str, *, by: str) -> str:
    """Return a variable that another one needs."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; {by} needs it.")
    return value


def sign_in_providers() -> dict[str, dict[str, object]]:
    """Return the providers of OIDC_URL and SAML_URL, by allauth's name for their kind."""
    providers: dict[str, dict[str, object]] = {}
    if url := os.environ.get("OIDC_URL"):
        providers["openid_connect"] = {
            "provider_id": "oidc",
            "name": needed("OIDC_NAME", by="OIDC_URL"),
            "client_id": needed("OIDC_CLIENT", by="OIDC_URL"),
            "secret": needed("OIDC_SECRET", by="OIDC_URL"),
            "settings": {"server_url": url},
        }
    if url := os.environ.get("SAML_URL"):
        entity = needed("SAML_ENTITY", by="SAML_URL")
        providers["saml"] = {
            "provider_id": entity,
            "client_id": "saml",
            "name": needed("SAML_NAME", by="SAML_URL"),
            "settings": {"idp": {"entity_id": entity, "metadata_url": url}},
        }
    return providers


def secret_key(folder: Path) -> str:
    """Return SECRET_KEY of the environment, else the key that this installation made for itself.

    It is made once, and only its owner may read the file. A file that is empty, as a full disk
    leaves it, is filled; one that holds too little is named.
    """
    value = os.environ.get("SECRET_KEY")
    if value is not None:
        if len(value) < 50 or len(set(value)) < 5:
            raise ImproperlyConfigured(
                "SECRET_KEY is too short: it needs 50 characters or more, best random ones."
            )
        return value
    path = folder / "secret-key"
    if not path.exists() or not path.read_text().strip():
        made = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(60))
            file.flush()
            os.fsync(file.fileno())
        _keep_first(made, path)
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds too short a key. Put the key of a backup there, or delete the file:"
            " a new key is made, and everybody signs in again."
        )
    return key


def _keep_first(made: Path, path: Path) -> None:
    """Put a file in place unless another process was faster, or what is there is empty."""
    try:
        os.link(made, path)
    except FileExistsError:
        if not path.read_text().strip():
            made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def log_format() -> str:
    """LOG_FORMAT: the name of a formatter of LOGGING."""
    value = os.environ.get("LOG_FORMAT", "plain")
    if value not in ("plain", "json"):
        raise ImproperlyConfigured(f"LOG_FORMAT is “{value}”; it can be plain or json.")
    return value


def metrics_token() -> str:
    """METRICS_TOKEN, "" for none."""
    value = os.environ.get("METRICS_TOKEN", "")
    if value and len(value) < 20:
        raise ImproperlyConfigured("METRICS_TOKEN is too short: it needs 20 characters or more.")
    return value


def own_folder(folder: Path) -> Path:
    """Return the folder, made for its owner alone; one of another owner stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_uid == os.getuid():
        folder.chmod(0o700)
    return folder


def database(url: str) -> dict[str, object]:
    """The DATABASES entry for a URL. SQLite is tuned for several writers."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            # Opening a database and reading its schema takes longer than the queries of a page.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,  # to open it; statements wait as reviewsite.sqlite has it
                # An act that was acknowledged outlives a power cut (docs/decisions/0092). Requests
                # wait for the disk without the lock: SyncBeforeAnswerMiddleware.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in ("postgres", "postgresql") and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # A query that a connection has made three times is not planned again: a desk takes
            # three quarters of the time (docs/decisions/0080).
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with “{url.split('@')[-1][:20]}”; it must be sqlite:///path or"
        " postgres://user:password@host:port/name."
    )
