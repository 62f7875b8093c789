"""The schema of the API over HTTP."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from sources.api import rendering
from sources.api.strict import StrictView

LANGUAGE = OpenApiParameter("lang", str, description="of the descriptions")


class Schema(StrictView, SpectacularAPIView):
    """The schema, as YAML or JSON."""

    @extend_schema(exclude=True, parameters=[LANGUAGE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The schema of every address."""
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A problem is JSON, whatever the schema was asked for in."""
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        if answer.exception:
            answer.accepted_renderer = rendering.JSON()
        return answer
