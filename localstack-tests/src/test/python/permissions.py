"""`permissions.py ENDPOINT` prints what functions may do: for each name of the list that it reads, the
statements of all policies of the function's role, as deployed.
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
        for service in ("lambda", "iam")
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


def statements(functions, iam, name):
    role = functions.get_function_configuration(FunctionName=name)["Role"].split("/")[-1]
    return [
        {**statement, "Action": _list(statement["Action"]), "Resource": _list(statement["Resource"])}
        for document in _documents(iam, role)
        for statement in _list(document["Statement"])
    ]


if __name__ == "__main__":
    functions_client, iam_client = _clients(sys.argv[1])
    answer = {name: statements(functions_client, iam_client, name) for name in json.load(sys.stdin)}
    json.dump({"functions": answer}, sys.stdout)
