"""Settings of the portal: safe defaults, overridden by ``PORTAL_…`` variables (see README).

With an empty environment it runs on its own PostgreSQL under ``var/``. The guard at the end
refuses combinations that must not meet the public.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from khanhson_portal import database, env
from khanhson_portal.ground.moments import LOCAL

# Who and where ----------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("PORTAL_DATA_DIR", BASE_DIR / "var")
DEBUG = env.flag("PORTAL_DEBUG", False)
DEMO = env.flag("PORTAL_DEMO", False)
PORT = env.text("PORT", "8000")
BASE_URL = env.text("PORTAL_BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.words("PORTAL_ALLOWED_HOSTS", LOCAL_HOSTS)


def _kept_key(folder: Path, name: str) -> str:
    """Return a key of this installation; made once, readable by its owner only."""
    keeper = folder / name
    if not keeper.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(keeper, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return keeper.read_text().strip()
        except OSError as error:
            raise env.WrongEnvironment(
                f"không ghi được vào thư mục dữ liệu {folder} ({error.strerror}). "
                "Hãy cấp quyền ghi hoặc đặt PORTAL_DATA_DIR sang thư mục khác."
            ) from None
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return keeper.read_text().strip()


SECRET_KEY = env.secret("PORTAL_SECRET_KEY") or _kept_key(DATA_DIR, "secret-key")
# Seals of the journal are signed under a key that whoever owns the database does not hold
SEAL_KEY = env.secret("PORTAL_SEAL_KEY") or _kept_key(DATA_DIR, "seal-key")
SEALS_DIR = DATA_DIR / "seals"

# Parts ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # upward, as imports run: each app finds the tables of those below it loaded
    "khanhson_portal.ground",
    "procedures",
    "dossiers",
    "feedback",
    "satisfaction",
    "khanhson_portal.publication",
    "khanhson_portal.kiosk",
    "khanhson_portal.demo",
    "khanhson_portal.home",
    "khanhson_portal.backup",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "khanhson_portal.administration.QuanTriConfig",
    "django.contrib.humanize",
    "django.forms",
    "django_q",
    "import_export",
    "pgtrigger",
    "pghistory",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "khanhson_portal.proxy.middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "khanhson_portal.urls"
WSGI_APPLICATION = "khanhson_portal.wsgi.application"
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
                "khanhson_portal.home.context.office",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -------------------------------------------------------------------------------------------

try:
    DATABASE_URL = env.secret("PORTAL_DATABASE_URL")  # "": the portal's own, started when wanted
    DATABASES = {
        "default": database.django_settings(
            DATABASE_URL,
            pool=env.flag("PORTAL_DATABASE_POOL", True),
            seconds=env.whole("PORTAL_STATEMENT_SECONDS", 0),
        )
    }
except database.NoDatabase as error:
    raise env.WrongEnvironment(str(error)) from None
DATABASES["default"]["TEST"] = {"TEMPLATE": "template0", "CHARSET": "UTF8"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "files"  # never served directly: views check who asks
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "khanhson_portal.ground.files.DurableStorage"},
    "kept": {  # under the hash of the content, so a name written twice is the same file
        "BACKEND": "khanhson_portal.ground.files.DurableStorage",
        "OPTIONS": {"allow_overwrite": True},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"  # of the admin: whoever may add rows may load them
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # how: khanhson_portal.ground.spreadsheets

BACKUP_DIR = env.path("PORTAL_BACKUP_DIR", DATA_DIR / "backups")
BACKUP_SECOND_DIR = Path(second) if (second := env.text("PORTAL_BACKUP_SECOND_DIR")) else None
BACKUP_PASSPHRASE = env.secret("PORTAL_BACKUP_PASSPHRASE")

KIOSK_IDLE_SECONDS = 60  # without a touch; then the screen forgets and starts anew

# Language and time ------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
TIME_ZONE = LOCAL.key
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["khanhson_portal.formats"]
USE_THOUSAND_SEPARATOR = False  # codes and years are numbers too; money goes through a filter

# People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "procedures.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "procedures.offices.access.PostBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "home:login"
LOGIN_REDIRECT_URL = "dossiers:desk"
LOGOUT_REDIRECT_URL = "home:home"
# Guessing is slowed down by the brake of home.views; this last bolt, for one account from one
# address, lies beyond what the brake lets through, so no stranger can lock an officer out.
AXES_FAILURE_LIMIT = 120
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# Protection -------------------------------------------------------------------------------------

TRUSTED_PROXIES = env.networks("PORTAL_TRUSTED_PROXIES", ["127.0.0.0/8", "::1"])
_served_securely = urlsplit(BASE_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _served_securely
SESSION_COOKIE_AGE = 12 * 3600  # one working day
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "khanhson_portal.home.views.form_expired"
SECURE_HSTS_SECONDS = 31_536_000 if _served_securely else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _served_securely else None
SECURE_REFERRER_POLICY = "same-origin"  # tracking links carry a secret
X_FRAME_OPTIONS = "DENY"
SECURITY_CONTACT = env.text("PORTAL_SECURITY_CONTACT")  # of /.well-known/security.txt
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
    "EXCLUDE_URL_PREFIXES": ["/quan-tri/"],  # Django's admin sets styles inline
}

# Signing of papers: off without a certificate -----------------------------------------------------

SIGNING_CERTIFICATE = env.text("PORTAL_SIGNING_CERTIFICATE")  # a PKCS#12 file of the agency
SIGNING_PASSWORD = env.secret("PORTAL_SIGNING_PASSWORD")

# Background work --------------------------------------------------------------------------------

Q_CLUSTER = {
    "name": "khanhson",
    "workers": 2,
    "timeout": 600,  # seconds; retry must stay above it, or a job runs twice
    "retry": 900,
    "max_attempts": 3,
    "catch_up": False,
    "ack_failures": True,
    "poll": 1,
    "save_limit": 1000,
    "recycle": 200,
    "label": "Việc chạy nền",
}
REDIS = env.service("PORTAL_REDIS_URL", ["redis", "rediss"], "redis://máy:cổng/số")
Q_CLUSTER |= {"redis": REDIS.url} if REDIS else {"orm": "default"}
Q_CLUSTER["broker_class"] = "khanhson_portal.ground.queue." + (
    "RedisBroker" if REDIS else "OrmBroker"
)

# Letters ----------------------------------------------------------------------------------------

EMAIL = env.service(
    "PORTAL_EMAIL_URL", ["smtp", "smtp+tls", "smtps"], "smtp://, smtp+tls:// hoặc smtps://máy:cổng"
)
if EMAIL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = EMAIL.host or "localhost"
    EMAIL_PORT = EMAIL.port or {"smtps": 465, "smtp+tls": 587}.get(EMAIL.scheme, 25)
    EMAIL_HOST_USER = EMAIL.user
    EMAIL_HOST_PASSWORD = EMAIL.password
    EMAIL_USE_TLS = EMAIL.scheme == "smtp+tls"
    EMAIL_USE_SSL = EMAIL.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "outbox"
DEFAULT_FROM_EMAIL = f"mot-cua@{urlsplit(BASE_URL).hostname}"

# The province's gateway for text messages; see dossiers.notices.gateway
NOTIFY_URL = env.text("PORTAL_NOTIFY_URL")
NOTIFY_KEY = env.secret("PORTAL_NOTIFY_KEY")

# Logs: no personal data, no addresses of pages (they may carry a tracking secret) -----------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "khanhson_portal.ground.masking.PrivateLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": "INFO"},
        "django": {"handlers": [], "propagate": True},  # no letter with whole requests to anybody
        "django.request": {"level": "ERROR"},
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}

# Guard ------------------------------------------------------------------------------------------

TESTING = "pytest" in sys.modules
if DEBUG and set(ALLOWED_HOSTS) - set(LOCAL_HOSTS):
    raise env.WrongEnvironment(
        "PORTAL_DEBUG=1 chỉ dùng trên máy của mình, không cho tên miền công cộng."
    )
if len(SECRET_KEY) < 40:
    raise env.WrongEnvironment("PORTAL_SECRET_KEY cần ít nhất 40 ký tự ngẫu nhiên.")
if len(SEAL_KEY) < 40:
    raise env.WrongEnvironment("PORTAL_SEAL_KEY cần ít nhất 40 ký tự ngẫu nhiên.")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise env.WrongEnvironment(
        "PORTAL_SECURITY_CONTACT cần bắt đầu bằng mailto:, https:// hoặc tel:."
    )
if NOTIFY_URL:
    _gateway = urlsplit(NOTIFY_URL)
    _near = f"[{_gateway.hostname}]" in LOCAL_HOSTS or _gateway.hostname in LOCAL_HOSTS
    if not _gateway.hostname or _gateway.scheme not in ({"http", "https"} if _near else {"https"}):
        raise env.WrongEnvironment(
            "PORTAL_NOTIFY_URL cần là địa chỉ https://… (http chỉ dùng trên máy này)."
        )
    if len(NOTIFY_KEY) < 32:
        raise env.WrongEnvironment(
            "PORTAL_NOTIFY_URL cần PORTAL_NOTIFY_KEY dài ít nhất 32 ký tự để ký tin."
        )
if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).hostname:
    raise env.WrongEnvironment(f"PORTAL_BASE_URL={BASE_URL!r} không phải địa chỉ http(s)://…")
if DEMO and set(ALLOWED_HOSTS) - set(LOCAL_HOSTS):
    raise env.WrongEnvironment(
        "PORTAL_DEMO=1 tạo tài khoản có mật khẩu công khai; không chạy trên tên miền công cộng."
    )
