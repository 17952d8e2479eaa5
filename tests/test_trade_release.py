"""A filter reads only the row groups it needs."""

import pytest

import rare_earths
from benchmarks.trade_filter import TABLE, cost
from scripts.release.packages import write_parquet


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("release") / f"{TABLE}.parquet"
    write_parquet(TABLE, path)
    return path


def test_a_filter_on_the_leading_columns_reads_few_row_groups(path):
    whole, part = cost(path, {}), cost(path, {"reporter": "CHN", "product": "850511"})
    assert part.rows == len(rare_earths.load(TABLE, reporter="CHN", product="850511"))
    # Rows of one reporter and product stand together: at most two groups are read in part.
    needed = part.rows * whole.row_groups / whole.rows
    assert part.row_groups <= needed + 2
    assert part.bytes_read < 0.5 * whole.bytes_read
