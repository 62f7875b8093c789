"""The tests: sentences about Isnad, on a real PostgreSQL and a real Redis."""
