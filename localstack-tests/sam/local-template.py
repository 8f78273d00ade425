"""Turns the template that `sam build` wrote into one that `sam local` runs on this machine.

SAM CLI gives a container those variables alone that the template names. So those of the stand-ins
for AWS are named here, and those that would lead to AWS are left out.
"""

import json
import sys

from samcli.yamlhelper import yaml_dump, yaml_parse

ELSEWHERE = (
    "FRAZIL_COORDINATOR",
    "FRAZIL_WORKER",
    "FRAZIL_LARGE_WORKER",
    "FRAZIL_STATE_MACHINE",
    "FRAZIL_GATEWAY_KEY",
)


GATEWAY = "AWS::ApiGatewayV2::"


def main(built, local, variables):
    with open(built, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    resources = template["Resources"]
    for resource in resources.values():
        if resource["Type"] == "AWS::Serverless::Function":
            environment = resource["Properties"].setdefault("Environment", {}).setdefault("Variables", {})
            for name in ELSEWHERE:
                environment.pop(name, None)
            environment.update(variables)
    resources["HttpFunction"]["Properties"]["Events"] = {
        name: event(route) for name, route in resources.items() if route["Type"] == GATEWAY + "Route"
    }
    for name in [n for n, r in resources.items() if r["Type"].startswith(GATEWAY)]:
        del resources[name]
    template.pop("Outputs", None)
    with open(local, "w", encoding="utf-8") as file:
        file.write(yaml_dump(template))


def event(route):
    """A route as an event of its function: beside functions of SAM's own, SAM CLI knows no other."""
    method, path = route["Properties"]["RouteKey"].split()
    properties = {"Method": method, "Path": path, "PayloadFormatVersion": "2.0"}
    return {"Type": "HttpApi", "Properties": properties}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
