"""Every example in a docstring of the library runs and prints what it says; every public name has one."""

import doctest
import importlib
import pkgutil

import pytest

import rare_earths

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PUBLIC = [name for name in rare_earths.__all__ if name != "__version__"]


def modules() -> list[str]:
    found = pkgutil.walk_packages(rare_earths.__path__, "rare_earths.")
    return ["rare_earths", *(module.name for module in found if module.name != "rare_earths.__main__")]


@pytest.mark.parametrize("name", modules())
def test_examples_run(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=OPTIONS)
    assert result.failed == 0


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_an_example(name):
    (found, *_) = doctest.DocTestFinder(recurse=False).find(getattr(rare_earths, name), name)
    assert found.examples, f"{name} has no example"
    sections = ["Attributes"] if isinstance(getattr(rare_earths, name), type) else ["Parameters", "Returns"]
    assert all(f"{section}\n" in found.docstring for section in sections), f"{name} lacks {' or '.join(sections)}"
