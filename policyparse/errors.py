"""What can go wrong, each with one clear sentence: what, where, what to do."""

from __future__ import annotations


class PolicyParseError(ValueError):
    """Base of every error that policyparse raises on bad input."""


class ReadError(PolicyParseError):
    """A file could not be read as a notice: missing, empty, damaged, too large, or of an unknown format."""
