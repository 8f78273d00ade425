"""What LocalStack's Step Functions does here besides.

It notes down what it asks of AWS, and as whose role. Each call is a line of JSON in a file: role,
service, operation, parameters (texts only). It invokes functions where they themselves are told
that AWS is, and not within its own process, so that what happens to requests happens to those too.
And a distributed map fails where more of its items failed than its state tolerates, as on AWS:
LocalStack itself looks at no tolerance.
"""

import functools
import io
import json
import threading

# By this key whoever sees a request knows that it is Step Functions'.
_KEY = "step-functions.0-0"

_writing = threading.Lock()


def note_calls(path, endpoint):
    from localstack.aws.connect import ClientFactory
    from localstack.utils.aws.client_types import ServicePrincipal

    original = ClientFactory.with_assumed_role
    if original.__module__ == __name__:
        return  # They are noted already.

    def with_assumed_role(self, *, role_arn, service_principal=None, **others):
        clients = original(self, role_arn=role_arn, service_principal=service_principal, **others)
        if service_principal != ServicePrincipal.states:
            return clients
        return _Clients(clients, path, role_arn, endpoint, others.get("region_name"))

    ClientFactory.with_assumed_role = with_assumed_role


@functools.cache
def _functions(endpoint, region):
    import boto3
    from localstack.services.stepfunctions.asl.utils import boto_client

    session = boto3.Session(aws_access_key_id=_KEY, aws_secret_access_key="test")
    return session.client(
        "lambda",
        endpoint_url=endpoint,
        region_name=region,
        config=boto_client._BOTO_CLIENT_CONFIG,
    )


def _whole(invoke, parameters):
    """What a function answers. What does not come whole is an error of whoever asked, and named as
    AWS's own Step Functions does that: as one of the client, not of the function."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = invoke(**parameters)
        payload = answer["Payload"].read()
        json.loads(payload)
    except (BotoCoreError, ValueError) as error:
        lost = {
            "Error": {"Code": "SdkClientException", "Message": f"No whole answer: {error}"},
            "ResponseMetadata": {"HTTPStatusCode": 0, "RequestId": "null"},
        }
        raise ClientError(lost, "Invoke") from error
    return {**answer, "Payload": io.BytesIO(payload)}


class _Clients:
    def __init__(self, clients, path, role, endpoint, region):
        self._clients, self._path, self._role = clients, path, role
        self._endpoint, self._region = endpoint, region

    def get_client(self, service):
        client = (
            _functions(self._endpoint, self._region)
            if service == "lambda"
            else self._clients.get_client(service=service)
        )
        return _Client(client, self._path, self._role)


class _Client:
    def __init__(self, client, path, role):
        self._client, self._path, self._role = client, path, role

    def __getattr__(self, name):
        value = getattr(self._client, name)
        operation = self._client.meta.method_to_api_mapping.get(name)
        if operation is None:
            return value

        def noted(**parameters):
            self._note(operation, parameters)
            return _whole(value, parameters) if operation == "Invoke" else value(**parameters)

        return noted

    def _note(self, operation, parameters):
        call = {
            "role": self._role,
            "service": self._client.meta.service_model.service_name,
            "operation": operation,
            "parameters": {n: v for n, v in parameters.items() if isinstance(v, str)},
        }
        with _writing, open(self._path, "a", encoding="utf-8") as file:
            file.write(json.dumps(call) + "\n")


def fail_maps_whose_items_fail():
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_map.iteration import (
        distributed_iteration_component as component,
    )

    maps = component.DistributedIterationComponent
    original = maps._map_run
    if original.__module__ == __name__:
        return

    def _map_run(self, env, eval_input):
        original(self, env, eval_input)
        record = eval_input.map_run_record
        items = record.item_counter
        failed = items.failed.get() + items.timed_out.get()
        if failed * 100 > record.tolerated_failure_percentage * items.total.get():
            raise _too_many_failed(env, failed, items.total.get())

    maps._map_run = _map_run


def _too_many_failed(env, failed, total):
    from localstack.aws.api.stepfunctions import HistoryEventType, MapRunFailedEventDetails
    from localstack.services.stepfunctions.asl.component.common.error_name import (
        failure_event,
        states_error_name,
        states_error_name_type,
    )
    from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails

    kind = states_error_name_type.StatesErrorNameType.StatesExceedToleratedFailureThreshold
    error = states_error_name.StatesErrorName(typ=kind)
    cause = f"The specified tolerated failure threshold was exceeded: {failed} of {total} failed"
    details = MapRunFailedEventDetails(error=error.error_name, cause=cause)
    return failure_event.FailureEventException(
        failure_event.FailureEvent(
            env=env,
            error_name=error,
            event_type=HistoryEventType.MapRunFailed,
            event_details=EventDetails(mapRunFailedEventDetails=details),
        )
    )
