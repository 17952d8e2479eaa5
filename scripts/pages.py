"""Write the generated pages of the site from the release in ``dist/``.

Run ``python -m scripts.pages`` after ``python -m scripts.release`` and before ``mkdocs build``.
The same release gives the same bytes.
"""

import shutil
import sys

from scripts.site.areas import areas_pages
from scripts.site.charts import all_charts, write_charts
from scripts.site.claims import claims_pages
from scripts.site.downloads import downloads_page
from scripts.site.fault_matrix import fault_matrix_page
from scripts.site.flows import flows_page
from scripts.site.mirror import mirror_page
from scripts.site.parts import PARTS
from scripts.site.policy_charts import policy_charts
from scripts.site.products import products_pages
from scripts.site.release import DOCS, DOWNLOADS, Release
from scripts.site.revised import revised_page
from scripts.site.sources import sources_pages
from scripts.site.tables import index_page, table_page
from scripts.site.totals import totals_page
from scripts.site.validation import validation_page
from scripts.site.versions import copy_schema, versions_page
from scripts.tables import write_text

TABLES = DOCS / "tables"
CHARTS = DOCS / "assets" / "charts"
#: Folders of one page per area, product and source.
PROFILES = [DOCS / name for name in ("areas", "products", "sources")]
#: A hidden folder: the site generator passes it over, pages include from it.
INCLUDED = TABLES / ".parts"


def pages(release: Release) -> dict[str, str]:
    """Texts of all whole pages, by their paths under ``docs/``."""
    texts = {f"tables/{table}.md": table_page(release, table) for table in release.package.tables}
    return texts | {
        "tables/index.md": index_page(release),
        "tables/world-totals.md": totals_page(release),
        "tables/largest-revisions.md": revised_page(release),
        "tables/trade-flows-by-product/index.md": flows_page(release),
        "tables/mirror-gaps/index.md": mirror_page(release),
        **claims_pages(release),
        "quality/validation.md": validation_page(release),
        "downloads/index.md": downloads_page(release),
        **areas_pages(release),
        **products_pages(release),
        **sources_pages(release),
        "versions/index.md": versions_page(release),
        "quality/fault-matrix/index.md": fault_matrix_page(release),
    }


def main() -> None:
    """Remove what an earlier run wrote, then write everything."""
    try:
        release = Release()
    except FileNotFoundError as error:
        sys.exit(str(error))
    for folder in (TABLES, DOWNLOADS, CHARTS, *PROFILES):
        shutil.rmtree(folder, ignore_errors=True)
    release.copy_downloads()
    texts = pages(release)
    for path, text in texts.items():
        write_text(DOCS / path, text)
    copy_schema(DOCS / "versions")
    for name, part in PARTS.items():
        write_text(INCLUDED / name, part(release))
    write_charts(all_charts(release) | policy_charts(release), release, CHARTS, INCLUDED)
    print(f"pages: {len(texts)} pages in docs/, with downloads and charts")


if __name__ == "__main__":
    main()
