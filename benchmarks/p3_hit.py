"""P3: the lookup of region and stack, beside a bare STRtree query on the same polygons.

The peer is what Shapely offers for the question "which region is this": an `STRtree` over the
same region polygons, prepared, asked with `intersects`. It answers with the region only; ours
answers with region, side and the whole stack.
"""

import random
import statistics
import sys

import shapely

from benchmarks.measure import ROUNDS, Result, compared, each_call, limited, report, share
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import LayerId, ViewId

QUERIES = 5000
SEED = 7

Places = list[tuple[float, float]]


def run() -> list[Result]:
    """Measure all views, and points beside the body by themselves."""
    atlas = Atlas.load()
    results = []
    for view in (ViewId.ANTERIOR, ViewId.POSTERIOR, ViewId.LATERAL_LEFT, ViewId.SOLES):
        results += _measure(atlas, view)
    return results


def places_on(atlas: Atlas, view: ViewId, count: int) -> Places:
    """Random points on the body of a view, the same on every run."""
    frame = atlas.view(view).frame
    body = shapely.union_all([s.polygon() for s in atlas.view(view).drawing.in_layer(LayerId.SKIN)])
    shapely.prepare(body)
    dice = random.Random(SEED)  # noqa: S311 - not for secrets
    places: Places = []
    while len(places) < count:
        u = frame.u0 + dice.random() * frame.width
        v = frame.v0 + dice.random() * frame.height
        if shapely.intersects_xy(body, u, v):
            places.append((u, v))
    return places


def _measure(atlas: Atlas, view: ViewId) -> list[Result]:
    places = places_on(atlas, view, QUERIES)
    shapes = atlas.view(view).drawing.in_layer(LayerId.SURFACE_REGIONS)
    polygons = [shape.polygon() for shape in shapes]
    shapely.prepare(polygons)
    tree = shapely.STRtree(polygons)

    def ours(place: tuple[float, float]) -> object:
        return atlas.lookup(view, *place)

    def peer(place: tuple[float, float]) -> object:
        return tree.query(shapely.Point(place), predicate="intersects")

    for place in places[:500]:  # both give the same answer
        spot = atlas.lookup(view, *place)
        assert spot is not None
        assert any(
            (shapes[n].structure, shapes[n].side) == (spot.region, spot.region_side)
            for n in peer(place)
        )
    first = share(each_call(ours, places), 0.5) / 1e3
    own_p50, own_p99, peer_p50 = [], [], []
    for _ in range(ROUNDS):
        own_times, peer_times = each_call(ours, places), each_call(peer, places)
        own_p50.append(share(own_times, 0.5) / 1e3)
        own_p99.append(share(own_times, 0.99) / 1e3)
        peer_p50.append(share(peer_times, 0.5) / 1e3)
    middle = statistics.median
    off_body = [(u + 700.0, v) for u, v in places[:500]] + _near_misses(atlas, view, places)
    off_p99 = share(each_call(ours, off_body), 0.99) / 1e3
    return [
        compared("P3", f"{view}, lookup p50, us", middle(own_p50), middle(peer_p50), 1.0),
        compared("P3", f"{view}, first time in a cell p50, us", first, middle(peer_p50), 1.0),
        limited("P3", f"{view}, lookup p99, us", middle(own_p99), 100.0),
        limited("P3", f"{view}, beside the body p99, us", off_p99, 100.0),
    ]


def _near_misses(atlas: Atlas, view: ViewId, places: Places) -> Places:
    """Points that a hand may hit when it aims at the rim of the body."""
    skins = [s.polygon() for s in atlas.view(view).drawing.in_layer(LayerId.SKIN)]
    rim = shapely.union_all(skins).buffer(4.0).boundary
    corners = shapely.get_coordinates(rim)
    return [(float(u), float(v)) for u, v in corners[:: max(1, len(corners) // 500)]][: len(places)]


if __name__ == "__main__":
    sys.exit(report(run()))
