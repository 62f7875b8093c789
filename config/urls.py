"""Every address: the desk, the API, health, languages."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from config import error_pages, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="front"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("api/v1/", include("claims.api.urls")),
    re_path("^api(/|$)", error_pages.UnknownAddress.as_view(), name="unknown"),  # after every address of the API
    path("metrics", health.metrics, name="metrics"),
]
handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error
if settings.DEBUG_TOOLBAR:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))
