"""The desk: claims, flags and verifications in the admin, and every step a click that calls its room."""

from claims.admin import claim_list, corrections_list, digests, documents, flags, users, verifications, webhooks

__all__ = ["claim_list", "corrections_list", "digests", "documents", "flags", "users", "verifications", "webhooks"]
