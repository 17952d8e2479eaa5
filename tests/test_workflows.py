"""The workflows are valid, ask for no more than they need, and run what is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts.project import project
from scripts.tables import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
#: Actions that we trust: those of the host itself, and the one for trusted publishing.
ACTIONS = re.compile(r"actions/[a-z-]+@v\d+|pypa/gh-action-pypi-publish@release/v1")
#: The most that a job may be granted: permission -> jobs.
GRANTED = {
    "contents: write": {"assets"},
    "id-token: write": {"build", "package", "site"},
    "attestations: write": {"build"},
    "pages: write": {"site"},
}


def load(path: Path) -> dict:
    # YAML 1.1 reads the key `on` as true.
    return {("on" if key is True else key): value for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request) -> dict:
    return load(request.param)


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_the_workflows_follow_the_schema_of_their_host():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_refuses_a_broken_workflow(tmp_path):
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8").replace("runs-on:", "run-on:")
    (tmp_path / "broken.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", tmp_path / "broken.yml"]
    assert subprocess.run(command, capture_output=True).returncode == 1


def test_only_trusted_actions_run(workflow):
    assert [step["uses"] for step in steps(workflow) if "uses" in step and not ACTIONS.fullmatch(step["uses"])] == []


def test_permissions_are_as_small_as_can_be(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        for permission, level in job.get("permissions", {}).items():
            assert level == "read" or name in GRANTED[f"{permission}: {level}"], f"{name}: {permission}: {level}"


def test_no_secret_and_no_address_stands_in_a_workflow():
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text and "://" not in text, path.name


def test_jobs_need_jobs_that_are_there(workflow):
    for job in workflow["jobs"].values():
        assert set([job.get("needs", [])] if isinstance(job.get("needs"), str) else job.get("needs", [])) <= set(
            workflow["jobs"]
        )


def test_commands_are_those_of_the_repository(workflow):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = "\n".join(step.get("run", "") for step in steps(workflow))
    assert "make " in text or ".ci/run" in text
    for target in re.findall(r"make ([a-z-]+)", text):
        assert re.search(rf"^{target}:", makefile, re.M), target
    assert (ROOT / ".ci" / "run").is_file()


def test_the_history_is_there_where_a_release_is_built(workflow):
    for job in workflow["jobs"].values():
        if any("make release" in step.get("run", "") or ".ci/run" in step.get("run", "") for step in job["steps"]):
            (checkout,) = (step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout"))
            assert checkout["with"]["fetch-depth"] == 0


def test_a_tag_with_the_version_starts_the_release():
    workflow = load(ROOT / ".github" / "workflows" / "release.yml")
    (pattern,) = workflow["on"]["push"]["tags"]
    regex = pattern.replace(".", r"\.")
    assert re.fullmatch(regex, project()["version"]) and not re.fullmatch(regex, f"v{project()['version']}-rc1")
    attested = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/attest-build-provenance")]
    assert attested[0]["with"] == {"subject-checksums": "dist/SHA256SUMS"}


def test_the_python_is_the_one_that_the_package_asks_for():
    lowest = re.search(r"(\d+\.\d+)", project()["requires-python"])[1]
    for path in WORKFLOWS:
        for step in steps(load(path)):
            if step.get("uses", "").startswith("actions/setup-python"):
                assert step["with"]["python-version"] == lowest
