"""How the parts go together: who reaches whom, and how the schema becomes the newest."""

import re
import shutil

import pytest
import yaml
from charts import CASES, CHART, case, changed, component, containers, environment, matches, named, of_kind, pods, render, texts
from helm_python import Chart

for_each_case = pytest.mark.parametrize("name", CASES)


def policies(objects, pod):
    """The policies of the release that hold for this pod."""
    found = of_kind(objects, "NetworkPolicy")
    return [one["spec"] for one in found if matches(one["spec"]["podSelector"]["matchLabels"], pod["metadata"]["labels"])]


def let_out(objects, pod):
    """To whom a pod may go, at which ports."""
    rules = [rule for one in policies(objects, pod) for rule in one.get("egress", [])]
    return {(str(peer), port["port"]) for rule in rules for peer in rule["to"] for port in rule["ports"]}


def let_in(objects, pod):
    """Who may come to a pod, at which ports."""
    rules = [rule for one in policies(objects, pod) for rule in one.get("ingress", [])]
    return {(str(peer), port["port"]) for rule in rules for peer in rule["from"] for port in rule["ports"]}


def own(objects, name):
    """A peer: the pods of one component of this release."""
    labels = {"app.kubernetes.io/name": "wederhoor", "app.kubernetes.io/instance": "klachten", "app.kubernetes.io/component": name}
    assert matches(labels, pods(objects)[name]["metadata"]["labels"])
    return str({"podSelector": {"matchLabels": labels}})


@for_each_case
def test_what_is_not_said_is_denied(name):
    objects = render(case(name))
    if name == "small":
        assert not of_kind(objects, "NetworkPolicy")
        return
    for pod in pods(objects).values():
        denied = [one for one in policies(objects, pod) if not {"ingress", "egress"} & set(one)]
        assert [one["policyTypes"] for one in denied] == [["Ingress", "Egress"]]
    # No rule is without peers or ports: that would be everybody, or everything.
    for one in of_kind(objects, "NetworkPolicy"):
        for rule in [*one["spec"].get("egress", []), *one["spec"].get("ingress", [])]:
            assert rule["ports"] and (rule.get("to") or rule.get("from"))


def test_each_pod_reaches_what_it_needs_and_nothing_else():
    objects, values = render(case("everything")), case("everything")["networkPolicy"]
    dns = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}, "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}
    (database,), (mail,), (collector,) = (values[one]["peers"] for one in ("database", "mail", "telemetry"))
    usual = {(str(dns), 53), (str(database), 5432), (str(database), 6432)}
    everything = pods(objects)
    assert {one: let_out(objects, pod) for one, pod in everything.items()} == {
        "serve": usual | {(str(collector), 4320)},
        "worker": usual | {(str(mail), 587), (str(collector), 4320)},
        "migrate": usual,
        "deletion": usual,
        "test": usual | {(own(objects, "serve"), 8080)},
    }
    (clients,), (monitoring,) = values["clients"]["peers"], values["monitoring"]["peers"]
    numbers = {(str(monitoring), 9000)}
    assert {one: let_in(objects, pod) for one, pod in everything.items()} == {
        "serve": numbers | {(str(clients), 8080), (own(objects, "test"), 8080)},
        "worker": numbers,
        "migrate": numbers,
        "deletion": numbers,
        "test": numbers,
    }


@for_each_case
def test_every_pod_waits_for_the_schema_as_the_application(name):
    objects = render(case(name))
    for own_name in ("serve", "worker"):
        (wait,) = pods(objects)[own_name]["spec"]["initContainers"]
        assert wait["args"] == ["migrate", "--wait"]
        assert set(environment(wait)) == {"WEDERHOOR_DATABASE_URL"}
    commands = {one: pod["spec"]["containers"][0].get("args") for one, pod in pods(objects).items()}
    assert commands["serve"] == ["serve", "--no-worker"]
    assert commands["worker"] == ["worker"]
    assert commands.get("migrate", ["migrate"]) == ["migrate"]
    assert commands.get("deletion", ["tenant", "delete", "--due"]) == ["tenant", "delete", "--due"]


@for_each_case
def test_no_hook_waits_for_what_comes_with_the_release(name):
    values, objects = case(name), render(case(name))
    hooks = [one for one in objects if "helm.sh/hook" in one["metadata"].get("annotations", {})]
    early = [one for one in hooks if one["metadata"]["annotations"]["helm.sh/hook"] != "test"]
    if values["migration"].get("mode") != "hook":
        assert not early
        return
    assert values["database"]["external"]
    order = sorted(early, key=lambda one: int(one["metadata"]["annotations"]["helm.sh/hook-weight"]))
    assert [one["kind"] for one in order] == ["NetworkPolicy", "Job"]
    assert {one["metadata"]["annotations"]["helm.sh/hook"] for one in early} == {"pre-install,pre-upgrade"}
    # The Job is let out by what comes before it, as far as by what comes later.
    pod = pods(early)["migrate"]
    assert let_out(early, pod) == let_out([one for one in objects if one not in early], pod)
    # It asks for nothing but Secrets that exist, and makes none of them.
    assert "configMap" not in str(pod)
    assert not of_kind(objects, "ServiceAccount", "Secret")


def test_the_job_is_another_one_for_another_release_or_image():
    def name(values, **release):
        (job,) = of_kind(render(values, **release), "Job")
        return job["metadata"]["name"]

    first = name(case("minimal"))
    assert name(case("minimal")) == first
    assert name(case("minimal"), revision=2) != first
    assert name(changed("minimal", ("image.tag", "0.1.1"))) != first


def test_by_hand_nobody_migrates():
    objects = render(case("pooled"))
    assert not of_kind(objects, "Job")
    told = {key for pod in pods(objects).values() for one in containers(pod) for key in environment(one)}
    assert "WEDERHOOR_DATABASE_OWNER_URL" not in told
    assert "brought the database to the newest schema" in texts(case("pooled"))["wederhoor/templates/NOTES.txt"]


@for_each_case
def test_the_next_three_commands_name_what_is_there(name):
    notes = texts(case(name))["wederhoor/templates/NOTES.txt"]
    commands = [line.strip() for line in notes.splitlines() if line.startswith("     ")]
    assert [" ".join(line.split()[:2]) for line in commands] == ["kubectl --namespace", "helm test", "kubectl --namespace"]
    objects = render(case(name))
    assert "helm test klachten --namespace hosting" in commands
    for deployment in re.findall(r"deployment/(\S+)", notes):
        assert named(objects, "Deployment", deployment)
    (container,) = re.findall(r"--container (\S+) -- wederhoor operator invite", notes)
    (asked,) = re.findall(r"exec deployment/(\S+)", notes)
    spec = named(objects, "Deployment", asked)["spec"]["template"]["spec"]
    assert container in [one["name"] for one in spec["containers"]]


def test_it_can_be_a_part_of_another_chart(tmp_path):
    whole = tmp_path / "platform"
    shutil.copytree(CHART, whole / "charts/wederhoor")
    (whole / "Chart.yaml").write_text("apiVersion: v2\nname: platform\nversion: 1.0.0\n")
    values = {"wederhoor": case("minimal"), "global": {"organisation": "hosting"}}
    with Chart.load(whole) as chart:
        rendered = chart.render(values, name="klachten", namespace="hosting")
    objects = [one for path, text in rendered.items() if path.endswith(".yaml") for one in yaml.safe_load_all(text) if one]
    assert sorted(component(one) for one in of_kind(objects, "Deployment")) == ["serve", "worker"]
