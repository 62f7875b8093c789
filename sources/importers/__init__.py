"""The ways in: one file for each form that a text comes in."""
