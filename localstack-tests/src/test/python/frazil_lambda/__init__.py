"""Runs each function environment of LocalStack's Lambda as a local JVM, in place of a container."""

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class JvmRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    name = "jvm"

    def load(self, *args, **kwargs):
        from frazil_lambda.executor import JvmRuntimeExecutor

        return JvmRuntimeExecutor
