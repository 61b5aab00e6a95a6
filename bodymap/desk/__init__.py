"""The use cases: what a person does at the desk or the table. No Qt, no SQL."""
