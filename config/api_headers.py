"""Who may keep an answer of the API, and which pages of other sites may read it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

API = "/api/"
PRIVATE = "private, no-store"
# What such a page may ask: to read, as whoever has no account. `Authorization` is not among the headers, so a token is not sent along,
# and without Access-Control-Allow-Credentials no cookie is.
METHODS = "GET, HEAD, OPTIONS"
HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match"
SHOWN = "ETag, Last-Modified, Retry-After"
SECONDS = "7200"  # for which a browser remembers what it was allowed; none remembers it longer

Next = Callable[[HttpRequest], HttpResponse]


def caching(answer_to: Next) -> Next:
    """A middleware: whatever does not say that it is public is kept by nobody, refusals and failures too."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = answer_to(request)
        if request.path_info.startswith(API):
            response.headers.setdefault("Cache-Control", PRIVATE)
            patch_vary_headers(response, ["Authorization", "Cookie"])
        return response

    return answer


def cors(answer_to: Next) -> Next:
    """A middleware: pages of the sites that CORS_ORIGINS names may read the API, never with credentials; without any, none may."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return answer_to(request)
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if asks and "Origin" in request.headers else answer_to(request)
        if settings.CORS_ORIGINS and "*" not in settings.CORS_ORIGINS:
            patch_vary_headers(response, ["Origin"])
        if allowed := _allowed(request.headers.get("Origin", "")):
            response["Access-Control-Allow-Origin"] = allowed
            response["Access-Control-Expose-Headers"] = SHOWN
            if asks:
                response["Access-Control-Allow-Methods"] = METHODS
                response["Access-Control-Allow-Headers"] = HEADERS
                response["Access-Control-Max-Age"] = SECONDS
        return response

    return answer


def _allowed(origin: str) -> str:
    if "*" in settings.CORS_ORIGINS:
        return "*"
    return origin if origin in settings.CORS_ORIGINS else ""
