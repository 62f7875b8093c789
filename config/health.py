"""Is it alive, is it ready."""

from django.http import HttpRequest, HttpResponse, JsonResponse


def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"live": True})


def ready(request: HttpRequest) -> HttpResponse:
    """Everything it needs answers too."""
    return JsonResponse({"ready": True})


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus."""
    return HttpResponse("")
