"""The embedded PostgreSQL and Redis: where they live, how they start, who stops them."""
