"""Charting software for dry needling on true anatomical drawings."""

__version__ = "0.1.0"
