"""The types that openapi-typescript makes of the description compile, and programs that use them well or badly are told apart."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contract import schema

HERE = Path(__file__).parent
NPM, NODE = shutil.which("npm"), shutil.which("node")
RIGHT = """
import type { components, paths } from "./schema";
type Verdict = paths["/api/v1/claims/{id}/verdict/"]["post"]["requestBody"]["content"]["application/json"];
export const verdict: Verdict = { rating: "did_not", rationale: "لم تحدث" };
type Read = paths["/api/v1/claims/{id}/"]["get"]["responses"];
export const due = (claim: Read[200]["content"]["application/json"]): string | null | undefined => claim.due?.edtf;
export const why = (problem: Read[404]["content"]["application/problem+json"]): string => problem.title;
export const claim: components["schemas"]["ClaimHeardRequest"] = {
  statement: "ستبلغ التجارة 200 مليار دولار", kind: "prediction", due: null,
  speaker_type: "person", speaker_name: "سامي حداد", source: "صحيفة",
};
"""
WRONG = {
    "a kind that there is not": RIGHT.replace('"prediction"', '"guess"'),
    "a verdict without its reasons": RIGHT.replace(', rationale: "لم تحدث"', ""),
    "a field that a claim does not have": RIGHT.replace("claim.due?.edtf", "claim.dew?.edtf"),
}


@pytest.fixture(scope="module")
def folder(servers: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiler and the types are."""
    if not (NPM and NODE):
        pytest.skip("there is no node with npm on this machine")
    made = tmp_path_factory.mktemp("typescript")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, made / name)
    argv = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    got = subprocess.run(argv, cwd=made, capture_output=True, text=True, timeout=300, check=False)
    if got.returncode:
        pytest.skip(f"npm cannot get openapi-typescript and typescript: {got.stderr.strip()[:200]}")
    (made / "schema.json").write_text(json.dumps(schema()))
    run(made, "openapi-typescript/bin/cli.js", "schema.json", "-o", "schema.d.ts").check_returncode()
    return made


def run(folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A program of one of the packages."""
    return subprocess.run(
        [NODE or "node", f"node_modules/{program}", *words], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def compiled(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """What the compiler says of a program, as strictly as it can; the declarations are compiled too."""
    (folder / "program.ts").write_text(program)
    return run(folder, "typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "false", "program.ts", "schema.d.ts")


def test_the_types_compile_and_serve(folder):
    done = compiled(folder, RIGHT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("mistake", WRONG)
def test_the_types_refuse(folder, mistake):
    assert "error TS" in compiled(folder, WRONG[mistake]).stdout
