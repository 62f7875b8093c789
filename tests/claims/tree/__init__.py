"""Tests of the hash tree."""
