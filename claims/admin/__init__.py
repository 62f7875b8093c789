"""The desk: claims, flags and verifications in the admin, and every step a click that calls its room."""

from claims.admin import corrections_list, digests, documents, flags, queue, verifications, webhooks

__all__ = ["corrections_list", "digests", "documents", "flags", "queue", "verifications", "webhooks"]
