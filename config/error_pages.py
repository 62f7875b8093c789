"""What Django's own errors come to: problems (RFC 9457) under /api/, pages elsewhere; a database that is away is 503 everywhere."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from sources.api import problems, rendering
from sources.outages import outage_of

DETAILS = {
    400: _("This request cannot be read."),
    403: _("You may not do this."),
    404: _("There is nothing at this address."),
    500: _("Something went wrong here: it is written down, and not your fault."),
}


@extend_schema(exclude=True)
class UnknownAddress(APIView):
    """Every address under /api/ that is none."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever reads is sent to the address that only lacks its slash; whatever is sent there would get lost on the way."""
        if request.method in ("GET", "HEAD") and _lacks_only_its_slash(request.path_info):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever is asked, with any method; where only the slash is wanting, the address is named.

        A redirection (308) would not do for what is sent: many programs follow none for a POST, and take its empty body for success.
        """
        if _lacks_only_its_slash(request.path_info):
            right = request.build_absolute_uri(f"{request.path}/")
            raise exceptions.NotFound(_("Nothing was done: this address ends with a slash, %(address)s.") % {"address": right})
        raise exceptions.NotFound(DETAILS[404])


def _lacks_only_its_slash(path: str) -> bool:
    return not path.endswith("/") and getattr(resolve(f"{path}/").func, "view_class", None) is not UnknownAddress


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 of Django's own: another host's name, a body that cannot be taken apart."""
    return _problem(request, 400) or defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 of Django's own."""
    return _problem(request, 403) or defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of Django's own."""
    return _problem(request, 404) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After where the database is why; else 500, which Django has logged by now."""
    error = sys.exc_info()[1]
    if error and (outage := outage_of(error)):
        with translation.override(translation.get_language_from_request(request)):
            sentence = str(outage.sentence)
        response = _problem(request, 503, outage.sentence, outage.cause) or HttpResponse(
            sentence, status=503, content_type="text/plain; charset=utf-8"
        )
        response.headers["Retry-After"] = str(outage.retry_after)
        return response
    return _problem(request, 500) or defaults.server_error(request)


def _problem(request: HttpRequest, status: int, detail: Any = "", code: str = "") -> HttpResponse | None:
    """In the reader's language: what failed may have failed before the language was chosen. None for what is no address of the API."""
    if not request.path_info.startswith("/api/"):
        return None
    with translation.override(translation.get_language_from_request(request)):
        body = rendering.dumps(problems.problem(status, str(detail or DETAILS[status]), code=code))
    return HttpResponse(body, status=status, content_type=problems.MEDIA_TYPE)
