"""Every address under /api/v1/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from claims.api import (
    digests,
    erasures,
    feed,
    feedkeys,
    feeds,
    figures,
    flags,
    linking,
    matching,
    origins,
    past,
    problems,
    proving,
    steps,
    versions,
    views,
    webhooks,
)

problems.register()

urlpatterns = [
    path("claims/", views.Claims.as_view(), name="claims"),
    path("claims/<uuid:id>/", views.OneClaim.as_view(), name="claim"),
    path("claims/<uuid:id>/events/", views.ClaimEvents.as_view(), name="claim-events"),
    path("claims/<uuid:id>/diff/", past.ClaimDiff.as_view(), name="claim-diff"),
    path("claims/<uuid:id>/figures/", figures.ClaimFigures.as_view(), name="claim-figures"),
    path("claims/<uuid:id>/links/", linking.Links.as_view(), name="claim-links"),
    path("claims/<uuid:id>/similar/", linking.Similar.as_view(), name="claim-similar"),
    path("claims/<uuid:id>/origins/", origins.ClaimOrigins.as_view(), name="claim-origins"),
    path("claims/<uuid:id>/proof/", proving.ClaimProof.as_view(), name="claim-proof"),
    *(path(f"claims/<uuid:id>/{name}/", steps.claim_step(name), name=f"claim-{name}") for name in steps.CLAIM_STEPS),
    path("documents/<uuid:id>/claims/", views.DocumentClaims.as_view(), name="document-claims"),
    path("documents/<uuid:id>/changes/", versions.DocumentChanges.as_view(), name="document-changes"),
    path("flags/", flags.Flags.as_view(), name="flags"),
    *(path(f"flags/<uuid:id>/{name}/", steps.flag_step(name), name=f"flag-{name}") for name in steps.FLAG_STEPS),
    path("erasures/", erasures.Erasures.as_view(), name="erasures"),
    path("match/", matching.Matches.as_view(), name="match"),
    path("events/", feed.Feed.as_view(), name="events"),
    path("webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("webhooks/<uuid:id>/", webhooks.OneWebhook.as_view(), name="webhook"),
    path("webhooks/<uuid:id>/deliveries/", webhooks.Deliveries.as_view(), name="webhook-deliveries"),
    path("digest/", digests.OwnDigest.as_view(), name="digest"),
    path("feeds/published.atom", feeds.Published.as_view(), name="feed-published"),
    path("feeds/corrections.atom", feeds.Corrections.as_view(), name="feed-corrections"),
    path("feeds/due.ics", feeds.Due.as_view(), name="feed-due"),
    path("feeds/tokens/", feedkeys.Keys.as_view(), name="feed-tokens"),
    path("feeds/tokens/<int:id>/", feedkeys.OneKey.as_view(), name="feed-token"),
    path("checkpoint/", proving.Head.as_view(), name="checkpoint"),
    path("checkpoint/consistency/", proving.Consistency.as_view(), name="checkpoint-consistency"),
    path("tile/entries/<path:place>", proving.EntryTile.as_view(), name="tile-entries"),
    path("tile/<int:level>/<path:place>", proving.HashTile.as_view(), name="tile"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("", include("sources.api.urls")),
]
