"""The desk: claims, flags and verifications in the admin, and every step a click that calls its room."""

from claims.admin import documents, flags, queue, verifications

__all__ = ["documents", "flags", "queue", "verifications"]
