"""Every setting in one place; the environment decides, and a laptop needs none of it set."""

import re
import sys
from importlib.util import find_spec
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config import env
from config.embedded import paths

BASE_DIR = paths.BASE
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY") or paths.secret_key()
ALLOWED_HOSTS = env.word_list("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = env.word_list("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "sources",
    "claims",
    "config",
]

MIDDLEWARE = [
    "config.api_headers.caching",
    "config.api_headers.cors",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sources.api.compression.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# ── for developers: what a page asked the database, beside the page
DEBUG_TOOLBAR = DEBUG and find_spec("debug_toolbar") is not None
if DEBUG_TOOLBAR:
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(4, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1", "::1"]  # it is shown to nobody else
    MIGRATION_MODULES = {"debug_toolbar": None}  # it remembers in memory: no table of its own

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


# ── PostgreSQL: DATABASE_URL is any libpq URI (sockets, several hosts, target_session_attrs); without it, the embedded one


def _database() -> dict[str, Any]:
    given = env.text("DATABASE_URL")
    if not given:
        return paths.database()
    try:
        words = conninfo_to_dict(given)
    except ProgrammingError as error:
        reason = " ".join(str(error).split())
        raise env.Nonsense(f"DATABASE_URL is not an address PostgreSQL understands: {reason}") from error
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    taken = {django: str(words.pop(libpq, "") or "") for django, libpq in named.items()}
    return taken | {"OPTIONS": words}


PGBOUNCER = env.flag("PGBOUNCER")
EMBEDDED_DATABASE = not env.text("DATABASE_URL")
EMBEDDED_REDIS = not env.text("REDIS_URL")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Transaction-pooling proxies (PgBouncer) cannot hold a server-side cursor between transactions.
        "DISABLE_SERVER_SIDE_CURSORS": PGBOUNCER,
        **_database(),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Redis and Celery: messages only wake; what is owed are rows (sources/jobs)
REDIS_URL = env.text("REDIS_URL") or f"unix://{paths.redis_socket()}"
if not re.match(r"(rediss?|unix)://.", REDIS_URL):
    raise env.Nonsense("REDIS_URL is no address of a Redis: it takes redis://…, rediss://… or unix:///path.")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # An unacknowledged message comes back after this: above the time limit, or it would run twice as a matter of course. The
    # one task that may run longer (a whole verification) does run twice then: the second finds its row leased, and leaves.
    "visibility_timeout": 300,
    # kombu looks for such messages at every tenth turn of ten seconds, which made 100 s of the above; this makes it 5.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "isnad:",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True  # acknowledged when done: a message whose worker dies comes back…
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # …at once where only a process of its pool died
CELERY_TASK_IGNORE_RESULT = True  # what came of it stands in PostgreSQL
# The hard limit is armed only once the soft one has passed. Both are below the leases of 300 s, so that what is cut off is not
# yet somebody else's. They travel in the message, and each task may state its own.
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 140
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # a worker that is busy holds no messages that another could take
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# One queue for each thing that must not wait for another; a worker that is not told otherwise (-Q) takes all of them.
# `reading` takes the processor, `watching` asks the world and checks the log, `scanning` finds what is due and keeps the ledger
# in order, `delivery` waits for receivers and mail servers.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"reading": {}, "watching": {}, "scanning": {}, "delivery": {}}
CELERY_TASK_DEFAULT_QUEUE = "scanning"
CELERY_TASK_CREATE_MISSING_QUEUES = False  # a worker for a misspelt queue would wait for ever
CELERY_TASK_ROUTES = {
    "claims.tasks.read_snapshots": "reading",
    "claims.tasks.redate_claims": "reading",
    "claims.tasks.find_neighbours": "reading",
    "claims.tasks.index_claims": "reading",
    "sources.tasks.watch_pages": "watching",
    "claims.tasks.verify_ledger": "watching",
    "claims.tasks.verify_ledger_whole": "watching",
    "claims.tasks.sign_ledger": "watching",
    "claims.tasks.flag_claims": "scanning",
    "claims.tasks.deliver_events": "scanning",
    "claims.tasks.seal_ledger": "scanning",
    "claims.tasks.prove_records": "scanning",
    "claims.tasks.offer_corrections": "scanning",
    "claims.tasks.issue_first_records": "scanning",
    "sources.tasks.sweep": "scanning",
    "sources.tasks.prune_answers": "scanning",
    "claims.tasks.deliver_webhooks": "delivery",
    "claims.tasks.send_digests": "delivery",
}
CELERY_TIMEZONE = "UTC"

# ── language and clock: one install is one desk
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "en", of=["en", "ar"])
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError) as error:
    raise env.Nonsense(f"TIME_ZONE is {TIME_ZONE!r}: it takes a name such as Asia/Riyadh.") from error

# ── the web
STATIC_URL = "static/"
STATIC_ROOT = paths.home() / "static"
WHITENOISE_USE_FINDERS = True  # no collectstatic step
LOGIN_URL = "admin:login"
HTTPS = env.flag("HTTPS")  # behind a proxy that speaks HTTPS and sets X-Forwarded-Proto
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^health/"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024  # above MAX_TEXT_BYTES, so that our own sentence is read first
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PUBLIC_READ = env.flag("PUBLIC_READ")
PUBLIC_MAX_AGE = env.number("PUBLIC_MAX_AGE", 0)  # seconds for which caches may show readers outside what they have without asking
CORS_ORIGINS = env.word_list("CORS_ORIGINS")  # whose pages may read what readers outside may
if strange := [word for word in CORS_ORIGINS if word != "*" and not re.fullmatch(r"https?://[^\s/?#@*]+", word)]:
    raise env.Nonsense(f"CORS_ORIGINS names {strange[0]!r}: it takes origins such as https://reader.example, or * for every one.")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "sources.api.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["sources.api.permissions.ByRole"],
    "DEFAULT_PARSER_CLASSES": ["sources.api.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["sources.api.rendering.JSON"],
    "DEFAULT_SCHEMA_CLASS": "sources.api.openapi.auto_schema.ConditionsSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "sources.api.negotiation.Negotiation",
    "DEFAULT_VERSIONING_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,  # what form an answer has is asked for by Accept alone
    "EXCEPTION_HANDLER": "sources.api.problems.answer",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Isnad",
    "DESCRIPTION": "Attributed claims with a clock, and a history nobody can quietly rewrite.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,  # what a PATCH wants, such as its reason, is said by its own serializer
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "sources.api.openapi.components.add_components",
        "sources.api.openapi.vocabulary.use_json_schema_words",
        "sources.api.openapi.headers.add_headers",
        "sources.api.openapi.error_responses.add_error_responses",
        "config.api_examples.add_examples",
    ],
    # two fields are called "type"
    "ENUM_NAME_OVERRIDES": {
        "SpeakerTypeEnum": "sources.models.SpeakerType",
        "NamedTypeEnum": ["person", "organisation"],
        "PolarityEnum": "claims.domain.choices.Polarity",
        "SamePolarityEnum": ["same", "opposite"],
        "AlikeEnum": ["same", "overlap", "differ"],
        "RelationEnum": "claims.domain.choices.Relation",
        "FigureRelationEnum": "claims.figures.series.RELATIONS",
        "StatusEnum": "claims.domain.choices.Status",
        "CorrectionStatusEnum": "claims.domain.choices.CorrectionStatus",
    },
}

# ── the desk's own choices
MAX_TEXT_BYTES = env.number("MAX_TEXT_BYTES", 5 * 1024 * 1024, least=1024)
FETCH_SECONDS = env.number("FETCH_SECONDS", 20, least=1)  # for a page, with all its redirections
FETCH_PORTS = env.numbers("FETCH_PORTS", "80 443 8080 8443", least=1, most=65535)
FETCH_NETWORKS: list[str] = []  # networks besides the public internet that pages may be fetched from: for tests, so no variable sets it
WATCHING = env.flag("WATCHING", True)  # are pages that came from the web looked at again, and feeds polled?
WATCHING_PAUSE: float = env.number("WATCHING_PAUSE", 10, least=1)  # seconds between two visits to one site
OWN_VERDICTS = env.flag("OWN_VERDICTS")  # may somebody approve the verdict they proposed?
READER_PRECISE = env.flag("READER_PRECISE")  # propose only claims with a cue and a named speaker
RULES_OFF = env.word_list("RULES_OFF")
RULE_PARAMETERS: dict[str, dict[str, Any]] = {
    "stale-in-queue": {"days": env.number("STALE_AFTER_DAYS", 3, least=1)},
    "due": {
        "overdue_after": env.number("OVERDUE_AFTER_DAYS", 7, least=1),
        "long_overdue_after": env.number("LONG_OVERDUE_AFTER_DAYS", 21, least=1),
    },
}

# ── telling people: webhooks, mail, feeds
ADDRESS = env.text("ISNAD_ADDRESS", "http://127.0.0.1:8000").rstrip("/")  # of this desk, for what is read elsewhere
if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", ADDRESS):
    raise env.Nonsense(f"ISNAD_ADDRESS is {ADDRESS!r}: it takes an address such as https://desk.example.")
WEBHOOKS_PRIVATE = env.flag("WEBHOOKS_PRIVATE")  # may webhooks go to this machine and its neighbours?
WEBHOOKS_PATIENCE_DAYS = env.number("WEBHOOKS_PATIENCE_DAYS", 3, least=1)  # of failing, then a webhook is switched off
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = paths.home() / "mail"
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_USER"), env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = env.flag("EMAIL_STARTTLS"), env.flag("EMAIL_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "isnad@localhost")
if "@" not in DEFAULT_FROM_EMAIL:
    raise env.Nonsense(f"EMAIL_FROM is {DEFAULT_FROM_EMAIL!r}: it takes an address such as isnad@desk.example.")
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise env.Nonsense("EMAIL_STARTTLS and EMAIL_SSL are both 1: a mail server speaks one or the other.")

# ── the ledger's signed heads
SIGNING_KEY = env.text("ISNAD_SIGNING_KEY")  # else a file of this install's own, made at first need
SIGNING_KEY_FILE = paths.home() / "signing_key"
ORIGIN = env.text("ISNAD_ORIGIN")  # the log's name, where a key is made
if not all(re.fullmatch(r"(PRIVATE\+KEY\+)?[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}", line.strip()) for line in SIGNING_KEY.splitlines()):
    raise env.Nonsense("ISNAD_SIGNING_KEY is no key: a line takes PRIVATE+KEY+NAME+ID+BASE64, or NAME+ID+BASE64 for an old one.")
if re.search(r"[\s+]", ORIGIN):
    raise env.Nonsense(f"ISNAD_ORIGIN is {ORIGIN!r}: it takes a name such as desk.example/log, without blanks and plus signs.")
CHECKPOINTS = env.text("ISNAD_CHECKPOINTS") or paths.home() / "checkpoints"  # the copy outside the database

# ── logs: one JSON object a line, to standard error
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", of=["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
