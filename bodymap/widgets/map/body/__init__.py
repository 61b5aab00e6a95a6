"""The body as it is painted: paths, colours, and tiles painted ahead."""
