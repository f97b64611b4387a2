"""What comes of the chart, for every case in ci/: valid, confined, and at one with itself."""

import functools
import re

import kubernetes_validate
import pytest
import yaml
from charts import CASES, CHART, KUBERNETES
from charts import alerts_of_the_program, case, component, containers, counted_in, environment, matches, merged, named, of_kind, pods, render
from helm_python import lint

MONITORING = {"ServiceMonitor", "PrometheusRule"}

# What kube-state-metrics and Prometheus count by themselves.
COUNTED = {
    "kube_deployment_status_replicas_available",
    "kube_job_failed",
    "kube_pod_container_status_restarts_total",
    "kube_pod_init_container_status_running",
    "up",
}

# Each definition is read once, and not for each object.
kubernetes_validate.utils.schema_contents = functools.cache(kubernetes_validate.utils.schema_contents)

for_each_case = pytest.mark.parametrize("name", CASES)


def program_containers(pod):
    return [one for one in containers(pod) if one["name"] != "curl"]


def secrets_of(values):
    """The name of every Secret that these values name."""
    if isinstance(values, dict):
        named = [values["existingSecret"]] if values.get("existingSecret") else []
        return {*named, *(one for value in values.values() for one in secrets_of(value))}
    return set()


def test_there_are_cases_enough():
    assert len(CASES) >= 6


@for_each_case
def test_the_linter_finds_nothing(name):
    report = lint(CHART, case(name), strict=True, namespace="hosting", kube_version="v1.30.0")
    assert report["errors"] == []
    assert [one["error"] for one in report["messages"]] == ["icon is recommended"]


def test_the_chart_is_of_this_version_of_the_program(version):
    about = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert about["appVersion"] == version
    assert about["kubeVersion"] == f">={KUBERNETES[0]}.0-0"


@for_each_case
@pytest.mark.parametrize("kubernetes", KUBERNETES)
def test_every_object_is_valid(name, kubernetes):
    for one in render(case(name)):
        if one["kind"] not in MONITORING:
            assert kubernetes_validate.validate(one, kubernetes, strict=True) == kubernetes


@for_each_case
def test_kinds_that_a_cluster_may_not_know_come_only_when_asked_for(name):
    values = merged(case(name))
    wanted = {
        kind
        for kind, asked in [("ServiceMonitor", values["serviceMonitor"]), ("PrometheusRule", values["prometheusRule"])]
        if asked["enabled"]
    }
    assert {one["kind"] for one in render(case(name)) if one["apiVersion"] == "monitoring.coreos.com/v1"} == wanted


@for_each_case
@pytest.mark.parametrize("release", ["klachten", "wederhoor", "a" * 53])
def test_every_object_has_a_name_of_its_own_that_is_short_enough(name, release):
    objects = render(case(name), name=release, revision=9999)
    names = [(one["kind"], one["metadata"]["name"]) for one in objects]
    assert len(set(names)) == len(names)
    for kind, own in names:
        assert re.fullmatch(r"[a-z]([-a-z0-9]*[a-z0-9])?", own), own
        assert len(own) <= (52 if kind == "CronJob" else 63), own
    assert {one["metadata"]["namespace"] for one in objects} == {"hosting"}


@for_each_case
def test_every_container_is_confined(name):
    for pod in pods(render(case(name))).values():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False
        assert spec["enableServiceLinks"] is False
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
        of_pod = spec["securityContext"]
        assert of_pod["runAsNonRoot"] is True
        assert of_pod["seccompProfile"] == {"type": "RuntimeDefault"}
        assert of_pod.get("runAsUser") == merged(case(name)).get("runAsUser")
        for one in containers(pod):
            assert one["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert one["resources"]["limits"]["memory"]


@for_each_case
def test_every_secret_exists_before(name):
    objects = render(case(name))
    assert not of_kind(objects, "Secret")
    known = secrets_of(case(name))
    asked = set()
    for pod in pods(objects).values():
        asked |= {volume["secret"]["secretName"] for volume in pod["spec"].get("volumes", [])}
        for one in containers(pod):
            asked |= {value[0] for value in environment(one).values() if isinstance(value, tuple)}
    asked |= {tls["secretName"] for one in of_kind(objects, "Ingress") for tls in one["spec"].get("tls", [])}
    assert asked == known


def test_every_login_goes_to_whom_it_is_for():
    found = {
        (name, one["name"]): {key for key, value in environment(one).items() if isinstance(value, tuple)}
        for name, pod in pods(render(case("everything"))).items()
        for one in program_containers(pod)
    }
    application = {
        "WEDERHOOR_DATABASE_URL",
        "WEDERHOOR_LISTEN_DATABASE_URL",
        "WEDERHOOR_SEALING_KEY",
        "WEDERHOOR_SEALING_KEYS_OLDER",
        "WEDERHOOR_TOKEN_KEY",
        "WEDERHOOR_TOKEN_KEYS_TAKEN",
    }
    assert found == {
        ("serve", "schema"): {"WEDERHOOR_DATABASE_URL"},
        ("serve", "serve"): application,
        ("worker", "schema"): {"WEDERHOOR_DATABASE_URL"},
        ("worker", "worker"): application | {"WEDERHOOR_SMTP_URL"},
        ("migrate", "migrate"): {"WEDERHOOR_DATABASE_URL", "WEDERHOOR_DATABASE_OWNER_URL"},
        ("deletion", "deletion"): {"WEDERHOOR_MAINTENANCE_DATABASE_URL"},
        ("test", "schema"): {"WEDERHOOR_DATABASE_URL"},
    }


def test_every_key_of_a_secret_is_the_one_that_is_set():
    everything = pods(render(case("everything")))
    told = {
        key: value
        for pod in everything.values()
        for one in containers(pod)
        for key, value in environment(one).items()
        if isinstance(value, tuple)
    }
    assert told == {
        "WEDERHOOR_DATABASE_URL": ("application", "address"),
        "WEDERHOOR_LISTEN_DATABASE_URL": ("application", "listen-address"),
        "WEDERHOOR_DATABASE_OWNER_URL": ("owner", "address"),
        "WEDERHOOR_MAINTENANCE_DATABASE_URL": ("maintenance", "address"),
        "WEDERHOOR_TOKEN_KEY": ("keys", "token-key"),
        "WEDERHOOR_TOKEN_KEYS_TAKEN": ("keys", "tokens-taken"),
        "WEDERHOOR_SEALING_KEY": ("keys", "sealing-key"),
        "WEDERHOOR_SEALING_KEYS_OLDER": ("keys", "sealing-older"),
        "WEDERHOOR_SMTP_URL": ("mail", "address"),
    }


@for_each_case
def test_what_the_program_is_told_it_knows(name, settings):
    for pod in pods(render(case(name))).values():
        for one in program_containers(pod):
            assert set(environment(one)) <= settings, one["name"]


@for_each_case
def test_files_stand_where_the_program_is_told(name):
    for pod in pods(render(case(name))).values():
        volumes = {one["name"]: one["secret"] for one in pod["spec"].get("volumes", [])}
        mounted = {mount["name"] for one in containers(pod) for mount in one.get("volumeMounts", [])}
        assert mounted == set(volumes)
        for one in containers(pod):
            directories = [mount["mountPath"] for mount in one.get("volumeMounts", [])]
            file = environment(one).get("WEDERHOOR_SMTP_CA_FILE")
            assert file is None or file.removesuffix("/ca.crt") in directories
        assert all([item["path"] for item in volume["items"]] == ["ca.crt"] for volume in volumes.values())


@for_each_case
def test_one_image_runs_everywhere(name):
    images = {one["image"] for pod in pods(render(case(name))).values() for one in program_containers(pod)}
    assert len(images) == 1
    if name == "everything":
        assert images == {f"registry.organisatie.example:5000/klachten/wederhoor@{case(name)['image']['digest']}"}
    else:
        assert images == {"registry.organisatie.example/wederhoor:0.1.0"}


@for_each_case
def test_everything_that_selects_finds_what_it_is_for(name):
    objects = render(case(name))
    labels = {own: pod["metadata"]["labels"] for own, pod in pods(objects).items()}

    def found(selector):
        return {own for own, one in labels.items() if matches(selector, one)}

    for one in of_kind(objects, "Deployment"):
        own = component(one)
        spec = one["spec"]
        assert found(spec["selector"]["matchLabels"]) == {own}
        for constraint in spec["template"]["spec"]["topologySpreadConstraints"]:
            assert found(constraint["labelSelector"]["matchLabels"]) == {own}
    budgets = of_kind(objects, "PodDisruptionBudget")
    assert sorted(found(one["spec"]["selector"]["matchLabels"]).pop() for one in budgets) == ["serve", "worker"]
    for one in budgets:
        assert found(one["spec"]["selector"]["matchLabels"]) == {component(one)}
    for one in of_kind(objects, "HorizontalPodAutoscaler"):
        target = named(objects, "Deployment", one["spec"]["scaleTargetRef"]["name"])
        assert "replicas" not in target["spec"]


@for_each_case
def test_services_lead_to_ports_that_are_open(name):
    objects = render(case(name))
    everything = pods(objects)
    for service in of_kind(objects, "Service"):
        (port,) = service["spec"]["ports"]
        found = {
            own
            for own, pod in everything.items()
            if matches(service["spec"]["selector"], pod["metadata"]["labels"])
            and port["targetPort"] in [one["name"] for c in pod["spec"]["containers"] for one in c.get("ports", [])]
        }
        assert found == ({"serve"} if port["name"] == "http" else {"serve", "worker"})
    for one in of_kind(objects, "ServiceMonitor"):
        assert set(one["spec"]) == {"selector", "podTargetLabels", "endpoints"}
        (service,) = [s for s in of_kind(objects, "Service") if matches(one["spec"]["selector"]["matchLabels"], s["metadata"]["labels"])]
        (endpoint,) = one["spec"]["endpoints"]
        assert endpoint["port"] == service["spec"]["ports"][0]["name"]


@for_each_case
def test_what_is_listened_on_is_what_is_open(name):
    values = merged(case(name))
    for own in ("serve", "worker"):
        (container,) = pods(render(case(name)))[own]["spec"]["containers"]
        told = environment(container)
        ports = {one["name"]: one["containerPort"] for one in container["ports"]}
        listened = {"http": told["WEDERHOOR_BIND"], "metrics": told.get("WEDERHOOR_METRICS_BIND")}
        assert {key: f"{values['listenAddress']}:{port}" for key, port in ports.items()} == {k: v for k, v in listened.items() if v}
        probes = {kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}
        assert probes == {
            "startup": {"path": "/livez", "port": "http"},
            "liveness": {"path": "/livez", "port": "http"},
            "readiness": {"path": "/readyz", "port": "http"},
        }


@for_each_case
def test_requests_have_time_to_end(name, root):
    example = (root / ".env.example").read_text()
    usual = dict(re.findall(r"^#(WEDERHOOR_(?:HEAD|BODY|ANSWER|TAKE)_SECONDS)=(\d+)$", example, re.MULTILINE))
    assert len(usual) == 4
    spec = pods(render(case(name)))["serve"]["spec"]
    (container,) = spec["containers"]
    before = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert spec["terminationGracePeriodSeconds"] > before + sum(map(int, usual.values()))


@for_each_case
def test_an_ingress_leads_to_the_api_and_to_nothing_else(name, root):
    objects = render(case(name))
    for ingress in of_kind(objects, "Ingress"):
        assert [rule["host"] for rule in ingress["spec"]["rules"]] == case(name)["ingress"]["hosts"]
        for rule in ingress["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                backend = path["backend"]["service"]
                service = named(objects, "Service", backend["name"])
                assert backend["port"]["name"] in [port["name"] for port in service["spec"]["ports"]]
            paths = {path["path"] for path in rule["http"]["paths"]}
            sources = "".join(one.read_text() for one in (root / "crates").glob("*/src/**/*.rs"))
            assert all(f'"{path}"' in sources for path in paths)
            assert not {"/", "/livez", "/readyz", "/metrics"} & paths


@for_each_case
def test_alerts_go_by_what_is_counted(name):
    objects = render(case(name))
    for one in of_kind(objects, "PrometheusRule"):
        (group,) = one["spec"]["groups"]
        alerts = [rule["alert"] for rule in group["rules"]]
        assert len(set(alerts)) == len(alerts) == 6 + len(alerts_of_the_program())
        for rule in group["rules"]:
            assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
            assert {one for one in counted_in(rule["expr"]) if not one.startswith("wederhoor_")} <= COUNTED
            assert rule["expr"].count('namespace="hosting"') == rule["expr"].count("{") == len(counted_in(rule["expr"]))
            for kind, own in re.findall(r'(deployment|service)="([^"]+)"', rule["expr"]):
                assert named(objects, kind.capitalize(), own)


@for_each_case
def test_the_dashboard_comes_whole_and_only_when_asked_for(name):
    dashboards = of_kind(render(case(name)), "ConfigMap")
    assert len(dashboards) == merged(case(name))["dashboard"]["enabled"]
    for one in dashboards:
        assert one["data"] == {"wederhoor.json": (CHART / "dashboards" / "wederhoor.json").read_text()}
        assert merged(case(name))["dashboard"]["labels"].items() <= one["metadata"]["labels"].items()


@for_each_case
def test_helm_test_asks_what_is_there(name):
    objects = render(case(name))
    pod = pods(objects)["test"]
    assert pod["metadata"]["annotations"]["helm.sh/hook"] == "test"
    (curl,) = pod["spec"]["containers"]
    asked = [re.fullmatch(r"http://([^:/]+):(\d+)(/.+)", one) for one in curl["args"] if one.startswith("http://")]
    assert [one[3] for one in asked] == ["/readyz", "/graphql"]
    for one in asked:
        assert int(one[2]) in [port["port"] for port in named(objects, "Service", one[1])["spec"]["ports"]]
    # Each request of curl has its own options.
    requests = " ".join(curl["args"]).split(" --next ")
    assert all({"--fail", "--max-time"} <= set(request.split()) for request in requests)
