"""The site is built strictly: every warning stops it."""

import os
import re

import pytest

from scripts.release import ReleaseError
from scripts.release.site import build_strictly


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("[elsewhere](gone.md)", "contains a link 'gone.md'"),
        ("[above](#nowhere)", "no such anchor"),
        (None, 'not included in the "nav"'),
    ],
)
def test_a_site_with_a_warning_is_not_built(page, said, tmp_path):
    rules = "validation: {omitted_files: warn, unrecognized_links: warn, anchors: warn}"
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Test\nnav: [index.md]\n{rules}\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# Test\n\n{page or ''}\n", encoding="utf-8")
    if page is None:
        (tmp_path / "docs" / "forgotten.md").write_text("# Forgotten\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match=re.escape(said)):
        build_strictly(tmp_path / "mkdocs.yml", tmp_path / "site", os.environ)


def test_a_site_without_a_warning_is_built(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\nnav: [index.md]\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Test\n", encoding="utf-8")
    build_strictly(tmp_path / "mkdocs.yml", tmp_path / "site", os.environ)
    assert (tmp_path / "site" / "index.html").is_file()
