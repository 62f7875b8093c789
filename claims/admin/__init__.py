"""The desk: claims, flags and verifications in the admin, and every step a click that calls its room."""

from claims.admin import accounts, corrections_list, digests, documents, flags, queue, verifications, webhooks

__all__ = ["accounts", "corrections_list", "digests", "documents", "flags", "queue", "verifications", "webhooks"]
