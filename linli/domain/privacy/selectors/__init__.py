"""Public reads: the catalogue of data."""

from linli.domain.privacy.rules.catalogue import Catalogue, Column, gaps
from linli.domain.privacy.selectors.catalogue import CATALOGUE, database_columns

__all__ = ["CATALOGUE", "Catalogue", "Column", "database_columns", "gaps"]
