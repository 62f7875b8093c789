"""Tests of reading a text again with another version of the reader."""
