"""What deploy/ says to Kubernetes and to compose is well-formed, and true of the image."""

import json
import tomllib

import kubernetes_validate
import pytest
import yaml

from tests.browser.server import ROOT
from tests.deploy.image import FILE, instructions
from tests.deploy.nginx import CONFIG, REPLICAS

MANIFESTS = list(yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8")))
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
IMAGE = instructions(FILE.read_text("utf-8"))
PORT, HEALTH = "8501", "/_stcore/health"


def of(kind):
    (found,) = [manifest for manifest in MANIFESTS if manifest["kind"] == kind]
    return found


def said(word):
    return [arguments for each, arguments in IMAGE if each == word]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest["kind"])
def test_a_manifest_is_what_kubernetes_publishes_as_its_schema_and_no_word_more(manifest):
    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_a_word_that_kubernetes_does_not_know_is_caught():
    wrong = json.loads(json.dumps(of("Deployment")))
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, kubernetes_validate.latest_version(), strict=True)


def test_the_container_is_the_image_s_and_may_do_no_more():
    pod = of("Deployment")["spec"]["template"]["spec"]
    (app,) = pod["containers"]
    user = f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}"
    assert [user] == said("USER")
    assert said("EXPOSE") == [PORT] == [str(port["containerPort"]) for port in app["ports"]]
    assert app["securityContext"]["readOnlyRootFilesystem"]
    assert not app["securityContext"]["allowPrivilegeEscalation"]
    assert [mount["mountPath"] for mount in app["volumeMounts"]] == ["/tmp"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert app[probe]["httpGet"] == {"path": HEALTH, "port": app["ports"][0]["name"]}
    assert f"127.0.0.1:{PORT}{HEALTH}" in said("HEALTHCHECK")[0]


def test_the_parts_mean_each_other():
    deployment, service = of("Deployment"), of("Service")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels == service["spec"]["selector"]
    assert of("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    target = of("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])
    (rule,) = of("Ingress")["spec"]["rules"]
    backend = rule["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == service["metadata"]["name"]
    assert backend["port"]["name"] in [port["name"] for port in service["spec"]["ports"]]


def test_both_services_of_compose_are_read_only_and_without_rights():
    for service in COMPOSE["services"].values():
        assert service["read_only"]
        assert service["tmpfs"] == ["/tmp"]
        assert service["cap_drop"] == ["ALL"]
    app, nginx = COMPOSE["services"]["app"], COMPOSE["services"]["nginx"]
    assert (ROOT / "deploy" / app["build"]["context"]).resolve() == ROOT
    assert (ROOT / app["build"]["dockerfile"]).is_file()
    assert app["expose"] == [PORT]
    assert f"server app:{PORT} " in REPLICAS.read_text("utf-8")
    assert nginx["volumes"] == [f"./{CONFIG.parent.name}:/etc/nginx:ro"]
    assert f"listen {nginx['ports'][0].rpartition(':')[2]};" in CONFIG.read_text("utf-8")


def test_what_the_server_refuses_nginx_refuses_little_later():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    most = settings["server"]["maxUploadSize"] + 1  # with what is around a file on its way
    assert f"client_max_body_size {most}m;" in CONFIG.read_text("utf-8")
    annotations = of("Ingress")["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{most}m"


def test_the_image_is_given_what_its_steps_copy_and_nothing_else():
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    copied = [arguments.split()[0] for arguments in said("COPY") if "--from" not in arguments]
    assert rules[0] == "*"
    assert sorted(rule[1:] for rule in rules if rule.startswith("!")) == sorted(copied)
    assert all([*ROOT.glob(source)] for source in copied)
