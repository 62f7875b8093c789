"""Tests of what the log can prove."""
