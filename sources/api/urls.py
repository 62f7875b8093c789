"""The addresses of documents, outlets and speakers, of what is watched, and of tokens."""

from django.urls import path

from sources.api import incoming_feeds, token_list, views, watches
from sources.api.revision_list import Revisions
from sources.models import Document, Outlet, Speaker

urlpatterns = [
    path("documents/", views.Documents.as_view(), name="documents"),
    path("documents/<uuid:pk>/", views.OneDocument.as_view(), name="document"),
    path("documents/<uuid:pk>/snapshots/", views.Snapshots.as_view(), name="snapshots"),
    path("documents/<uuid:pk>/revisions/", Revisions.as_view(subject=Document), name="document-revisions"),
    path("documents/<uuid:pk>/watch/", watches.DocumentWatch.as_view(), name="document-watch"),
    path("documents/<uuid:pk>/check/", watches.DocumentCheck.as_view(), name="document-check"),
    path("watches/", watches.Watches.as_view(), name="watches"),
    path("outlets/", views.Outlets.as_view(), name="outlets"),
    path("outlets/<uuid:pk>/", views.OneOutlet.as_view(), name="outlet"),
    path("outlets/<uuid:pk>/revisions/", Revisions.as_view(subject=Outlet), name="outlet-revisions"),
    path("outlets/<uuid:pk>/watch/", watches.OutletAttention.as_view(), name="outlet-watch"),
    path("feeds/incoming/", incoming_feeds.IncomingFeeds.as_view(), name="incoming-feeds"),
    path("feeds/incoming/<int:pk>/", incoming_feeds.OneIncomingFeed.as_view(), name="incoming-feed"),
    path("feeds/incoming/<int:pk>/check/", incoming_feeds.IncomingFeedCheck.as_view(), name="incoming-feed-check"),
    path("tokens/", token_list.Tokens.as_view(), name="tokens"),
    path("tokens/<int:pk>/", token_list.OneToken.as_view(), name="token"),
    path("speakers/", views.Speakers.as_view(), name="speakers"),
    path("speakers/<uuid:pk>/", views.OneSpeaker.as_view(), name="speaker"),
    path("speakers/<uuid:pk>/revisions/", Revisions.as_view(subject=Speaker), name="speaker-revisions"),
    path("speakers/<uuid:pk>/merge/", views.Merge.as_view(), name="speaker-merge"),
    path("speakers/<uuid:pk>/unmerge/", views.Unmerge.as_view(), name="speaker-unmerge"),
]
