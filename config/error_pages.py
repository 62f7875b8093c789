"""Errors before any view is found: a page for people, a problem (RFC 9457) for programs that ask the API."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from sources.api.problems import MEDIA_TYPE

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such address."""
    if not request.path_info.startswith(API):
        return page_not_found(request, exception)
    body = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": _("There is no such address.")}
    return HttpResponse(orjson.dumps(body), status=404, content_type=MEDIA_TYPE)
