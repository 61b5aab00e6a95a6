"""Small drawings for tests."""

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/'
    'inkscape" data-view="anterior" viewBox="-100 0 200 100">'
)


def svg(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}</svg>".encode()


def layer(name: str, *paths: str) -> str:
    return f'<g id="{name}" inkscape:groupmode="layer">{"".join(paths)}</g>'


def path(name: str, d: str, title: str = "", **attributes: str) -> str:
    given = {"data-structure": name, "data-side": "midline", "class": "muscle"}
    given |= {key.replace("_", "-"): value for key, value in attributes.items()}
    written = " ".join(f'{key}="{value}"' for key, value in given.items())
    return f'<path id="{name}" {written} d="{d}"><title>{title}</title></path>'
