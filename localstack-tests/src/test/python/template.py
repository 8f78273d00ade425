"""What of the deployment's template needs AWS's own tools, for the tests.

Standard input says as JSON where the template is (`file`), where what lies beside it was put
(`places`, a URI by resource), and the parameters' values (`values`).
`template.py transform` prints what CloudFormation would make of it: short tags written out, places
put in as `sam package` would, SAM's resources turned into plain ones.
`template.py deploy ENDPOINT STACK` deploys that to LocalStack, and prints it (`template`), the
stack's id and outputs, and the types of resources that LocalStack passed over.
"""

import json
import sys
import time

_REGION = "us-east-1"
_LIMIT_SECONDS = 240
_POLL_SECONDS = 0.2


def _packaged(path, places):
    from samtranslator.yaml_helper import yaml_parse

    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    del template["Globals"]["Function"]["CodeUri"]
    for name, uri in places.items():
        properties = template["Resources"][name]["Properties"]
        properties["DefinitionUri" if "DefinitionUri" in properties else "CodeUri"] = uri
    return template


def transform(request):
    import boto3
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    template = _packaged(request["file"], request["places"])
    defaults = {n: p["Default"] for n, p in template.get("Parameters", {}).items()}
    session = boto3.Session(region_name=_REGION)
    translator = Translator({}, Parser(), boto_session=session)
    return translator.translate(template, parameter_values={**defaults, **request["values"]})


def deploy(request, endpoint, stack):
    import boto3

    template = transform(request)

    def client_of(service):
        return boto3.client(
            service,
            endpoint_url=endpoint,
            region_name=_REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    client = client_of("cloudformation")
    change = f"change-{time.time_ns()}"
    is_update = _exists(client, stack)
    if is_update:
        _remove_aliases(client, client_of("lambda"), stack)
    client.create_change_set(
        StackName=stack,
        ChangeSetName=change,
        ChangeSetType="UPDATE" if is_update else "CREATE",
        # A body may have 51,200 bytes.
        TemplateBody=json.dumps(template, separators=(",", ":")),
        Parameters=[{"ParameterKey": n, "ParameterValue": v} for n, v in request["values"].items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    _await(lambda: client.describe_change_set(StackName=stack, ChangeSetName=change)["Status"])
    client.execute_change_set(StackName=stack, ChangeSetName=change)
    _await(lambda: client.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"])
    return {
        "template": template,
        "stack": client.describe_stacks(StackName=stack)["Stacks"][0]["StackId"],
        "outputs": {
            output["OutputKey"]: output["OutputValue"]
            for output in client.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
        },
        "ignored": sorted(
            {
                event["ResourceType"]
                for event in client.describe_stack_events(StackName=stack)["StackEvents"]
                if "was deployed as a fallback" in event.get("ResourceStatusReason", "")
            }
        ),
    }


def _exists(client, stack):
    stacks = client.describe_stacks()["Stacks"]
    return any(s["StackName"] == stack and s["StackStatus"] != "DELETE_COMPLETE" for s in stacks)


def _remove_aliases(client, functions, stack):
    """CloudFormation moves an alias, LocalStack makes it anew, for which none may be there."""
    for resource in client.describe_stack_resources(StackName=stack)["StackResources"]:
        if resource["ResourceType"] == "AWS::Lambda::Alias":
            function, alias = resource["PhysicalResourceId"].split(":")[-2:]
            functions.delete_alias(FunctionName=function, Name=alias)


def _await(status):
    deadline = time.time() + _LIMIT_SECONDS
    while (seen := status()).endswith(("_IN_PROGRESS", "_PENDING")):
        if time.time() > deadline:
            raise TimeoutError(f"The stack is {seen} after {_LIMIT_SECONDS} s")
        time.sleep(_POLL_SECONDS)
    if seen not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise RuntimeError(f"The stack is {seen}")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    run = {"transform": transform, "deploy": deploy}[command]
    json.dump(run(json.load(sys.stdin), *arguments), sys.stdout)
