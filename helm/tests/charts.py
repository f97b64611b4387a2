"""The chart as Helm renders it."""

import atexit
import functools
import json
import shutil
import tempfile
from pathlib import Path

import yaml
from helm_python import Chart

CHART = Path(__file__).parents[1] / "wederhoor"
CASES = sorted(path.stem for path in (CHART / "ci").glob("*.yaml"))
# Of these minor versions the schemas are known.
KUBERNETES = [f"1.{minor}" for minor in range(30, 38)]

# What the chart asks of the program and the program does not have yet: a test fails when it has. Until then a template refuses it.
AHEAD_SETTINGS = {"WEDERHOOR_METRICS_BIND"}
AHEAD_TEMPLATE = "templates/ahead.yaml"

RELEASE = {"name": "klachten", "namespace": "hosting"}


def case(name):
    """The values of one file in ci/."""
    return yaml.safe_load((CHART / "ci" / f"{name}.yaml").read_text())


def changed(name, *changes):
    """The values of one file in ci/, with others at these paths, such as ("serve.replicas", 3); ... takes one away."""
    values = case(name)
    for path, value in changes:
        *parents, last = path.split(".")
        at = functools.reduce(lambda at, key: at.setdefault(key, {}), parents, values)
        if value is ...:
            del at[last]
        else:
            at[last] = value
    return values


@functools.cache
def unrefused():
    """The chart without what refuses that for which the program is not ready, so that it can be tried."""
    home = Path(tempfile.mkdtemp(prefix="wederhoor-chart-"))
    atexit.register(shutil.rmtree, home)
    shutil.copytree(CHART, home / "wederhoor")
    (home / "wederhoor" / AHEAD_TEMPLATE).unlink()
    return home / "wederhoor"


@functools.cache
def _chart():
    return Chart.load(unrefused())


@functools.cache
def _texts(values, release):
    return _chart().render(json.loads(values), **dict(release))


def texts(values, **release):
    """Each template's outcome, by its path."""
    return _texts(json.dumps(values), tuple((RELEASE | release).items()))


def render(values, **release):
    """Every object."""
    outcomes = [text for path, text in texts(values, **release).items() if path.endswith(".yaml")]
    return [one for text in outcomes for one in yaml.safe_load_all(text) if one]


def merged(values):
    """The values, and what holds where nothing else is said."""
    return _chart().merge_values(values)


def of_kind(objects, *kinds):
    return [one for one in objects if one["kind"] in kinds]


def named(objects, kind, name):
    (found,) = [one for one in of_kind(objects, kind) if one["metadata"]["name"] == name]
    return found


def component(one):
    return one["metadata"]["labels"]["app.kubernetes.io/component"]


def pods(objects):
    """Every pod that comes of these objects, with metadata and spec, by its component."""
    found = {}
    for one in objects:
        spec = one.get("spec", {})
        if one["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        pod = one if one["kind"] == "Pod" else spec.get("template")
        if pod:
            found[component(pod)] = pod
    return found


def containers(pod):
    return [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]


def environment(container):
    """What stands where in it: a text, or the name of a Secret and a key in it."""
    found = {}
    for one in container.get("env", []):
        source = one.get("valueFrom", {}).get("secretKeyRef")
        found[one["name"]] = (source["name"], source["key"]) if source else one["value"]
    return found


def matches(selector, labels):
    return selector.items() <= labels.items()
