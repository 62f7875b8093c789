"""The description of the API (OpenAPI 3.1): what drf-spectacular cannot see in a view is added here, once for every operation."""
