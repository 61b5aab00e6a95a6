"""The tests, in rings: record, atlas, desk, storage, pages, widgets, whole journeys."""
