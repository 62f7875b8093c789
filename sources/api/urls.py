"""The addresses of documents, outlets and speakers."""

from django.urls import path

from sources.api import views

urlpatterns = [
    path("documents/", views.Documents.as_view(), name="documents"),
    path("documents/<uuid:pk>/", views.OneDocument.as_view(), name="document"),
    path("documents/<uuid:pk>/snapshots/", views.Snapshots.as_view(), name="snapshots"),
    path("outlets/", views.Outlets.as_view(), name="outlets"),
    path("outlets/<uuid:pk>/", views.OneOutlet.as_view(), name="outlet"),
    path("speakers/", views.Speakers.as_view(), name="speakers"),
    path("speakers/<uuid:pk>/", views.OneSpeaker.as_view(), name="speaker"),
    path("speakers/<uuid:pk>/merge/", views.Merge.as_view(), name="speaker-merge"),
    path("speakers/<uuid:pk>/unmerge/", views.Unmerge.as_view(), name="speaker-unmerge"),
]
