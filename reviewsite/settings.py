"""All settings in one file.

What differs between machines comes from the environment, read strictly: a value that cannot be
right stops the start with a sentence that names the variable.

    DATABASE_URL      sqlite:///path or postgres://user:password@host:port/name   (default: SQLite)
    DATA_DIR          the folder of database, secret key and static files   (default: var/)
    SECRET_KEY        50 characters or more   (default: made once, kept in DATA_DIR)
    ALLOWED_HOSTS     host names, comma-separated   (default: this machine)
    HTTPS             on when a proxy in front speaks HTTPS   (default: off)
    DEBUG             on while developing   (default: off)
    PORT              where `manage.py up` listens   (default: 8000)
    LISTEN            the address on which it listens; another one only behind a proxy on another
                      machine   (default: 127.0.0.1)
    WEB_PROCESSES     web processes, of four threads for reads and four for all else   (default: 2)
    DECIDES_ALONE     the role whose members may edit a correction that waits and approve it in
                      one act, such as Approvers   (default: nobody; the edit waits for the
                      author of the correction or another approver)
    TIME_ZONE         the zone of the times that people type and read, such as Europe/Paris
                      (default: UTC)
    UPLOAD_QUOTA      megabytes of uploaded files that may wait at a time   (default: 2000)
    METRICS_TOKEN     20 characters or more: the bearer token for /metrics   (default: nobody may)
    LOG_FORMAT        plain or json, with the request and the person   (default: plain)
    PROXIES           reverse proxies in front that name the client's address   (default: 0)
    MAIL_URL          smtp://user:password@host:587 or smtps://…:465, which sends the links with
                      which people choose a new password   (default: none, no mail is sent)
    MAIL_FROM         the address that mail comes from   (needed with MAIL_URL)
    OIDC_URL          an OpenID Connect provider through which people may sign in, such as
                      https://login.example.org   (default: none); with OIDC_CLIENT, OIDC_SECRET
                      and OIDC_NAME, which stands on the button
    SAML_URL          the address of a SAML identity provider's metadata   (default: none); with
                      SAML_ENTITY, the provider's name for itself, and SAML_NAME for the button
    MODELS            the folder that `manage.py models` copies the language models to, and where
                      they are found first   (default: models/ beside the code)
    SENTENCE_ENCODER  the dotted path of what returns another encoder   (default: the installed one)
    ORACLE_URL        where an OpenAI-compatible language model answers, such as
                      http://127.0.0.1:11434/v1; it is sent the texts of an article when
                      `manage.py ask_oracle` is run   (default: none, nothing is sent)
    ORACLE_MODEL      the model's name there   (needed with ORACLE_URL)
    ORACLE_KEY        the key that the endpoint asks for   (default: none)
    ORACLE_BUDGET     characters of one article's text that may be sent in all   (default: 200000)
    ORACLE_TIMEOUT    seconds that one answer may take   (default: 60)
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from reviewsite.environment import (
    count,
    database,
    listening_address,
    log_format,
    mail_server,
    metrics_token,
    number,
    oracle_url,
    own_folder,
    port,
    secret_key,
    sign_in_providers,
    switch,
    time_zone,
)

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = switch("DEBUG")
HTTPS = switch("HTTPS")
PORT = port()
LISTEN = listening_address()
WEB_PROCESSES = number("WEB_PROCESSES", default=2)

# Whatever this process writes, its owner alone may read: articles before they are published.
os.umask(0o077)
DATA_DIR = own_folder(Path(os.environ.get("DATA_DIR", BASE_DIR / "var")).resolve())
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if host.strip()
]
DATABASES = {
    "default": database(os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'review.sqlite3'}"))
}

SIGN_IN_PROVIDERS = sign_in_providers()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "lucide",
    "django_tasks",
    "django_tasks_db",
    "articles",
    "django.contrib.admin",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{kind}" for kind in SIGN_IN_PROVIDERS),
]

MIDDLEWARE = [
    "articles.health.logs.RequestIdMiddleware",
    "articles.health.metrics.RequestCounterMiddleware",
    "reviewsite.sqlite.SyncBeforeAnswerMiddleware",  # outside of all that writes
    "reviewsite.null_characters.NullCharacterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reviewsite.private_pages.PrivatePagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "articles.preferences.middleware.LookMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reviewsite.errors.GoneMeanwhileMiddleware",
]

ROOT_URLCONF = "reviewsite.urls"
WSGI_APPLICATION = "reviewsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["plain"]
CRISPY_TEMPLATE_PACK = "plain"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds that a link to choose a password lasts
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Failed sign-ins are counted here: every web process must see the same numbers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_limits",
    },
    # Who was just refused, in each web process: articles/accounts/limits.py
    "refused": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
REFUSED_SIGN_INS = "refused"
ACCOUNT_ADAPTER = "articles.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "articles.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/5m/ip,5/5m/key",
    "login": None,  # every sign-in of an address: a newsroom has one address for all
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = count("PROXIES")
MFA_ADAPTER = "articles.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Translation review"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on this machine alone
SOCIALACCOUNT_PROVIDERS = {
    kind: {
        "APPS": [app],
        # A stolen code is of no use without what only this site knows (RFC 7636).
        "OAUTH_PKCE_ENABLED": True,
        # SAML has no word for it: the newsroom's own provider is believed. OpenID Connect has
        # one, and some providers let people write their address themselves.
        "VERIFIED_EMAIL": kind == "saml",
    }
    for kind, app in SIGN_IN_PROVIDERS.items()
}
# A provider that an admin has named vouches for the address: it opens the account that has it.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = bool(SIGN_IN_PROVIDERS)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
globals().update(mail_server(os.environ.get("MAIL_URL", "")))
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "articles"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "français")]
FORMAT_MODULE_PATH = ["reviewsite.formats"]
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
LANGUAGE_COOKIE_AGE = 31_536_000  # who chose a language keeps it for a year
TIME_ZONE = time_zone()
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "reviewsite.joined_files.JoinedFilesFinder",
]
WHITENOISE_USE_FINDERS = DEBUG

MEDIA_ROOT = DATA_DIR / "files"  # uploads wait here while they are imported; never served
CHECK_PROCESSES = DATA_DIR / "checks"  # sockets of the workers, which hold the language models
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

UPLOAD_QUOTA = number("UPLOAD_QUOTA", default=2000) * 1_000_000  # bytes
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Everything comes from this site; nothing is inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
# The desk reads the token of forms: a sign-in in another tab changes it; the cookie has the newest.
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    # Browsers take a cookie of such a name from this host alone, and only over HTTPS.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {}, "json": {"()": "articles.health.logs.JsonFormatter"}},
    "filters": {"secrets": {"()": "articles.health.logs.SecretsFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": log_format(),
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
METRICS_TOKEN = metrics_token()

# The role that may approve its own edits of other people's corrections; "" for nobody.
DECIDES_ALONE = os.environ.get("DECIDES_ALONE", "").strip()

# A language model that may be asked for its opinion; without an address nothing is sent anywhere.
ORACLE_URL = oracle_url()
ORACLE_MODEL = os.environ.get("ORACLE_MODEL", "")
ORACLE_KEY = os.environ.get("ORACLE_KEY", "")
ORACLE_BUDGET = number("ORACLE_BUDGET", default=200_000)
ORACLE_TIMEOUT = number("ORACLE_TIMEOUT", default=60)
