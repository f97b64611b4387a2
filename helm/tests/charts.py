"""The chart as Helm renders it."""

import functools
import json
from pathlib import Path

import promql_parser
import yaml
from helm_python import Chart

CHART = Path(__file__).parents[1] / "wederhoor"
CASES = sorted(path.stem for path in (CHART / "ci").glob("*.yaml"))
# Of these minor versions the schemas are known.
KUBERNETES = [f"1.{minor}" for minor in range(30, 38)]

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
def _chart():
    return Chart.load(CHART)


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


def alerts_of_the_program():
    """The rules that go by the program's own numbers."""
    (group,) = yaml.safe_load((CHART / "alerts.yaml").read_text())["groups"]
    return group["rules"]


def panels():
    """Those of the dashboard that show something."""
    board = json.loads((CHART / "dashboards" / "wederhoor.json").read_text())
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def counted_in(query):
    """Every number that a query goes by; the query is one that Prometheus understands."""
    found = []

    def walk(one):
        if isinstance(one, promql_parser.VectorSelector):
            found.append(one.name)
            return
        parts = [getattr(one, name, None) for name in ("expr", "lhs", "rhs", "param", "vector_selector")]
        parts += list(getattr(one, "args", None) or [])
        for part in parts:
            if part is not None and not isinstance(part, str):
                walk(part)

    walk(promql_parser.parse(query))
    return found
