"""`permissions.py ENDPOINT` prints what functions and state machines may do: for each name or ARN of
the list that it reads, its role and the statements of all policies of that, as deployed.
"""

import json
import sys

import boto3


def _clients(endpoint):
    return [
        boto3.client(
            service,
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        for service in ("lambda", "stepfunctions", "iam")
    ]


def _documents(iam, role):
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        yield iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    for policy in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        arn = policy["PolicyArn"]
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        found = iam.get_policy_version(PolicyArn=arn, VersionId=version)
        yield found["PolicyVersion"]["Document"]


def _list(value):
    return value if isinstance(value, list) else [value]


def _role(functions, machines, name):
    if name.startswith("arn:aws:states:"):
        return machines.describe_state_machine(stateMachineArn=name)["roleArn"]
    return functions.get_function_configuration(FunctionName=name)["Role"]


def _policy(iam, role):
    statements = [
        {
            **statement,
            "Action": _list(statement["Action"]),
            "Resource": _list(statement["Resource"]),
            "Condition": json.dumps(statement["Condition"]) if "Condition" in statement else None,
        }
        for document in _documents(iam, role.split("/")[-1])
        for statement in _list(document["Statement"])
    ]
    return {"role": role, "statements": statements}


if __name__ == "__main__":
    functions_client, machines_client, iam_client = _clients(sys.argv[1])
    names = json.load(sys.stdin)
    answer = {n: _policy(iam_client, _role(functions_client, machines_client, n)) for n in names}
    json.dump({"policies": answer}, sys.stdout)
