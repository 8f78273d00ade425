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


def main(built, local, variables):
    with open(built, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            environment = resource["Properties"].setdefault("Environment", {}).setdefault("Variables", {})
            for name in ELSEWHERE:
                environment.pop(name, None)
            environment.update(variables)
        if resource["Type"] == "AWS::ApiGatewayV2::Integration":
            # Versions and aliases are nothing that SAM CLI knows.
            resource["Properties"]["IntegrationUri"] = {
                "Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
                "${HttpFunction.Arn}/invocations"
            }
        if resource["Type"] == "AWS::ApiGatewayV2::Route":
            resource["Properties"].pop("AuthorizationType", None)
            resource["Properties"].pop("AuthorizerId", None)
    with open(local, "w", encoding="utf-8") as file:
        file.write(yaml_dump(template))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
