import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.places.errors import AreaFileRejected
from linli.domain.places.models import Area
from linli.domain.places.selectors import (
    AreaKind,
    area_by_code,
    area_by_path,
    area_names,
    area_tree,
    areas_under,
    children,
    gazetteer,
    nearest_areas,
    places_version,
)
from linli.domain.places.services import (
    AreaRow,
    LandmarkRow,
    import_areas,
    import_landmark_file,
    import_landmarks,
)
from linli.domain.places.tests.builders import (
    ADMIN,
    AT,
    COMMUNITY_PATH,
    GRIDS,
    box,
    draw,
    import_town,
)
from linli.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town() -> None:
    import_town()


def test_what_lies_under_a_path_is_the_same_by_range_and_by_tree():
    for area in Area.objects.all():
        by_tree = Area.objects.filter(tree__at_or_below=area.tree).order_by("path")
        assert list(areas_under(area.path)) == list(by_tree)


def test_an_unknown_code_or_path_is_not_found_and_says_what_to_do():
    with pytest.raises(NotFound) as missing:
        area_by_code("98")
    assert "98" in missing.value.message("en")
    with pytest.raises(NotFound):
        area_by_path("98/")


def test_children_of_everywhere_are_the_roots():
    assert [area.code for area in children()] == ["99"]
    assert [area.code for area in children("99/9901/990101/")] == ["990101001", "990101002"]


def test_names_of_paths_come_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        names = area_names(["99/", COMMUNITY_PATH, "98/"])
    assert names == {"99/": "示例省", COMMUNITY_PATH: "槐荫社区"}


def test_the_gazetteer_knows_short_names_and_landmarks():
    import_landmarks([LandmarkRow("红星菜场", area=GRIDS[0])], actor=ADMIN, at=AT)
    names = gazetteer()
    assert ("梧桐街道", "990101001") in names
    assert ("梧桐", "990101001") in names
    assert ("红星菜场", GRIDS[0]) in names
    assert ("梧桐", "990101001") not in gazetteer("99/9901/990101/990101002/")


def test_a_landmark_finds_its_area_by_its_point():
    draw({GRIDS[0]: box(0, 0, 1, 1)})
    data = "名称,经度,纬度\n红星菜场,110.005,30.005\n"
    import_landmark_file(data.encode(), actor=ADMIN, at=AT)
    assert ("红星菜场", GRIDS[0]) in gazetteer()


def test_a_landmark_of_nowhere_is_refused_with_its_line():
    with pytest.raises(AreaFileRejected) as refused:
        import_landmark_file("name,area\n红星菜场,98\n".encode(), actor=ADMIN, at=AT)
    assert (refused.value.row, refused.value.field) == (2, "area")


def test_the_nearest_areas_come_in_order_with_metres():
    draw({GRIDS[0]: box(0, 0, 1, 1), GRIDS[1]: box(1, 0, 2, 1)})
    near = nearest_areas(110.006, 30.005, 2, kind=AreaKind.GRID)
    assert [one.area.code for one in near] == list(GRIDS)
    assert near[0].distance_m == pytest.approx(96.5, rel=0.01)


def test_the_tree_is_nested_and_ends_where_asked():
    (root,) = area_tree("99/9901/990101/", down_to=AreaKind.STREET)
    assert root.name == "东岸区"
    assert [node.name for node in root.children] == ["梧桐街道", "石桥镇"]
    assert root.children[0].children == []


def test_an_area_that_has_ended_is_gone_from_lists_and_kept_for_its_day():
    row = AreaRow("990101002", "石桥镇", valid_to=AT.date())
    import_areas([row], actor=SYSTEM_ACTOR, at=AT)
    assert "石桥镇" not in dict(gazetteer())
    assert [area.code for area in areas_under("99/", AreaKind.STREET)] == ["990101001"]
    assert areas_under("99/", AreaKind.STREET, on=AT.date()).count() == 2


def test_every_import_has_a_higher_version():
    before = places_version()
    import_town()
    assert places_version() > before
