"""Our own addresses, and the plain ones beside them."""

from django.apps import apps
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from tests.bench.peers import views

router = SimpleRouter()
router.register("claims", views.Claims, basename="plain-claims")
if apps.is_installed("simple_history"):
    router.register("histories", views.Histories, basename="plain-histories")
urlpatterns = [path("plain/", include(router.urls)), path("", include("config.urls"))]
