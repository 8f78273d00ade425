"""Runs each function environment of LocalStack's Lambda as a local JVM, in place of a container."""

import os

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class JvmRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    name = "jvm"

    def load(self, *args, **kwargs):
        from frazil_lambda import step_functions
        from frazil_lambda.executor import JvmRuntimeExecutor

        step_functions.note_calls(
            os.environ["FRAZIL_STEP_FUNCTIONS_CALLS"], os.environ["FRAZIL_LAMBDA_ENDPOINT"]
        )
        step_functions.fail_maps_whose_items_fail()
        return JvmRuntimeExecutor
