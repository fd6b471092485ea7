"""Public verbs of places."""

from linli.domain.places.rules.coverage import FindingKind, MapFinding, MapTolerance
from linli.domain.places.rules.marks import LandmarkRow
from linli.domain.places.rules.rows import AreaRow
from linli.domain.places.services.codes import import_area_files, import_areas
from linli.domain.places.services.landmarks import import_landmark_file, import_landmarks
from linli.domain.places.services.polygons import import_polygons
from linli.domain.places.services.storing import ImportReport

__all__ = [
    "AreaRow",
    "FindingKind",
    "ImportReport",
    "LandmarkRow",
    "MapFinding",
    "MapTolerance",
    "import_area_files",
    "import_areas",
    "import_landmark_file",
    "import_landmarks",
    "import_polygons",
]
