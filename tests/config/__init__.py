"""Tests of how it is wired."""
