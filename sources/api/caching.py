"""What is public may be kept by caches, and be asked about again by its tag (RFC 9110, 8.8.3 and 13.1.2)."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.response import Response


def policy() -> str:
    """`Cache-Control` of what is public. What was withdrawn goes at once, unless the operator lets it stay for a while."""
    return f"public, max-age={settings.PUBLIC_MAX_AGE}, must-revalidate"


def public(request: Request, answer: HttpResponse) -> Any:
    """The answer for whoever asks without an account, with a tag of its bytes; 304 once it is rendered, for whoever has them."""
    answer["Cache-Control"] = policy()

    def tagged(rendered: HttpResponse) -> Any:
        tag = f'"{hashlib.sha256(rendered.content).hexdigest()[:32]}"'
        rendered["ETag"] = tag
        asked = rendered.status_code == 200 and "If-None-Match" in request.headers and "If-Match" not in request.headers
        return get_conditional_response(request, tag, None, rendered) if asked else rendered

    if isinstance(answer, Response):
        answer.add_post_render_callback(tagged)
        return answer
    return tagged(answer)
