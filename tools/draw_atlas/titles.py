"""What a person reads on a path."""

import re


def title(name: str, side: str) -> str:
    """Name a structure with its side: "Infraspinatus, right"."""
    bare = re.sub(r"^(left|right) ", "", name, flags=re.IGNORECASE)
    bare = bare[:1].upper() + bare[1:]
    return bare if side == "midline" else f"{bare}, {side}"


def name_of_id(structure_id: str) -> str:
    """Make a readable name of an id where no better one is known."""
    return structure_id.replace("-", " ").capitalize()
